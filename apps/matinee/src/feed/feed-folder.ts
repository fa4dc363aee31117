import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GIB } from '@matinee/base'
import { IMAGE_LIMITS, MANIFEST_LIMITS, RECORD_LIMITS, type FeedFiles } from '@matinee/catalogue'
import { UsageError } from '../command.ts'
import { refusalWords } from '../refusal-words.ts'

/** How much of a folder is read at most; a feed has at most 100 000 records (docs/feed-format.md, 7.3). */
const MOST_FILES = 400_000
const MOST_BYTES = 2 * GIB
/** Only here a feed has files besides its manifest (7.1). */
const FOLDERS = ['records', 'sources', 'images'] as const

/**
 * The files of a feed's folder: `feed.json`, and everything in the three folders beside it. Links and
 * folders inside of those aren't followed: their names are there, without bytes. A file above its cap is
 * read as far as it takes to see that.
 *
 * Throws {@link UsageError} when there is no such folder, it can't be read, or holds too much.
 */
export async function readFeedFolder(folder: string): Promise<FeedFiles> {
  const found = await stat(folder).catch((error: unknown) => {
    throw new UsageError(`${folder} can't be looked at: ${refusalWords(error)}`, { cause: error })
  })
  if (!found.isDirectory()) throw new UsageError(`${folder} is no folder`)
  try {
    return await readAll(folder)
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${folder} can't be read: ${refusalWords(error)}`, { cause: error })
  }
}

async function readAll(folder: string): Promise<FeedFiles> {
  const files = new Map<string, Uint8Array>()
  let bytes = 0
  for (const { name, isFile } of await namesIn(folder)) {
    const content = isFile ? await readCapped(join(folder, name), capOf(name)) : new Uint8Array()
    bytes += content.length
    if (bytes > MOST_BYTES) throw new UsageError(`${folder} holds more than a feed may`)
    files.set(name, content)
  }
  return files
}

interface FoundName {
  readonly name: string
  readonly isFile: boolean
}

async function namesIn(folder: string): Promise<FoundName[]> {
  const names: FoundName[] = []
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.name === 'feed.json' && entry.isFile()) names.push({ name: entry.name, isFile: true })
    else if (FOLDERS.some((each) => each === entry.name) && entry.isDirectory())
      for (const inner of await readdir(join(folder, entry.name), { withFileTypes: true }))
        names.push({ name: `${entry.name}/${inner.name}`, isFile: inner.isFile() })
  if (names.length > MOST_FILES) throw new UsageError(`${folder} holds more files than a feed may`)
  // The order of a folder is the disk's; ours is the same everywhere.
  return names.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function capOf(name: string): number {
  if (name === 'feed.json') return MANIFEST_LIMITS.bytes
  return name.startsWith('images/') ? IMAGE_LIMITS.bytes : RECORD_LIMITS.bytes
}

/** A larger file is as wrong as its first byte above the cap; what is in it doesn't matter. */
async function readCapped(path: string, cap: number): Promise<Uint8Array> {
  const { size } = await stat(path)
  return size > cap ? new Uint8Array(cap + 1) : new Uint8Array(await readFile(path))
}
