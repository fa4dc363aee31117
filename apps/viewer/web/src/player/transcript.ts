import type { Cue } from '@matinee/media'

/** A line of the transcript: what is said from `startSeconds` of the subtitles on. */
export interface TranscriptLine {
  /** Its cue's place among all. */
  readonly index: number
  readonly startSeconds: number
  readonly text: string
}

/** All that is said, as one reads it. Cues without a word, as music notes may be, stay: they are said, too. */
export function transcriptOf(cues: readonly Cue[]): readonly TranscriptLine[] {
  return cues.flatMap(({ startSeconds, lines }, index) => {
    const text = lines
      .map((runs) => runs.map((run) => run.text).join(''))
      .join(' ')
      .trim()
    return text === '' ? [] : [{ index, startSeconds, text }]
  })
}

/** The lines that have every word of a search, whatever its case and accents. */
export function linesWith(
  lines: readonly TranscriptLine[],
  search: string,
): readonly TranscriptLine[] {
  const words = folded(search)
    .split(/\s+/u)
    .filter((word) => word !== '')
  if (words.length === 0) return lines
  return lines.filter(({ text }) => {
    const all = folded(text)
    return words.every((word) => all.includes(word))
  })
}

/** The line that is said at a moment of the subtitles, or the last one before it; -1 = none yet. */
export function lineAt(lines: readonly TranscriptLine[], seconds: number): number {
  return lines.findLastIndex(({ startSeconds }) => startSeconds <= seconds)
}

function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
