import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { readShelfVersion } from '../shelf/shelf-file-version.ts'
import { SHELF_VERSION } from '../shelf/shelf-schema.ts'
import { readPrivateFile } from './private-folder.ts'

/** What is written of what viewers decide: by file of the data folder, the version that this Matinee writes and reads. */
export const DATA_VERSIONS = { settings: 1, profiles: 1, following: 1 } as const

/**
 * A file of the data folder was written by a newer Matinee. It's left as it is, and nothing is done without it: what it
 * decides may be that films come from web servers only, or what a child may see; a shelf is what somebody watched.
 */
export class NewerDataError extends Error {
  override readonly name = 'NewerDataError'
  readonly code = 'newer-data'
  /** Absolute. */
  readonly path: string

  constructor(path: string) {
    super(`${path} was written by a newer Matinee`)
    this.path = path
  }
}

/** The shelf of the first profile, or of another one. */
const SHELF_NAME = /^shelf(?:-[0-9a-f]+)?\.sqlite$/u

/** Throws {@link NewerDataError} when something in a data folder was written by a newer Matinee, and what the file system throws. */
export async function refuseNewerData(folder: string): Promise<void> {
  for (const [name, version] of Object.entries(DATA_VERSIONS)) {
    const path = join(folder, `${name}.json`)
    const text = await readPrivateFile(path)
    if (text !== null) refuseNewer(path, text, version)
  }
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (SHELF_NAME.test(name) && (await readShelfVersion(path)) > SHELF_VERSION)
      throw new NewerDataError(path)
  }
}

const versioned = z.object({ version: z.number() })

/** Throws {@link NewerDataError} for a file that says that its version is above `version`; any other isn't judged here. */
export function refuseNewer(path: string, text: string, version: number): void {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // Damaged: no version wrote that.
    return
  }
  const parsed = versioned.safeParse(value)
  if (parsed.success && parsed.data.version > version) throw new NewerDataError(path)
}
