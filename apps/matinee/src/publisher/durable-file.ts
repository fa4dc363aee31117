import { dirname } from 'node:path'
import type { Disk } from '@matinee/base'
import { PublisherError } from './publisher-error.ts'

/**
 * Puts a file in its place so that after a crash at any moment either what was there before or the whole new file is there.
 * Folders are made. Throws DiskError.
 */
export async function writeDurably(disk: Disk, path: string, bytes: Uint8Array): Promise<void> {
  await disk.makeFolder(dirname(path))
  const temporary = `${path}.new`
  const file = await disk.open(temporary, 'write')
  try {
    // One that a crash left behind may be longer.
    await file.truncate(0)
    await file.write(0, [bytes])
    await file.sync()
  } finally {
    await file.close()
  }
  await disk.rename(temporary, path)
  await disk.syncFolder(dirname(path))
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
  const file = await disk.open(path, 'read')
  try {
    const bytes = new Uint8Array(facts.size)
    const length = await file.read(0, bytes)
    return bytes.slice(0, length)
  } finally {
    await file.close()
  }
}
