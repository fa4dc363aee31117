/** What an answer says of the part it carries. */
export interface ContentRange {
  readonly start: number
  /** Of the whole; `null` = it doesn't say. */
  readonly total: number | null
}

/** RFC 9110 section 14.4: `bytes 100-199/1000`; `null` for anything that is no such part. */
export function contentRangeOf(text: string | undefined): ContentRange | null {
  const match = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/u.exec(text ?? '')
  const [, start, end, total] = match ?? []
  if (start === undefined || end === undefined || total === undefined) return null
  const whole = total === '*' ? null : Number(total)
  if (Number(end) < Number(start) || (whole !== null && Number(end) >= whole)) return null
  return { start: Number(start), total: whole }
}
