import type { ByteSpan } from '@matinee/base'

/** What a `Range` header asks of a representation of a known length. */
export type ByteRange =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly span: ByteSpan }
  | { readonly kind: 'unsatisfiable' }

const WHOLE: ByteRange = { kind: 'whole' }
const UNSATISFIABLE: ByteRange = { kind: 'unsatisfiable' }

/** RFC 9110 14.1.1: one range of a list, with the optional white space that lists allow around it. */
const ONE_RANGE = /^[\t ]*(?:(\d+)-(\d*)|-(\d+))[\t ]*$/u

/**
 * RFC 9110 14.2. What can't be parsed, another unit, and several ranges that can be satisfied are ignored
 * (`whole`): a server may always send everything. One range is sent as it is, cut at the end.
 *
 * @param header the value of `Range`, or null when there is none
 * @param length of the representation, in bytes
 */
export function byteRange(header: string | null, length: number): ByteRange {
  const list = /^bytes=(.*)$/iu.exec(header ?? '')?.[1]
  if (list === undefined) return WHOLE
  const ranges = list.split(',')
  const spans: ByteSpan[] = []
  let parsed = 0
  for (const text of ranges) {
    // RFC 9110 5.6.1.2: empty list elements are to be ignored.
    if (/^[\t ]*$/u.test(text)) continue
    const span = spanOf(text, length)
    if (span === 'malformed') return WHOLE
    parsed++
    if (span !== 'unsatisfiable') spans.push(span)
  }
  if (parsed === 0) return WHOLE
  const [only] = spans
  if (only === undefined) return UNSATISFIABLE
  if (parsed > 1) return WHOLE
  // An empty representation has no Content-Range that could be written.
  return length === 0 ? WHOLE : { kind: 'part', span: only }
}

function spanOf(text: string, length: number): ByteSpan | 'malformed' | 'unsatisfiable' {
  const match = ONE_RANGE.exec(text)
  if (match === null) return 'malformed'
  const [, first, last, suffix] = match
  if (suffix !== undefined) {
    const bytes = position(suffix)
    return bytes === 0 ? 'unsatisfiable' : { start: Math.max(0, length - bytes), end: length }
  }
  const start = position(first ?? '')
  const end = last === undefined || last === '' ? Infinity : position(last) + 1
  if (end <= start) return 'malformed'
  if (start >= length) return 'unsatisfiable'
  return { start, end: Math.min(end, length) }
}

/** Digits as a number. What can't be counted exactly lies behind the end of every file, and that is enough. */
function position(digits: string): number {
  const value = Number(digits)
  return Math.min(value, Number.MAX_SAFE_INTEGER)
}

/**
 * RFC 9110 13.1.5: whether `Range` counts. Only a strong entity tag, equal byte for byte, keeps it; a date
 * never does, because we never send one.
 */
export function rangeStillApplies(ifRange: string | null, entityTag: string): boolean {
  return ifRange === null || ifRange.trim() === entityTag
}

/** RFC 9110 13.1.2, weak comparison: whether the client has these very bytes. */
export function alreadyHeld(ifNoneMatch: string | null, entityTag: string): boolean {
  if (ifNoneMatch === null) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//u, '') === entityTag)
}
