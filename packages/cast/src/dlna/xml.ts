import { CAST_LIMITS } from '../cast-limits.ts'

/** An element with what is in it. Names without their prefix; attributes aren't kept. */
export interface XmlElement {
  readonly name: string
  readonly children: readonly XmlElement[]
  /** Its own text, without that of its children. */
  readonly text: string
}

/**
 * Reads the little of XML that UPnP needs. There is no DOCTYPE, so that there are no entities but the five of XML and
 * numbers, nothing is expanded twice, and nothing is fetched (T8). Null for what isn't well formed, is over 64 KiB, deeper
 * than 32 or has more than 4000 elements.
 */
export function parseXml(text: string): XmlElement | null {
  if (text.length > CAST_LIMITS.xmlBytes) return null
  const root: Open = { name: '', children: [], text: '' }
  const open: Open[] = [root]
  let elements = 0
  let at = text.startsWith('\ufeff') ? 1 : 0
  while (at < text.length) {
    const start = text.indexOf('<', at)
    const between = text.slice(at, start === -1 ? undefined : start)
    const inner = open.at(-1)
    if (inner === undefined) return null
    if (inner === root ? between.trim() !== '' : false) return null
    inner.text += decodeXml(between)
    if (start === -1) break
    const skipped = endOfSkipped(text, start)
    if (skipped === null) return null
    if (skipped !== 'tag') {
      if (text.startsWith('<![CDATA[', start)) inner.text += text.slice(start + 9, skipped - 3)
      at = skipped
      continue
    }
    TAG.lastIndex = start
    const match = TAG.exec(text)
    if (match === null) return null
    at = TAG.lastIndex
    const [, close = '', name = '', isEmpty = ''] = match
    if (close !== '') {
      const ended = open.pop()
      if (ended === undefined || ended === root || ended.name !== name) return null
      continue
    }
    if (++elements > CAST_LIMITS.xmlElements || open.length > CAST_LIMITS.xmlDepth) return null
    if (inner === root && root.children.length > 0) return null
    const element: Open = { name, children: [], text: '' }
    inner.children.push(element)
    if (isEmpty === '') open.push(element)
  }
  return open.length === 1 ? (root.children[0] ?? null) : null
}

/** The first element of a name within another, however deep; null when there is none. */
export function findXml(element: XmlElement, name: string): XmlElement | null {
  if (element.name === name) return element
  for (const child of element.children) {
    const found = findXml(child, name)
    if (found !== null) return found
  }
  return null
}

/** The trimmed text of the first element of a name within another; empty when there is none. */
export function xmlText(element: XmlElement, name: string): string {
  return findXml(element, name)?.text.trim() ?? ''
}

interface Open {
  readonly name: string
  readonly children: XmlElement[]
  text: string
}

/** A tag: whether it closes, its name without prefix, whether it's empty. Quantified parts can't match the same text in two ways. */
const TAG = /<(\/?)(?:[\w.-]+:)?([\w.-]+)(?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*(\/?)>/uy

/** Where a comment, an instruction or CDATA that begins here ends; `tag` = it's a tag; null = it's nothing that is read. */
function endOfSkipped(text: string, start: number): number | 'tag' | null {
  const kinds = [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<?', '?>'],
  ] as const
  for (const [begin, end] of kinds) {
    if (!text.startsWith(begin, start)) continue
    const found = text.indexOf(end, start + begin.length)
    return found === -1 ? null : found + end.length
  }
  return text.startsWith('<!', start) ? null : 'tag'
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

function decodeXml(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/giu,
    (entity, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      return isCharacter ? String.fromCodePoint(code) : entity
    },
  )
}
