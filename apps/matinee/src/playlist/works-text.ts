import { UsageError } from '../command.ts'

/** A line of a text of works: what a work is called, and what is said of it. */
export interface WorkLine {
  readonly said: string
  /** `null` = nothing. */
  readonly note: string | null
}

/** More than a thousand works with long notes. */
export const WORKS_TEXT_BYTES = 1024 * 1024

/**
 * The works that a text names, one a line: an id or a title and, behind ` | `, what is said of it. Empty lines and those that begin
 * with `#` are nothing. Throws {@link UsageError} when it names none.
 *
 * @param file where it is, for people
 */
export function parseWorksText(text: string, file: string): readonly WorkLine[] {
  const lines = text
    .split(/\r?\n/u)
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('#'))
  if (lines.length === 0) throw new UsageError(`${file} names no work`)
  return lines.map((line) => {
    const at = line.indexOf(' | ')
    const note = at < 0 ? '' : line.slice(at + 3).trim()
    return { said: at < 0 ? line : line.slice(0, at).trim(), note: note === '' ? null : note }
  })
}
