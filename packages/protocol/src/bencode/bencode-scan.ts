import { LIMITS, latin1 } from '@matinee/base'
import { BencodeError, type BencodeErrorCode } from './bencode-error.ts'
import {
  BencodeTape,
  DICTIONARY,
  END,
  INTEGER,
  LIST,
  MINUS,
  ZERO,
  readDecimal,
} from './bencode-tape.ts'

/** Caps and strictness of a decode. */
export interface BencodeOptions {
  /** Nested lists and dictionaries. Default `LIMITS.bencodeDepth`. */
  readonly maxDepth?: number
  /** Strings, integers, lists, dictionaries and keys together. Default `LIMITS.bencodeTokens`. */
  readonly maxTokens?: number
  /** Input size. Default `LIMITS.metainfoBytes` and a bit more, for what wraps a metainfo. */
  readonly maxBytes?: number
  /** Bytes after the value are left alone instead of refused. Default false. */
  readonly allowTrailing?: boolean
  /** False permits keys out of order, never twice. Default true. */
  readonly canonical?: boolean
  /**
   * True reads integers beyond 2^53 as the largest safe one (or the smallest): for answers whose
   * numbers are clamped anyway. Default false: they are refused.
   */
  readonly saturate?: boolean
}

const COLON = 0x3a
const NINE = 0x39

/** Checks bencoded bytes and indexes them. Throws {@link BencodeError}. */
export function scanBencode(bytes: Uint8Array, options: BencodeOptions = {}): BencodeTape {
  return new BencodeScan(bytes, options).run()
}

/** One open list or dictionary of a scan. */
interface Open {
  readonly token: number
  readonly isDictionary: boolean
  /** In a dictionary: the next token must be a key. */
  wantsKey: boolean
  /** Token of the last key, -1 before the first. */
  lastKey: number
  isSorted: boolean
}

class BencodeScan {
  readonly #bytes: Uint8Array
  readonly #maxDepth: number
  readonly #maxTokens: number
  readonly #allowTrailing: boolean
  readonly #canonical: boolean
  readonly #saturate: boolean
  #entries = new Int32Array(64)
  /** Entries written, end marks included. */
  #written = 0
  #tokens = 0
  #at = 0
  readonly #open: Open[] = []

  constructor(bytes: Uint8Array, options: BencodeOptions) {
    this.#bytes = bytes
    this.#maxDepth = options.maxDepth ?? LIMITS.bencodeDepth
    this.#maxTokens = options.maxTokens ?? LIMITS.bencodeTokens
    this.#allowTrailing = options.allowTrailing ?? false
    this.#canonical = options.canonical ?? true
    this.#saturate = options.saturate ?? false
    if (bytes.length > (options.maxBytes ?? 2 * LIMITS.metainfoBytes))
      this.#refuse('too-large', `${bytes.length} bytes of bencode`)
  }

