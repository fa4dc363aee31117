import { latin1 } from '@matinee/base'

/**
 * A checked index over bencoded bytes: one entry per token, made in one pass without recursion and
 * without an object per value. Values are made from it only when somebody asks, so a hostile
 * message costs eight bytes per token and nothing more.
 *
 * Entry `t` is `entries[2t]` (the byte the token begins at) and `entries[2t + 1]`: for a list or a
 * dictionary the token after its end mark, for a string where its bytes begin, else 0. A container
 * is followed by its children (key, value, key, value… in a dictionary) and an end mark of its own.
 */
export class BencodeTape {
  readonly bytes: Uint8Array
  readonly #entries: Int32Array
  /** By length. */
  readonly #lastKeys: string[] = []
  /** Where the value ended; `bytes.length` unless something follows it. */
  readonly end: number

  constructor(bytes: Uint8Array, entries: Int32Array, end: number) {
    this.bytes = bytes
    this.#entries = entries
    this.end = end
  }

  /** The byte that tells the kind: `i`, `l`, `d`, `e` (end mark), or a digit of a string. */
  kind(token: number): number {
    return this.bytes[this.start(token)] ?? 0
  }

  start(token: number): number {
    return this.#entries[2 * token] ?? 0
  }

  /** The token after the whole value. */
  next(token: number): number {
    const kind = this.kind(token)
    return kind === LIST || kind === DICTIONARY ? this.#side(token) : token + 1
  }

  /** The byte after the whole value. */
  valueEnd(token: number): number {
    switch (this.kind(token)) {
      case LIST:
      case DICTIONARY:
        return this.start(this.#side(token) - 1) + 1
      case INTEGER:
        return this.bytes.indexOf(END, this.start(token)) + 1
      default: {
        const body = this.#side(token)
        return body + readDecimal(this.bytes, this.start(token), body - 1)
      }
    }
  }

  /** Direct elements of a list, or keys of a dictionary. */
  count(token: number): number {
    let count = 0
    for (let at = token + 1; this.kind(at) !== END; at = this.next(at)) count++
    return this.kind(token) === DICTIONARY ? count / 2 : count
  }

  /** A view of a string's bytes. */
  string(token: number): Uint8Array {
    return this.bytes.subarray(this.#side(token), this.valueEnd(token))
  }

  /**
   * A string as a text, one character per byte. Keys repeat in every file of a torrent, so the last
   * text of each length is made once for a row of them.
   */
  key(token: number): string {
    const body = this.#side(token)
    const length = this.valueEnd(token) - body
    const last = this.#lastKeys[length]
    if (last !== undefined && isTextAt(last, this.bytes, body)) return last
    const text = latin1(this.string(token))
    if (length < MAX_KEPT_KEY) this.#lastKeys[length] = text
    return text
  }

  integer(token: number): number {
    let at = this.start(token) + 1
    const negative = this.bytes[at] === MINUS
    if (negative) at++
    // Larger ones get here only when the scan was told to let them saturate.
    const value = Math.min(
      readDecimal(this.bytes, at, this.bytes.indexOf(END, at)),
      Number.MAX_SAFE_INTEGER,
    )
    return negative ? -value : value
  }

  #side(token: number): number {
    return this.#entries[2 * token + 1] ?? 0
  }
}

/** The byte an integer begins with. */
export const INTEGER = 0x69
/** The byte a list begins with. */
export const LIST = 0x6c
/** The byte a dictionary begins with. */
export const DICTIONARY = 0x64
/** The byte a list, a dictionary or an integer ends with. */
export const END = 0x65
/** The byte of a minus sign. */
export const MINUS = 0x2d
/** The byte of the digit 0. */
export const ZERO = 0x30

/** The decimal number in `[start, end)`, digits already checked. */
export function readDecimal(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) value = value * 10 + ((bytes[at] ?? ZERO) - ZERO)
  return value
}

/** Longer keys are names of files, which do not repeat. */
const MAX_KEPT_KEY = 16

function isTextAt(text: string, bytes: Uint8Array, start: number): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false
  return true
}
