import { spanLength, type ByteSpan } from '@matinee/base'
import { digestOf } from '../session/secret.ts'
import { alreadyHeld, byteRange, rangeStillApplies } from './byte-range.ts'
import { mediaBody } from './media-body.ts'
import type { MediaFile } from './media-file.ts'

/**
 * Answers GET and HEAD for a file, or the part of it that is asked for, as RFC 9110 has it. The signal of `request` ends
 * the reading.
 *
 * @param headers of the answer, besides what is about ranges; becomes part of it
 */
export function rangedAnswer(request: Request, file: MediaFile, headers: Headers): Response {
  const length = file.lengthBytes
  const entityTag = `"${digestOf(file.identity).slice(0, 32)}"`
  headers.set('accept-ranges', 'bytes')
  headers.set('etag', entityTag)
  if (alreadyHeld(request.headers.get('if-none-match'), entityTag))
    return new Response(null, { status: 304, headers })
  // RFC 9110 14.2: ranges are defined for GET alone.
  const ranged =
    request.method === 'GET' && rangeStillApplies(request.headers.get('if-range'), entityTag)
  const range = byteRange(ranged ? request.headers.get('range') : null, length)
  if (range.kind === 'unsatisfiable') {
    headers.set('content-range', `bytes */${length}`)
    headers.set('content-length', '0')
    return new Response(null, { status: 416, headers })
  }
  const span: ByteSpan = range.kind === 'part' ? range.span : { start: 0, end: length }
  headers.set('content-length', String(spanLength(span)))
  if (range.kind === 'part')
    headers.set('content-range', `bytes ${span.start}-${span.end - 1}/${length}`)
  const body =
    request.method === 'HEAD' || spanLength(span) === 0
      ? null
      : mediaBody(file.read(span, request.signal), spanLength(span))
  return new Response(body, { status: range.kind === 'part' ? 206 : 200, headers })
}