  run(): BencodeTape {
    do this.#step()
    while (this.#open.length > 0)
    if (!this.#allowTrailing && this.#at < this.#bytes.length)
      this.#refuse('trailing', 'bytes after the value')
    return new BencodeTape(this.#bytes, this.#entries.slice(0, 2 * this.#written), this.#at)
  }

  /** Reads one token. */
  #step(): void {
    const byte = this.#bytes[this.#at]
    const parent = this.#open.at(-1)
    if (byte === undefined) this.#refuse('truncated', 'the value is not whole')
    if (byte === END) {
      this.#close()
      return
    }
    const isKey = parent?.isDictionary === true && parent.wantsKey
    const startsString = byte >= ZERO && byte <= NINE
    if (isKey && !startsString) this.#refuse('key', 'a key that is not a string')
    if (++this.#tokens > this.#maxTokens) this.#refuse('too-many-tokens', 'too many values')
    if (parent?.isDictionary === true) parent.wantsKey = !parent.wantsKey
    if (byte === INTEGER) this.#integer()
    else if (byte === LIST || byte === DICTIONARY) this.#begin(byte === DICTIONARY)
    else if (startsString) this.#string(isKey ? parent : null)
    else this.#refuse('unexpected-byte', `byte ${byte}`)
  }

  #begin(isDictionary: boolean): void {
    if (this.#open.length >= this.#maxDepth) this.#refuse('too-deep', 'nested too deep')
    const token = this.#add(this.#at, 0)
    this.#open.push({ token, isDictionary, wantsKey: isDictionary, lastKey: -1, isSorted: true })
    this.#at++
  }

  #close(): void {
    const open = this.#open.pop()
    if (open === undefined) this.#refuse('unexpected-byte', 'an end mark without a beginning')
    if (open.isDictionary && !open.wantsKey) this.#refuse('key', 'a key without a value')
    this.#add(this.#at, 0)
    this.#entries[2 * open.token + 1] = this.#written
    if (!open.isSorted) this.#refuseTwins(open)
    this.#at++
  }

  #integer(): void {
    const start = this.#at
    let at = start + 1
    const negative = this.#bytes[at] === MINUS
    if (negative) at++
    const first = at
    let value = 0
    for (let byte = this.#bytes[at]; isDigit(byte); byte = this.#bytes[++at]) {
      value = value * 10 + (byte - ZERO)
      if (value > Number.MAX_SAFE_INTEGER && !this.#saturate)
        this.#refuse('integer-range', 'an integer beyond 2^53')
    }
    if (this.#bytes[at] === undefined) this.#refuse('truncated', 'an integer without an end')
    const leadingZero = this.#bytes[first] === ZERO && (at > first + 1 || negative)
    if (this.#bytes[at] !== END || at === first || leadingZero)
      this.#refuse('integer', 'an integer in a form BEP 3 forbids')
    this.#add(start, 0)
    this.#at = at + 1
  }

  #string(parent: Open | null): void {
    const start = this.#at
    let at = start
    let length = 0
    for (let byte = this.#bytes[at]; isDigit(byte); byte = this.#bytes[++at]) {
      length = length * 10 + (byte - ZERO)
      // The cap comes before the colon is looked for: a length nobody has costs nothing.
      if (length > this.#bytes.length) this.#refuse('string-length', 'a string longer than all')
    }
    if (this.#bytes[at] === undefined) this.#refuse('truncated', 'a length without a string')
    if (this.#bytes[at] !== COLON) this.#refuse('unexpected-byte', 'a length without a colon')
    if (this.#bytes[start] === ZERO && at > start + 1)
      this.#refuse('string-length', 'a length with a leading zero')
    const body = at + 1
    if (body + length > this.#bytes.length) this.#refuse('truncated', 'a string is not whole')
    const token = this.#add(start, body)
    if (parent !== null) this.#noteKey(parent, token, body, length)
    this.#at = body + length
  }

  /** Keeps the order of keys: BEP 3 has them sorted as raw bytes, each once. */
  #noteKey(parent: Open, token: number, body: number, length: number): void {
    if (parent.lastKey >= 0) {
      const lastBody = this.#entries[2 * parent.lastKey + 1] ?? 0
      const lastLength = readDecimal(
        this.#bytes,
        this.#entries[2 * parent.lastKey] ?? 0,
        lastBody - 1,
      )
      const order = compareRuns(this.#bytes, lastBody, lastLength, body, length)
      if (order === 0) this.#refuse('duplicate-key', 'a key that was there')
      if (order > 0) {
        if (this.#canonical) this.#refuse('key-order', 'a key out of order')
        parent.isSorted = false
      }
    }
    parent.lastKey = token
  }

  /** Neighbours were compared on the way; in an unsorted dictionary twins may stand apart. */
  #refuseTwins(open: Open): void {
    const tape = new BencodeTape(this.#bytes, this.#entries, this.#at)
    const seen = new Set<string>()
    for (let token = open.token + 1; token < this.#written - 1; token = tape.next(token + 1)) {
      const key = latin1(tape.string(token))
      if (seen.has(key)) this.#refuse('duplicate-key', 'a key that was there')
      seen.add(key)
    }
  }

  #add(start: number, side: number): number {
    if (2 * this.#written === this.#entries.length) {
      const larger = new Int32Array(2 * this.#entries.length)
      larger.set(this.#entries)
      this.#entries = larger
    }
    this.#entries[2 * this.#written] = start
    this.#entries[2 * this.#written + 1] = side
    return this.#written++
  }

  #refuse(code: BencodeErrorCode, message: string): never {
    throw new BencodeError(code, this.#at, message)
  }
}

function isDigit(byte: number | undefined): byte is number {
  return byte !== undefined && byte >= ZERO && byte <= NINE
}

function compareRuns(
  bytes: Uint8Array,
  a: number,
  aLength: number,
  b: number,
  bLength: number,
): number {
  const shared = Math.min(aLength, bLength)
  for (let i = 0; i < shared; i++) {
    const order = (bytes[a + i] ?? 0) - (bytes[b + i] ?? 0)
    if (order !== 0) return order
  }
  return aLength - bLength
}
