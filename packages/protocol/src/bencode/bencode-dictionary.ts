import { type ByteSpan, assert, latin1, parseUtf8 } from '@matinee/base'
import { type BencodeTape, DICTIONARY, INTEGER, LIST } from './bencode-tape.ts'

/**
 * A bencoded value: a safe integer, a byte string, a list or a dictionary. Byte strings of a decoded
 * value are views of the decoded bytes.
 */
export type BencodeValue = number | Uint8Array | readonly BencodeValue[] | BencodeDictionary

/** Where a dictionary's values come from: made from a tape when asked for, or there from the start. */
type Source =
  | { readonly kind: 'tape'; readonly tape: BencodeTape; readonly tokens: readonly number[] }
  | { readonly kind: 'values'; readonly values: readonly BencodeValue[] }

/**
 * A bencoded dictionary. Keys are texts with one character per byte (`latin1` of base), because a
 * key may be any bytes; ASCII keys look like themselves. Never changes.
 */
export class BencodeDictionary {
  readonly #keys: readonly string[]
  readonly #source: Source

  private constructor(keys: readonly string[], source: Source) {
    this.#keys = keys
    this.#source = source
  }

  /** A dictionary of values; `undefined` ones are left out, so optional entries read as such. */
  static from(
    entries:
      | Readonly<Record<string, BencodeValue | undefined>>
      | Iterable<readonly [string, BencodeValue | undefined]>,
  ): BencodeDictionary {
    const pairs: (readonly [string, BencodeValue])[] = []
    const all = isIterable(entries) ? entries : Object.entries(entries)
    for (const [key, value] of all) if (value !== undefined) pairs.push([key, value])
    pairs.sort(([a], [b]) => (a < b ? -1 : 1))
    for (const [i, [key]] of pairs.entries())
      assert(key !== pairs[i - 1]?.[0], 'a dictionary has each key once')
    return new BencodeDictionary(
      pairs.map(([key]) => key),
      { kind: 'values', values: pairs.map(([, value]) => value) },
    )
  }

  /** The dictionary at a token of a checked tape. Costs one key and one number per entry. */
  static onTape(tape: BencodeTape, token: number): BencodeDictionary {
    // Of the right length at once: an array that grows takes 17 places for its first.
    const count = tape.count(token)
    const keys: string[] = []
    const tokens: number[] = []
    keys.length = count
    tokens.length = count
    let isSorted = true
    for (let i = 0, at = token + 1; i < count; i++, at = tape.next(at + 1)) {
      const key = tape.key(at)
      if (i > 0 && key < (keys[i - 1] ?? '')) isSorted = false
      keys[i] = key
      tokens[i] = at + 1
    }
    if (isSorted) return new BencodeDictionary(keys, { kind: 'tape', tape, tokens })
    const order = keys.map((_, i) => i).sort((a, b) => ((keys[a] ?? '') < (keys[b] ?? '') ? -1 : 1))
    return new BencodeDictionary(
      order.map((i) => keys[i] ?? ''),
      { kind: 'tape', tape, tokens: order.map((i) => tokens[i] ?? 0) },
    )
  }

  get size(): number {
    return this.#keys.length
  }

  /** Sorted as raw bytes. */
  keys(): readonly string[] {
    return this.#keys
  }

  has(key: string): boolean {
    return this.#find(key) >= 0
  }

  get(key: string): BencodeValue | undefined {
    const at = this.#find(key)
    return at < 0 ? undefined : this.#value(at)
  }

