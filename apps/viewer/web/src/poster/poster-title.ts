/** What of a title is set large: long ones lose their subtitle, then their end. */

const LONG = 70
const LONGEST = 110
const LONGEST_SUBTITLE = 90

/** The title to be set, and what follows its colon. */
export interface PosterTitle {
  readonly main: string
  readonly subtitle: string | null
}

/** Spaces made plain; over 70 letters the colon cuts, over 110 an ellipsis. */
export function posterTitle(title: string): PosterTitle {
  // Hyphens and joins that aren't seen are the planner's own signs.
  const whole = title
    .normalize('NFC')
    .replaceAll(/[\u00ad\u200b]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  if (lettersOf(whole) <= LONG) return { main: whole, subtitle: null }
  const parts = /^(?<main>.{4,}?)(?:\s?[:：]\s?| [–—-] )(?<subtitle>.{3,})$/u.exec(whole)?.groups
  const main = parts?.['main']
  const subtitle = parts?.['subtitle']
  return {
    main: clipped(main ?? whole, LONGEST),
    subtitle: subtitle === undefined ? null : clipped(subtitle, LONGEST_SUBTITLE),
  }
}

/** Letters as a reader counts them. */
export function lettersOf(text: string): number {
  return graphemes(text).length
}

/** A text of at most so many letters; cut at a word where there is one. */
function clipped(text: string, most: number): string {
  const letters = graphemes(text)
  if (letters.length <= most) return text
  const cut = letters.slice(0, most - 1).join('')
  const atWord = cut.replace(/\s+\S*$/u, '')
  return `${atWord.length > cut.length / 2 ? atWord : cut}…`
}

/** Letters with what belongs to them. */
export function graphemes(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)).map(
    ({ segment }) => segment,
  )
}
