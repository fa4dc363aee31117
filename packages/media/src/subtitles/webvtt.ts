import { LIMITS } from '@matinee/base'
import { formatPlace, settingsPlace } from './cue-place.ts'
import { formatCueTime, isTimingLine, parseTiming } from './cue-time.ts'
import type { Cue, CueRun } from './cue.ts'
import { parseTaggedText } from './tagged-text.ts'
import { TextLines } from './text-lines.ts'

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&nbsp;': '\u00a0',
  '&lrm;': '\u200e',
  '&rlm;': '\u200f',
}

/** Cues of WebVTT in file order (W3C WebVTT 6.1); `null` for one whose times can't be read. Styles, regions and notes go. */
export function* parseWebVtt(text: string): Generator<Cue | null> {
  const lines = new TextLines(text)
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (isTimingLine(line)) yield cueOf(line, bodyOf(lines))
    // A block of style may hold anything that looks like a cue; it ends at a blank line.
    else if (/^(?:NOTE|STYLE|REGION)\b/u.test(line)) bodyOf(lines)
  }
}

/** A WebVTT file of these cues; {@link parseWebVtt} reads the same back. */
export function writeVtt(cues: readonly Cue[]): string {
  const blocks = cues.map((cue) => {
    const times = `${formatCueTime(cue.startSeconds)} --> ${formatCueTime(cue.endSeconds)}`
    const lines = cue.lines.map((line) => line.map(runMarkup).join(''))
    return [times + formatPlace(cue.place), ...lines].join('\n')
  })
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`
}

function cueOf(timingLine: string, body: readonly string[]): Cue | null {
  const timing = parseTiming(timingLine)
  if (!timing) return null
  const { startSeconds, endSeconds, rest } = timing
  return { startSeconds, endSeconds, lines: webVttCue(body.join('\n')), place: settingsPlace(rest) }
}

/** The lines of a cue's text (W3C WebVTT 6.4). */
export function webVttCue(text: string): Cue['lines'] {
  return parseTaggedText(text, decodeEntities)
}

/** The lines up to the next blank one, as many as a cue may have. */
function bodyOf(lines: TextLines): string[] {
  const body: string[] = []
  for (let line = lines.next(); line !== null && line.trim() !== ''; line = lines.next())
    if (body.length <= LIMITS.cueLines) body.push(line)
  return body
}

/** In one pass: what a character reference gives is text, not the start of another one. */
function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|amp|lt|gt|quot|apos|nbsp|lrm|rlm);/gu,
    (entity, digits?: string) =>
      (digits === undefined ? ENTITIES[entity] : characterOf(Number(digits))) ?? entity,
  )
}

/** `null` when the number is no character that can be shown; a line break would break the cue. */
function characterOf(code: number): string | null {
  const isText = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return isText ? String.fromCodePoint(code) : null
}

function runMarkup(run: CueRun): string {
  const text = run.text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // Else it would be read as an override, which other formats leave in WebVTT.
    .replaceAll('{\\', '&#123;\\')
  const bold = run.isBold ? `<b>${text}</b>` : text
  return run.isItalic ? `<i>${bold}</i>` : bold
}
