import { MIB, type ByteSpan } from '@matinee/base'
import { MEDIA_POLICY } from '../http/guards/answer-headers.ts'
import { failureAnswer } from '../http/failure-answer.ts'
import { byteRange } from './byte-range.ts'
import type { MediaFile } from './media-file.ts'

/** The most that one answer brings: who wants more asks again. */
const MOST_BYTES = 1 * MIB

/**
 * Answers for the part of a film that is on this computer already (`?here`), so that who looks at it moves nothing in the
 * swarm. RFC 9110 15.3.7 lets an answer have less than the range that was asked for: this one ends where something is
 * missing. 204 = not even the first byte is here.
 *
 * @param file absent: it isn't one that could be looked at so
 */
export async function hereAnswer(request: Request, file: MediaFile | undefined): Promise<Response> {
  if (file?.readHere === undefined) return failureAnswer(404, 'not-found')
  const { lengthBytes } = file
  const range = byteRange(request.headers.get('range'), lengthBytes)
  if (range.kind !== 'part') return failureAnswer(400, 'bad-request')
  const { start, end } = range.span
  const span: ByteSpan = { start, end: Math.min(end, start + MOST_BYTES) }
  // What is wrong with the torrent is told to who watches the film.
  const bytes = await file.readHere(span).catch(() => null)
  if (bytes === null) return new Response(null, { status: 204 })
  return new Response(new Uint8Array(bytes), {
    status: 206,
    headers: {
      // F11: bytes out of the middle of a file are nothing that a browser could open.
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'content-security-policy': MEDIA_POLICY,
      'content-range': `bytes ${start}-${start + bytes.length - 1}/${lengthBytes}`,
      'content-length': String(bytes.length),
    },
  })
}
