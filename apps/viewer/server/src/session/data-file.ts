import type { Log } from '@matinee/base'
import { rename } from 'node:fs/promises'
import { refuseNewer } from './newer-data.ts'
import { readPrivateFile } from './private-folder.ts'

/** What is read of one file of the data folder. */
export interface DataFileKind<T> {
  /** What its text says. Null, or whatever it throws = it isn't ours, or damaged. */
  readonly parse: (text: string) => T | null
  /** Its version that this Matinee reads; undefined = of a newer one nothing depends. */
  readonly version?: number
  /** What the log says of one that was put aside. */
  readonly unread: string
}

/**
 * What a file of the data folder says; null = there is none, or it couldn't be read: then it's put aside, and said to
 * `log`. Throws NewerDataError for one of a newer Matinee, which is left as it is, and what the file system throws.
 */
export async function readDataFile<T>(
  path: string,
  { parse, version, unread }: DataFileKind<T>,
  log: Log,
): Promise<T | null> {
  const text = await readPrivateFile(path)
  if (text === null) return null
  if (version !== undefined) refuseNewer(path, text, version)
  const read = parsed(text, parse)
  if (read !== null) return read
  const setAside = `${path}.unread`
  await rename(path, setAside)
  log.warn(unread, { setAside })
  return null
}

function parsed<T>(text: string, parse: (text: string) => T | null): T | null {
  try {
    return parse(text)
  } catch {
    // Not ours, or damaged.
    return null
  }
}
