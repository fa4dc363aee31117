import { randomUUID } from 'node:crypto'
import { readdir, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { makePrivateFolder } from '../session/private-folder.ts'

/** A disk counts what it gave in blocks of so many bytes (POSIX `st_blocks`). */
const DISK_BLOCK_BYTES = 512

/** Whether films can be kept in a folder: see {@link openMediaFolder}. */
export async function canKeepFilms(folder: string): Promise<boolean> {
  if (!isAbsolute(folder)) return false
  try {
    await openMediaFolder(folder)
    return true
  } catch {
    // Whatever the reason, another folder has to be named.
    return false
  }
}

/** Makes a folder when it's missing, and writes to it once. Absolute. Throws what the file system throws. */
export async function openMediaFolder(folder: string): Promise<void> {
  const probe = join(folder, `.${randomUUID()}.probe`)
  try {
    await makePrivateFolder(folder)
    await writeFile(probe, 'Matinee tries whether it can write here.\n')
  } finally {
    await rm(probe, { force: true }).catch(() => undefined)
  }
}

/** Bytes free for us where a folder is, or will be. Null when the system doesn't say. */
export async function freeBytesAt(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    // The folder may still have to be made; its parent knows.
    const parent = dirname(folder)
    return parent === folder ? null : freeBytesAt(parent)
  }
}

/** Bytes of disk that a folder takes: files are sparse, so their lengths say too much. 0 when it isn't there. */
export async function diskBytesOf(folder: string): Promise<number> {
  let bytes = 0
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) bytes += await diskBytesOf(path)
    else if (entry.isFile())
      bytes += await stat(path).then(
        ({ blocks }) => blocks * DISK_BLOCK_BYTES,
        // Deleted since it was listed.
        () => 0,
      )
  }
  return bytes
}
