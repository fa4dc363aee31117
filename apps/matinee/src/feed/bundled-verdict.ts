import type { BundledFeed, ReadFeed } from '@matinee/catalogue'
import type { Screen } from '../command.ts'
import { plainLine } from '../plain-text.ts'
import { counted, newerWords } from './bundled-folder.ts'
import { readFeedFolder } from './feed-folder.ts'
import { judgeFeed } from './judged-feed.ts'
import { adviceFor } from './problem-advice.ts'

/** Checks a bundled feed, and says what is wrong with it. Resolves with the exit code. */
export async function verifyBundled(
  folder: string,
  isJson: boolean,
  screen: Screen,
): Promise<number> {
  const read = judgeFeed(await readFeedFolder(folder))
  if (isJson) screen.event({ event: 'verified', folder, ...factsOf(read) })
  else sayVerified(read, folder, screen)
  return read.kind === 'feed' ? 0 : 1
}

function factsOf(read: ReadFeed): Readonly<Record<string, unknown>> {
  if (read.kind === 'newer') return { ...read, problems: [] }
  if (read.kind === 'refused')
    return {
      kind: read.kind,
      problems: read.problems.map((problem) => ({ ...problem, advice: adviceFor(problem) })),
    }
  const { manifest, offered, candidates, newer, pictures } = read.feed
  return {
    kind: read.kind,
    id: manifest.id,
    trust: manifest.trust,
    offered: offered.length,
    candidates: candidates.length,
    newer: newer.length,
    pictures: pictures.size,
    problems: [],
  }
}

function sayVerified(read: ReadFeed, folder: string, screen: Screen): void {
  if (read.kind === 'feed') return sayWhole(read.feed, screen)
  if (read.kind === 'newer') return screen.line(newerWords(read.minVersion, folder))
  for (const problem of read.problems) {
    const place = problem.at === '' ? '' : ` ${problem.at}`
    screen.line(plainLine(`${problem.file}${place}: ${problem.why} (${problem.code})`))
    screen.line(`    ${adviceFor(problem)}`)
  }
  screen.line(`${counted(read.problems.length, 'problem')}: a feed with any is refused whole.`)
}

function sayWhole(
  { manifest, offered, candidates, newer, pictures }: BundledFeed,
  to: Screen,
): void {
  to.line(`${manifest.id}: no problem found`)
  to.line(
    `  ${counted(offered.length, 'work')} on offer, ${counted(candidates.length, 'candidate')}`,
  )
  if (newer.length > 0) to.line(`  ${counted(newer.length, 'record')} for a newer Matinee`)
  const sourced = manifest.records.filter(({ sourcesSha256 }) => sourcesSha256 !== undefined)
  to.line(`  ${counted(pictures.size, 'picture')}, each as its record says`)
  to.line(`  ${sourced.length} of ${manifest.records.length} records with a source for every field`)
  to.line('  trust: bundled. It is trusted as the application itself is, which it comes with: it')
  to.line('  has no signature and no expiry, and a new version of the application replaces it')
}
