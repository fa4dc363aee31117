import { constants, createReadStream, createWriteStream } from 'node:fs'
import { copyFile, stat } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { messageOf } from '@matinee/base'
import { ReleaseError } from './release-order.ts'

/**
 * Copies a file into a release, so that what is seeded changes with nothing outside. Where the disk can, both
 * share their bytes until one changes.
 *
 * Throws {@link ReleaseError} `unreadable`, also when the file changed meanwhile, and the signal's reason.
 */
export async function copySource(
  from: string,
  to: string,
  onBytes: (byteCount: number) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const before = await stat(from)
    if (!(await clone(from, to))) {
      const counted = new Transform({
        transform(chunk: Uint8Array, _encoding, done) {
          onBytes(chunk.length)
          done(null, chunk)
        },
      })
      await pipeline(createReadStream(from), counted, createWriteStream(to, { flags: 'wx' }), {
        signal,
      })
    } else onBytes(before.size)
    const after = await stat(from)
    const copied = await stat(to)
    if (
      after.mtimeMs !== before.mtimeMs ||
      after.size !== before.size ||
      copied.size !== after.size
    )
      throw new Error('it changed while it was copied')
  } catch (cause) {
    signal.throwIfAborted()
    throw new ReleaseError('unreadable', `${from} can't be copied: ${messageOf(cause)}`, { cause })
  }
}

async function clone(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE_FORCE)
    return true
  } catch {
    return false
  }
}
