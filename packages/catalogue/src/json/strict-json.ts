import { parseUtf8 } from '@matinee/base'
import { CatalogueError, type CatalogueCode } from '../catalogue-error.ts'
import type { JsonLimits } from '../limits.ts'
import type { JsonValue } from './json-pointer.ts'

// feed-format 1.4: so `__proto__` is no key.
const KEY = /^[A-Za-z0-9.:-][A-Za-z0-9._:-]{0,63}$/u

/**
 * The JSON value of a stranger's file. Size, depth, number of values, keys and surrogates are checked by
 * one pass over the text before `JSON.parse` makes anything of it; the pass doesn't judge grammar, which
 * `JSON.parse` does.
 *
 * @param keys what a key must be; default: feed-format 1.4
 *
 * Throws {@link CatalogueError} with a code of section 1 of docs/feed-format.md.
 */
export function parseStrictJson(
  bytes: Uint8Array,
  limits: JsonLimits,
  keys: RegExp = KEY,
): JsonValue {
  if (bytes.length > limits.bytes)
    refuse('too-large', `has ${bytes.length} bytes, more than ${limits.bytes}`)
  const text = parseUtf8(bytes)
  if (text === null) refuse('not-utf8', 'is not UTF-8')
  if (text.startsWith('\u{FEFF}')) refuse('not-utf8', 'begins with a byte-order mark')
  scan(text, limits, keys)
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    // The message quotes the text, which may be anything.
    refuse('not-json', 'is not JSON')
  }
}

/** An object or list that is open at some place of the text; `keys` is `null` for a list. */
interface Container {
  readonly keys: Set<string> | null
  /** In an object: whether the next text is a key. */
  isKeyNext: boolean
}

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Characters by their code: what a scan does at each. Everything else begins a number or a word. */
const OPENS_OBJECT = 0x7b
const OPENS_LIST = 0x5b
const CLOSES_OBJECT = 0x7d
const CLOSES_LIST = 0x5d
const COMMA = 0x2c
const COLON = 0x3a
const SPACE = 0x20

function scan(text: string, limits: JsonLimits, allowed: RegExp): void {
  const open: Container[] = []
  let inside: Container | undefined
  let values = 0
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (character <= SPACE || character === COLON) continue
    if (character === COMMA) {
      if (inside !== undefined) inside.isKeyNext = true
      continue
    }
    if (character === CLOSES_OBJECT || character === CLOSES_LIST) {
      open.pop()
      inside = open.at(-1)
      continue
    }
    if (character === QUOTE) {
      const start = at
      const end = endOfText(text, start)
      at = end - 1
      if (inside?.keys && inside.isKeyNext) {
        inside.isKeyNext = false
        checkKey(textBetween(text, start, end), inside.keys, allowed)
        continue
      }
      checkUnicode(text, start, end)
    } else if (character === OPENS_OBJECT || character === OPENS_LIST) {
      if (open.length === limits.depth) refuse('too-deep', `nests more than ${limits.depth} deep`)
      inside = { keys: character === OPENS_OBJECT ? new Set() : null, isKeyNext: true }
      open.push(inside)
    } else at = endOfWord(text, at) - 1
    values++
    if (values > limits.values) refuse('too-many-values', `holds more than ${limits.values} values`)
  }
}

/** The place behind the closing quote of the text that begins at `at`. */
function endOfText(text: string, at: number): number {
  for (let end = at + 1; end < text.length; end++) {
    const character = text.charCodeAt(end)
    if (character === QUOTE) return end + 1
    if (character === BACKSLASH) end++
  }
  refuse('not-json', 'ends inside of a text')
}

/** The place behind a number or a word such as `true`: where the next mark or space stands. */
function endOfWord(text: string, at: number): number {
  let end = at + 1
  while (end < text.length && !endsWord(text.charCodeAt(end))) end++
  return end
}

function endsWord(character: number): boolean {
  return (
    character <= SPACE ||
    character === COMMA ||
    character === CLOSES_OBJECT ||
    character === CLOSES_LIST ||
    character === QUOTE ||
    character === OPENS_OBJECT ||
    character === OPENS_LIST ||
    character === COLON
  )
}

function checkKey(key: string, keys: Set<string>, allowed: RegExp): void {
  if (!allowed.test(key)) refuse('key', 'a key has characters that keys may not have')
  if (keys.has(key)) refuse('duplicate-key', `the key ${key} stands twice in one object`)
  keys.add(key)
}

/** UTF-8 can't hold half a surrogate pair, an escape can. */
function checkUnicode(text: string, at: number, end: number): void {
  const raw = text.slice(at, end)
  if (!raw.includes('\\u') || textBetween(text, at, end).isWellFormed()) return

  refuse('not-unicode', 'a text holds half a surrogate pair')
}

function textBetween(text: string, at: number, end: number): string {
  const raw = text.slice(at, end)
  if (!raw.includes('\\')) return raw.slice(1, -1)
  try {
    return JSON.parse(raw) as string
  } catch {
    // The message quotes the text, which may be anything.
    refuse('not-json', 'is not JSON')
  }
}

function refuse(code: CatalogueCode, why: string): never {
  throw new CatalogueError({ code, at: '', why })
}
