import { concatBytes } from './bytes.ts'
import type { Disk } from './ports/disk.ts'

/** A path in a folder. A slash separates on every system that Node runs on. */
export function pathIn(folder: string, name: string): string {
  return `${folder}/${name}`
}

/** The folder that a folder is in; the root is in itself. */
export function parentOf(folder: string): string {
  const parent = folder.replace(/[\\/][^\\/]*[\\/]*$/u, '')
  return parent === '' ? '/' : parent
}

/**
 * Puts a small file in its place so that after a crash at any moment either the old or the new one is
 * there, whole: a temporary file, synced, renamed, then the folder synced. Throws DiskError.
 */
export async function writeWholeFile(
  disk: Disk,
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  const temporary = pathIn(folder, `${name}.new`)
  const file = await disk.open(temporary, 'write')
  try {
    // One that a crash left behind may be longer.
    await file.truncate(0)
    await file.write(0, [bytes])
    await file.sync()
  } finally {
    await file.close()
  }
  await disk.rename(temporary, pathIn(folder, name))
  await disk.syncFolder(folder)
}

/**
 * The bytes of a small file; `null` when there is none or when it is longer than `maxBytes`, before
 * memory is taken for it. Throws DiskError.
 */
export async function readWholeFile(
  disk: Disk,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const facts = await disk.facts(path)
  return facts === null || facts.size > maxBytes ? null : readBytes(disk, path, facts.size)
}

/** The bytes of a file that has `length` of them, fewer when it was cut meanwhile. Throws DiskError. */
export async function readBytes(disk: Disk, path: string, length: number): Promise<Uint8Array> {
  const file = await disk.open(path, 'read')
  try {
    const bytes = new Uint8Array(length)
    const got = await file.read(0, bytes)
    return concatBytes([bytes.subarray(0, got)])
  } finally {
    await file.close()
  }
}
