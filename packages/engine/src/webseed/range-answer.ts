import { LIMITS, SECOND_MS, spanLength, type ByteSpan } from '@matinee/base'

/**
 * What an answer to a range request means for the web seed that gave it:
 * - `fine`: its body is the bytes asked for, if they turn out to be right
 * - `absent`: this file isn't there, or another one in its place; other files may be
 * - `busy`: it can't answer now; to be left alone for `restMs`, or as long as we think (`null`)
 * - `wrong`: it answers something else than it was asked; never to be asked again
 */
export type RangeVerdict =
  | { readonly kind: 'fine' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'busy'; readonly restMs: number | null }
  | { readonly kind: 'wrong'; readonly reason: string }

/**
 * Judges status and headers of an answer (RFC 9110 14 and 15) to a request for `span` of a file of
 * `fileBytes`. Of the body nothing is known yet.
 */
export function judgeAnswer(
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  span: ByteSpan,
  fileBytes: number,
): RangeVerdict {
  const { status, headers } = answer
  if (status === 206) {
    const given = headers['content-range']?.trim().toLowerCase()
    const range = `bytes ${span.start}-${span.end - 1}/`
    if (given === `${range}${fileBytes}` || given === `${range}*`) return { kind: 'fine' }
    // Archives change small files beside the film after the torrent was made: no reason to lose the film.
    const isOtherFile = given?.startsWith(range) === true && /\/\d+$/u.test(given)
    return isOtherFile ? { kind: 'absent' } : { kind: 'wrong', reason: 'another range' }
  }
  if (status === 200) {
    // Who sends the whole film for each range would be read for ever. Only a whole file is its range.
    return spanLength(span) === fileBytes
      ? { kind: 'fine' }
      : { kind: 'wrong', reason: 'the whole file for a part of it' }
  }
  if (status === 429 || status >= 500) return { kind: 'busy', restMs: restOf(headers) }
  return { kind: 'absent' }
}

/** `Retry-After` in seconds; dates are not worth a clock of the wall. */
function restOf(headers: Readonly<Record<string, string>>): number | null {
  const text = headers['retry-after'] ?? ''
  if (!/^\d{1,9}$/u.test(text)) return null
  return Math.min(Number(text) * SECOND_MS, LIMITS.webSeedAskedRestMs)
}
