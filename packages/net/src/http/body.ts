import type { IncomingMessage } from 'node:http'
import { pipeline } from 'node:stream'
import type { Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { NetworkError } from '@matinee/base'
import { plainBytes } from '../tcp/stream.ts'
import type { Origin } from './connection.ts'
import { toFailure } from './exchange.ts'

/** What reading a body needs besides the answer. */
export interface BodyLimits {
  readonly origin: Origin
  /** After decompression. */
  readonly maxBytes: number
  /** Aborts when time is up, the caller gives up or the network is closed. */
  readonly signal: AbortSignal
  /** Called once when the body was read, left or failed. */
  readonly onOver: () => void
}

/**
 * The decompressed body of an answer, as it comes. Counts what comes out of the decompressor and stops
 * before more than the cap is handed on; at most one of its 16 KiB chunks is ever ahead of the reader.
 *
 * Throws {@link NetworkError} `bad-answer` at once when the coding is one we never asked for.
 */
export function openBody(response: IncomingMessage, limits: BodyLimits): AsyncIterable<Uint8Array> {
  const decoded = decode(response)
  return { [Symbol.asyncIterator]: () => readBody(response, decoded, limits) }
}

async function* readBody(
  response: IncomingMessage,
  decoded: Readable,
  limits: BodyLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    // A length that is announced needs no reading to be too much.
    if (decoded === response) refuseBeyond(Number(response.headers['content-length'] ?? 0), limits)
    let length = 0
    for await (const chunk of decoded) {
      // Streams without an encoding yield bytes; their type can't say so.
      const bytes: Uint8Array = chunk
      length += bytes.length
      refuseBeyond(length, limits)
      yield plainBytes(bytes)
    }
  } catch (error) {
    limits.signal.throwIfAborted()
    throw toFailure(error, limits.origin)
  } finally {
    decoded.destroy()
    limits.onOver()
  }
}

function refuseBeyond(length: number, limits: BodyLimits): void {
  if (length <= limits.maxBytes) return
  throw new NetworkError(
    'too-large',
    `more than ${limits.maxBytes} bytes from ${limits.origin.host}`,
  )
}

function decode(response: IncomingMessage): Readable {
  const coding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const isEmpty =
    response.statusCode === 204 ||
    response.statusCode === 304 ||
    response.headers['content-length'] === '0'
  if (coding === 'identity' || coding === '' || isEmpty) return response
  const decoder = createDecoder(coding)
  // A part of a compressed file decompresses to nothing of use; stacked codings are a bomb's way.
  if (decoder === null || response.statusCode === 206) {
    response.destroy()
    throw new NetworkError('bad-answer', 'the answer is compressed in a way we did not ask for')
  }
  // Errors of either side come out of the decoder's iteration; when nobody reads, they are of no interest.
  decoder.on('error', () => undefined)
  return pipeline(response, decoder, () => undefined)
}

function createDecoder(coding: string): Transform | null {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip()
    case 'deflate':
      return createInflate()
    case 'br':
      return createBrotliDecompress()
    default:
      return null
  }
}
