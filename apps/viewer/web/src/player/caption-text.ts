/** A run of caption text in one style. */
export interface CaptionRun {
  readonly text: string
  readonly isItalic: boolean
  readonly isBold: boolean
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': '\u00a0',
  '&lrm;': '\u200e',
  '&rlm;': '\u200f',
}

/** Most lines that are shown of a cue: nothing covers the film. */
const MAX_LINES = 6
const MAX_CHARACTERS = 400

/**
 * The lines of a WebVTT cue (WebVTT 6.4). Italics and bold are kept; every other tag goes, its text stays.
 * What comes out is text: it's put on the page as text, never as markup.
 */
export function captionLines(cueText: string): readonly (readonly CaptionRun[])[] {
  let [italics, bolds] = [0, 0]
  const lines: CaptionRun[][] = [[]]
  const tokens = cueText.slice(0, MAX_CHARACTERS).split(/(<[^>]*>?|\n)/u)
  for (const token of tokens) {
    if (token === '\n') lines.push([])
    else if (/^<\/?i\b/u.test(token)) italics = Math.max(0, italics + (token[1] === '/' ? -1 : 1))
    else if (/^<\/?b\b/u.test(token)) bolds = Math.max(0, bolds + (token[1] === '/' ? -1 : 1))
    else if (token !== '' && !token.startsWith('<'))
      lines.at(-1)?.push({ text: decoded(token), isItalic: italics > 0, isBold: bolds > 0 })
  }
  return lines.filter((runs) => runs.some(({ text }) => text.trim() !== '')).slice(0, MAX_LINES)
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|nbsp|lrm|rlm);/gu, (entity) => ENTITIES[entity] ?? entity)
}
