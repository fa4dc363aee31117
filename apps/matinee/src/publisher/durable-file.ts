import { basename, dirname } from 'node:path'
import { readBytes, writeWholeFile, type Disk } from '@matinee/base'
import { PublisherError } from './publisher-error.ts'

/**
 * Puts a file in its place so that after a crash at any moment either what was there before or the whole new file is there.
 * Folders are made. Throws DiskError.
 */
export async function writeDurably(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  await disk.makeFolder(dirname(path))
  await writeWholeFile(disk, dirname(path), basename(path), bytes)
}

/**
 * The bytes of a file; `null` = there is none. Throws {@link PublisherError} `damaged` when it's longer than `maxBytes`, before
 * memory is taken for it, and DiskError.
 */
export async function readCapped(
  disk: Disk,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const facts = await disk.facts(path)
  if (facts === null) return null
  if (facts.size > maxBytes)
    throw new PublisherError('damaged', `${path} has more than ${maxBytes} bytes`)
  return readBytes(disk, path, facts.size)
}
