import { LIMITS } from '@matinee/base'
import { keypadPlace } from './cue-place.ts'
import { isTimingLine, parseTiming, type CueTiming } from './cue-time.ts'
import { USUAL_PLACE, type Cue } from './cue.ts'
import { overrideAlignment, parseTaggedText } from './tagged-text.ts'
import { TextLines } from './text-lines.ts'

/**
 * Cues of SubRip in file order. Numbers are passed over, a blank line ends a cue, and a timing line
 * begins one even where the blank line is missing.
 */
export function* parseSrt(text: string): Generator<Cue | null> {
  const lines = new TextLines(text)
  let timing: CueTiming | null = null
  let body: string[] = []
  let isOpen = false
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (isTimingLine(line)) {
      // The number of the cue that begins here was taken for text when no blank line stood before it.
      if (isOpen && /^\s*\d+\s*$/u.test(body.at(-1) ?? '')) body.pop()
      if (timing) yield toCue(timing, body)
      timing = parseTiming(line)
      if (!timing) yield null
      body = []
      isOpen = true
    } else if (line.trim() === '') isOpen = isOpen && body.length === 0
    else if (isOpen && body.length <= LIMITS.cueLines) body.push(line)
  }
  if (timing) yield toCue(timing, body)
}

function toCue(timing: CueTiming, body: readonly string[]): Cue {
  return srtCue(timing, body.join('\n'))
}

/** A cue of SubRip whose times are known from elsewhere. */
export function srtCue(
  { startSeconds, endSeconds }: Pick<Cue, 'startSeconds' | 'endSeconds'>,
  text: string,
): Cue {
  const key = overrideAlignment(text)
  const lines = parseTaggedText(text, (part) => part)
  return { startSeconds, endSeconds, lines, place: key === null ? USUAL_PLACE : keypadPlace(key) }
}