  /** In the order of {@link keys}; each value is made when it is reached. */
  *entries(): Generator<readonly [string, BencodeValue], void> {
    for (const [at, key] of this.#keys.entries()) yield [key, this.#value(at)]
  }

  /** Where a value stands in the decoded bytes. `undefined` when missing, or in a dictionary made by {@link from}. */
  spanOf(key: string): ByteSpan | undefined {
    const token = this.#tokenOf(key)
    if (token === undefined) return undefined
    return { start: token.tape.start(token.at), end: token.tape.valueEnd(token.at) }
  }

  /**
   * How many values stand in the value of `key`, at any depth, itself included: what it would cost
   * to look at it. 0 when missing, or in a dictionary made by {@link from}.
   */
  weightOf(key: string): number {
    const token = this.#tokenOf(key)
    return token === undefined ? 0 : token.tape.next(token.at) - token.at
  }

  /** How many elements the list or dictionary at `key` has. 0 when missing, another type, or made by {@link from}. */
  countOf(key: string): number {
    const token = this.#tokenOf(key)
    if (token === undefined) return 0
    const kind = token.tape.kind(token.at)
    return kind === LIST || kind === DICTIONARY ? token.tape.count(token.at) : 0
  }

  integer(key: string): number | undefined {
    const value = this.get(key)
    return typeof value === 'number' ? value : undefined
  }

  bytes(key: string): Uint8Array | undefined {
    const value = this.get(key)
    return value instanceof Uint8Array ? value : undefined
  }

  /** `undefined` also when the bytes are not UTF-8. */
  text(key: string): string | undefined {
    const value = this.bytes(key)
    return value === undefined ? undefined : (parseUtf8(value) ?? undefined)
  }

  list(key: string): readonly BencodeValue[] | undefined {
    const value = this.get(key)
    return isBencodeList(value) ? value : undefined
  }

  /**
   * A list of byte strings as texts of one character per byte, as keys are; `undefined` when
   * something else is in it.
   */
  keyList(key: string): readonly string[] | undefined {
    const token = this.#tokenOf(key)
    if (token === undefined) {
      const list = this.list(key)
      return list?.every((one) => one instanceof Uint8Array) ? list.map(latin1) : undefined
    }
    const { tape, at: list } = token
    if (tape.kind(list) !== LIST) return undefined
    const texts: string[] = []
    texts.length = tape.count(list)
    for (let i = 0, at = list + 1; i < texts.length; i++, at = tape.next(at)) {
      const kind = tape.kind(at)
      if (kind === INTEGER || kind === LIST || kind === DICTIONARY) return undefined
      texts[i] = tape.key(at)
    }
    return texts
  }

  dictionary(key: string): BencodeDictionary | undefined {
    const value = this.get(key)
    return value instanceof BencodeDictionary ? value : undefined
  }

  #find(key: string): number {
    let low = 0
    let high = this.#keys.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const there = this.#keys[middle] ?? ''
      if (there === key) return middle
      if (there < key) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  #tokenOf(key: string): { readonly tape: BencodeTape; readonly at: number } | undefined {
    const at = this.#find(key)
    if (at < 0 || this.#source.kind !== 'tape') return undefined
    return { tape: this.#source.tape, at: this.#source.tokens[at] ?? 0 }
  }

  #value(at: number): BencodeValue {
    if (this.#source.kind === 'tape')
      return valueOnTape(this.#source.tape, this.#source.tokens[at] ?? 0)
    const value = this.#source.values[at]
    assert(value !== undefined, 'every key has a value')
    return value
  }
}

/** Whether a value is a list; `Array.isArray` alone loses the type of a read-only array. */
export function isBencodeList(value: BencodeValue | undefined): value is readonly BencodeValue[] {
  return Array.isArray(value)
}

/** Makes the value at a token. Lists are made whole, without recursion; dictionaries stay on the tape. */
export function valueOnTape(tape: BencodeTape, token: number): BencodeValue {
  if (tape.kind(token) !== LIST) return leafOnTape(tape, token)
  const top: BencodeValue[] = []
  const open: { readonly into: BencodeValue[]; at: number; readonly end: number }[] = [
    { into: top, at: token + 1, end: tape.next(token) - 1 },
  ]
  for (let list = open.at(-1); list !== undefined; list = open.at(-1)) {
    if (list.at === list.end) {
      open.pop()
      continue
    }
    const at = list.at
    list.at = tape.next(at)
    if (tape.kind(at) === LIST) {
      const into: BencodeValue[] = []
      list.into.push(into)
      open.push({ into, at: at + 1, end: list.at - 1 })
    } else list.into.push(leafOnTape(tape, at))
  }
  return top
}

function leafOnTape(tape: BencodeTape, token: number): BencodeValue {
  const kind = tape.kind(token)
  if (kind === INTEGER) return tape.integer(token)
  if (kind === DICTIONARY) return BencodeDictionary.onTape(tape, token)
  return tape.string(token)
}

function isIterable(value: object): value is Iterable<readonly [string, BencodeValue | undefined]> {
  return Symbol.iterator in value
}
