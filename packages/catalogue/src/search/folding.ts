/**
 * Folding: what stays of a text when case, accents and spellings that people don't type are gone. The
 * same function is used for what is indexed and for what is asked, so a search finds `Łódź` by `lodz`
 * and `Lodz` by `Łódź`.
 */

/** Marks that people leave out. */
const MARKS = new RegExp(
  `[${[
    // Accents.
    '\\u0300-\\u036F\\u0483-\\u0489\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF\\uFE20-\\uFE2F',
    // Hebrew points, but not the punctuation among them.
    '\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7',
    // Arabic vowels and stretching, Syriac vowels.
    '\\u0610-\\u061A\\u0640\\u064B-\\u065F\\u0670\\u06D6-\\u06ED\\u0711\\u0730-\\u074A',
    // Joiners and variation selectors.
    '\\u200C\\u200D\\uFE00-\\uFE0F',
  ].join('')}]`,
  'gu',
)

/** Letters that Unicode doesn't take apart, as people without them type them. */
const LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ə: 'e',
  ɛ: 'e',
  ɔ: 'o',
  // Greek and Hebrew: forms for the end of a word.
  ς: 'σ',
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
  // Arabic: letters that are written one for the other, and the Persian ones.
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ک: 'ك',
  ٱ: 'ا',
}
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu')

const PLAIN = /^[ -~]*$/u

/** A text without case, accents and ligatures. Folding twice changes nothing. */
export function foldText(text: string): string {
  // Most texts; and plain characters fold to nothing else.
  if (PLAIN.test(text)) return text.toLowerCase()
  let folded = text
  // What comes out of a decomposition may be taken apart, or made small, once more.
  for (;;) {
    const next = foldOnce(folded)
    if (next === folded) return folded
    folded = next
  }
}

function foldOnce(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(MARKS, '')
    .replaceAll(LETTER, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC')
}
