import { KIB, type ByteSpan } from '@matinee/base'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { MediaFile } from './media-file.ts'

const CHUNK_BYTES = 256 * KIB

/** A file that is whole on this disk and belongs to us, such as a poster. */
export async function diskMediaFile(path: string): Promise<MediaFile> {
  const { size, mtimeMs } = await stat(path)
  return {
    name: basename(path),
    lengthBytes: size,
    identity: `${path} ${size} ${mtimeMs}`,
    read: (span, signal) => readDisk(path, span, signal),
  }
}

async function* readDisk(
  path: string,
  span: ByteSpan,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const file = await open(path)
  try {
    for (let at = span.start; at < span.end;) {
      signal.throwIfAborted()
      const chunk = new Uint8Array(Math.min(CHUNK_BYTES, span.end - at))
      const { bytesRead } = await file.read(chunk, 0, chunk.length, at)
      if (bytesRead === 0) throw new Error(`${basename(path)} ended at ${at} of ${span.end} bytes`)
      at += bytesRead
      yield chunk.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}
