import { ADVANCE_CHARACTERS, DISPLAY_ADVANCES } from './display-advances.ts'

/** How wide a text would be set at size 1. `width` is the width axis in percent. */
export type Measure = (text: string, width: number) => number

/** A face at one or more widths of its axis; between them advances are linear. */
export type AdvanceTable = readonly { readonly width: number; readonly advances: string }[]

const PLACES = new Map(
  Array.from(ADVANCE_CHARACTERS, (character, place) => [character, place] as const),
)

/** Latin as the faces have it: with these marks, which leave a letter as wide as it is without. */
const LATIN = /^[\u0020-\u007e\u00a1-\u017f\u0218-\u021b]$/u

/** Where a character stands in the tables: itself, or the letter under its mark. */
function placeOf(character: string): number | undefined {
  const own = PLACES.get(character)
  if (own !== undefined || !LATIN.test(character)) return own
  return PLACES.get(character.normalize('NFD').charAt(0))
}

/** Whether the faces have all characters of a text; else it's set in the system's face. */
export function isMeasured(text: string): boolean {
  for (const character of text) if (placeOf(character) === undefined) return false
  return true
}

/** Measures a face, with `spacing` ems between letters. Characters that it lacks count as wide ones. */
export function measureOf(table: AdvanceTable, spacing = 0): Measure {
  const masters = table.map(({ width, advances }) => ({
    width,
    advances: advances.split(' ').map((value) => Number(value) / 1000),
  }))
  return (text, width) => {
    const above = masters.find((master) => master.width >= width) ?? masters.at(-1)
    const below = masters.findLast((master) => master.width <= width) ?? masters[0]
    if (above === undefined || below === undefined) return 0
    const part = above === below ? 0 : (width - below.width) / (above.width - below.width)
    let sum = 0
    for (const character of text) {
      const place = placeOf(character)
      const low = place === undefined ? 1 : (below.advances[place] ?? 1)
      const high = place === undefined ? 1 : (above.advances[place] ?? 1)
      sum += low + (high - low) * part + spacing
    }
    return sum
  }
}

/** Letter-spacing of the display face, in ems. */
export const DISPLAY_SPACING = -0.02

/** The display face at weight 800, with its letter-spacing. */
export const measureDisplay = measureOf(
  [
    { width: 75, advances: DISPLAY_ADVANCES.display75 },
    { width: 100, advances: DISPLAY_ADVANCES.display100 },
  ],
  DISPLAY_SPACING,
)

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]|\p{Emoji_Presentation}/u
const NO_WIDTH = /\p{M}|\p{Cf}/u

/** A guess on the large side, for scripts that the faces lack: the system's face isn't known. */
export const measureScript: Measure = (text) => {
  let sum = 0
  for (const character of text)
    if (isMeasured(character)) sum += measureDisplay(character, 100) + 0.08
    else sum += NO_WIDTH.test(character) ? 0.12 : WIDE.test(character) ? 1.04 : 0.76
  return sum
}
