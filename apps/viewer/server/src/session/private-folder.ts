import { randomUUID } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const OWNER_ONLY_FOLDER = 0o700
const OWNER_ONLY_FILE = 0o600

/**
 * Makes a folder and those above it, for their owner alone. Throws what the file system throws. Node's `recursive`
 * goes round for ever where a folder can be looked into and takes no other, as in /proc.
 */
export async function makePrivateFolder(folder: string): Promise<void> {
  const make = (): Promise<void> => mkdir(folder, { mode: OWNER_ONLY_FOLDER })
  try {
    await make()
  } catch (error) {
    if ((await stat(folder).catch(() => null))?.isDirectory() === true) return
    const isParentMissing = codeOf(error) === 'ENOENT' && dirname(folder) !== folder
    if (!isParentMissing) throw error
    await makePrivateFolder(dirname(folder))
    await make()
  }
}

/** L7: makes the data folder, or closes it to other users when it was open to them. */
export async function openPrivateFolder(folder: string): Promise<void> {
  await makePrivateFolder(folder)
  // `mode` says nothing about a folder that was there before.
  if (process.platform !== 'win32') await chmod(folder, OWNER_ONLY_FOLDER)
}

/** The text of a file, or null when there is none. */
export async function readPrivateFile(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  }
}

/** Replaces a file for its owner alone (0600), whole or not at all, also when the power fails. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${randomUUID()}.tmp`)
  try {
    const file = await open(temporary, 'wx', OWNER_ONLY_FILE)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  if (process.platform === 'win32') return
  const folder = await open(dirname(path))
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
