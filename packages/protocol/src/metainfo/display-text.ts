import { latin1Bytes } from '@matinee/base'

/** The longest name or path element that is shown. */
export const NAME_CHARACTERS = 255

/**
 * Characters that hide, turn or break the text around them: controls, bidirectional marks and
 * overrides, line separators, zero-width space, byte-order mark, tags, and what is no character.
 * Joiners stay; scripts need them.
 */
const HIDDEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]/gu

const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** The text of a stranger's bytes; what isn't UTF-8 becomes U+FFFD. */
export function lenientText(bytes: Uint8Array): string {
  return lenientUtf8.decode(bytes)
}

/**
 * A stranger's text as it may be shown: on one line, without hidden characters, at most
 * `maxCharacters` code points. May be empty.
 */
export function cleanText(text: string, maxCharacters: number): string {
  const clean = text
    .replaceAll(/[\t\n\r\u0085\u2028\u2029]+/gu, ' ')
    .replaceAll(HIDDEN, '')
    .trim()
  // Every character is at most two units: most texts need no counting.
  if (clean.length <= maxCharacters) return clean
  return Array.from(clean.slice(0, 2 * maxCharacters))
    .slice(0, maxCharacters)
    .join('')
    .trim()
}

/** A name (latin1 of its bytes) as it may be shown. Never empty, nor a way up that was hidden. */
export function cleanName(rawName: string): string {
  if (/^[!-~](?:[ -~]{0,253}[!-~])?$/u.test(rawName)) return rawName
  const text = cleanText(lenientText(latin1Bytes(rawName)), NAME_CHARACTERS)
  return text === '' || text === '.' || text === '..' ? '_' : text
}
