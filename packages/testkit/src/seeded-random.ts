import type { Random } from '@matinee/base'

/**
 * Repeatable chance (sfc32 by Chris Doty-Humphrey): the same seed gives the same run on every machine.
 * A failing random test prints its seed, and `new SeededRandom(seed)` shows the failure again.
 */
export class SeededRandom implements Random {
  readonly seed: number | string
  #a: number
  #b: number
  #c: number
  #counter = 1

  constructor(seed: number | string) {
    this.seed = seed
    const [a, b, c] = stateFromText(String(seed))
    this.#a = a
    this.#b = b
    this.#c = c
    for (let i = 0; i < 15; i++) this.next()
  }

  /** An unsigned 32-bit number. */
  next(): number {
    const out = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + out) | 0
    return out >>> 0
  }

  bytes(length: number): Uint8Array {
    const out = new Uint8Array(length)
    for (let i = 0; i < length; i += 4) {
      const word = this.next()
      for (let k = 0; k < 4 && i + k < length; k++) out[i + k] = word >>> (8 * k)
    }
    return out
  }

  below(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > 2 ** 32) {
      throw new RangeError(`no random number below ${limit}`)
    }
    // Words above the last whole multiple would make small numbers more likely.
    const usable = 2 ** 32 - (2 ** 32 % limit)
    for (;;) {
      const word = this.next()
      if (word < usable) return word % limit
    }
  }

  /** A number in `[0, 1)`. */
  fraction(): number {
    return this.next() / 2 ** 32
  }

  /** True in this fraction of the calls. */
  chance(probability: number): boolean {
    return this.fraction() < probability
  }

  /** One of the values. Throws RangeError when there is none. */
  pick<T extends {} | null>(values: readonly T[]): T {
    const value = values[this.below(values.length)]
    if (value === undefined) throw new RangeError('picked from values that include undefined')
    return value
  }

  /** The same values in a random order, as a new list. */
  shuffle<T>(values: readonly T[]): T[] {
    const keyed = values.map((value) => ({ value, key: this.next() }))
    return keyed.toSorted((a, b) => a.key - b.key).map(({ value }) => value)
  }

  /**
   * A generator of its own for one part of a test, so that an extra draw in one part doesn't change the
   * others. The same name always gives the same generator, whatever was drawn before.
   */
  fork(name: string): SeededRandom {
    return new SeededRandom(`${this.seed}/${name}`)
  }
}

/** Three well-mixed words from a text (xmur3-style mixing of an FNV-1a start). */
function stateFromText(text: string): [number, number, number] {
  let h = 2166136261
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 16777619)
  const word = (): number => {
    h = Math.imul(h ^ (h >>> 16), 2246822507)
    h = Math.imul(h ^ (h >>> 13), 3266489909)
    h ^= h >>> 16
    return (h = (h + 0x9e3779b9) | 0)
  }
  return [word(), word(), word()]
}
