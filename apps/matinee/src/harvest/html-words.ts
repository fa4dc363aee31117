/** What a stranger's HTML says, for people and for rules. Never put into a page as it came: text is made of it. */
import { cleanLine } from '@matinee/catalogue'

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
}

/** The words of HTML, or of plain text, on one line; scripts and styles say nothing. */
export function wordsOfHtml(text: string): string {
  const spoken = text
    .replaceAll(/<!--[^<>]*-->/gu, ' ')
    .replaceAll(/<(script|style)\b[^<>]*>[^<]*/giu, ' ')
    // Tags without an end, and a sign that is none, stay signs: the page that shows them escapes them.
    .replaceAll(/<\/?[a-z][^<>]*>/giu, ' ')
  return cleanLine(decoded(spoken).toWellFormed()).replaceAll(/ {2,}/gu, ' ')
}

/** The web addresses in HTML or plain text: of links, and those that are written out. None twice, at most 50. */
export function addressesInHtml(text: string): string[] {
  // eslint-disable-next-line no-control-regex -- no address has controls
  const found = text.matchAll(/\bhttps?:\/\/[^\s"'<>\\^`{|}\u0000-\u001F\u007F]{1,2000}/giu)
  const plain = [...found.take(200)].map(([address]) =>
    decoded(address).replace(/[.,;:!?)\]]+$/u, ''),
  )
  return [...new Set(plain)].filter((each) => URL.canParse(each)).slice(0, 50)
}

function decoded(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/giu,
    (whole, ...groups) => {
      const [decimal, hex, name] = groups as (string | undefined)[]
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ' '
    },
  )
}
