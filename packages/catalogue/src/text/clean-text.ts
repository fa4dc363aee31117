// feed-format 3.2. Joiners and variation selectors stay: scripts and emoji need them.
const HIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u061C\u115F\u1160\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E007F}\p{Noncharacter_Code_Point}]/gu
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu
const LINE_BREAKS = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/gu
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** Marks on one letter: Tibetan stacks and pointed Hebrew need four or five; "zalgo" piles up dozens. */
// Joiners don't end a pile: some scripts put a mark behind one.
const MARKS = /((?:[\u200C\u200D]*[\p{Mn}\p{Me}]){6})[\u200C\u200D\p{Mn}\p{Me}]+/gu

/** Texts that need none of what follows: printable ASCII with single words at both ends. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/u

/** feed-format 3.1: a text for one line. May be empty. Cleaning twice changes nothing. */
export function cleanLine(text: string): string {
  return PLAIN.test(text) ? text : cleaned(text.replaceAll(BREAKS, ' '))
}

/** feed-format 3.1: a text of paragraphs; line breaks are LF, two in a row at most. */
export function cleanParagraphs(text: string): string {
  if (PLAIN.test(text)) return text
  const lines = text.replaceAll(LINE_BREAKS, '\n').replaceAll(/\t+/gu, ' ')
  // Between line breaks there may be hidden characters and spaces, which would keep them apart.
  return cleaned(lines).replaceAll(/\s*\n\s*\n\s*/gu, '\n\n')
}

function cleaned(text: string): string {
  return text.replaceAll(HIDDEN, '').normalize('NFC').replaceAll(MARKS, '$1').trim()
}

/** feed-format 3.3: whether there is anything to see in a cleaned text. */
export function isVisible(text: string): boolean {
  return VISIBLE.test(text)
}

/** Whether a text holds a character that {@link cleanLine} would remove. */
export function hasHidden(text: string): boolean {
  return text.includes('\n') || text.search(HIDDEN) !== -1
}

/** How many code points a text has. */
export function countCharacters(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}
