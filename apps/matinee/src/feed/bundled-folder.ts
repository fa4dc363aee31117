import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BundledFeed, FeedProblem } from '@matinee/catalogue'
import { UsageError, type Screen } from '../command.ts'
import { plainLine } from '../plain-text.ts'
import { readFeedFolder } from './feed-folder.ts'
import { judgeFeed } from './judged-feed.ts'

const STARTER = fileURLToPath(new URL('../../../../feeds/starter/', import.meta.url))

/** The feed in a folder, or `null` after its problems were named: then there is nothing to list. */
export async function readWhole(folder: string, screen: Screen): Promise<BundledFeed | null> {
  const read = judgeFeed(await readFeedFolder(folder))
  if (read.kind === 'feed') return read.feed
  const why =
    read.kind === 'newer'
      ? newerWords(read.minVersion, folder)
      : refusedWords(read.problems, folder)
  screen.note(plainLine(`matinee: ${why}`))
  return null
}

/** What to do about a feed that this version can't read. */
export function newerWords(minVersion: number, folder: string): string {
  return `${folder} needs a newer Matinee, one that reads version ${minVersion} of the feed format`
}

function refusedWords(problems: readonly FeedProblem[], folder: string): string {
  return `${folder} has ${counted(problems.length, 'problem')}: "matinee feed verify" names them`
}

/** The folder that a call names; the starter feed of this copy when it names none. */
export function readDir(positionals: readonly string[]): string {
  const [folder, extra] = positionals
  if (extra !== undefined) throw new UsageError(`"${extra}" is one argument too many`)
  return folder === undefined ? STARTER : resolve(folder)
}

/** `3 works`, `1 work`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
