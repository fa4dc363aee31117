/**
 * Text as a terminal may have it. Names of files, torrents and feeds are written by strangers, and a
 * terminal obeys some characters: colours, the title, a line that overwrites another, text that runs
 * backwards. Here they become visible instead.
 */

/** Controls but tab and line feed, C1, direction marks, what can't be seen, line and paragraph separators. */
const UNSEEN =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu
const REPLACEMENT = '\uFFFD'

/** Our own lines, with a sign in the place of each character that a terminal would obey. */
export function plainLines(text: string): string {
  return text.replaceAll(UNSEEN, REPLACEMENT)
}

/** A stranger's text on one line: it can't begin another. */
export function plainLine(text: string): string {
  return plainLines(text).replaceAll(/[\t\n]/gu, REPLACEMENT)
}

/** JSON on one line in which those characters are escaped: whoever reads it gets them back. */
export function plainJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
