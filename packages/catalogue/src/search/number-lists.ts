import { assert } from '@matinee/base'

/** A list of numbers for each key from 0 on, all in one: those of `key` lie at `offsets[key]` to `offsets[key + 1]`. */
export interface NumberLists {
  readonly offsets: Uint32Array
  readonly values: Uint32Array
}

/** How many numbers a key has. */
export function lengthOfList({ offsets }: NumberLists, key: number): number {
  return (offsets[key + 1] ?? 0) - (offsets[key] ?? 0)
}

/** The numbers of a key. */
export function listOf({ offsets, values }: NumberLists, key: number): Uint32Array {
  return values.subarray(offsets[key] ?? 0, offsets[key + 1] ?? 0)
}

/** Whether one of a key's numbers is in a set, given as 1 at its members. */
export function hasAny({ offsets, values }: NumberLists, key: number, set: Uint8Array): boolean {
  const end = offsets[key + 1] ?? 0
  for (let at = offsets[key] ?? 0; at < end; at++) if (set[values[at] ?? 0] === 1) return true
  return false
}

/** Pairs of key and number, in any order of keys, that become {@link NumberLists}. */
export class ListBuilder {
  #keys = new Uint32Array(1024)
  #values = new Uint32Array(1024)
  #length = 0

  /** Adds a number behind those that its key has. */
  add(key: number, value: number): void {
    if (this.#length === this.#keys.length) {
      this.#keys = grown(this.#keys)
      this.#values = grown(this.#values)
    }
    this.#keys[this.#length] = key
    this.#values[this.#length] = value
    this.#length++
  }

  /** The lists of keys below `count`. `placeOf` gives a key another number on the way. */
  build(count: number, placeOf: (key: number) => number = (key) => key): NumberLists {
    const offsets = new Uint32Array(count + 1)
    for (let at = 0; at < this.#length; at++) {
      const key = placeOf(this.#keys[at] ?? 0)
      assert(key < count, 'a key is below the number of lists')
      offsets[key + 1] = (offsets[key + 1] ?? 0) + 1
    }
    for (let key = 0; key < count; key++)
      offsets[key + 1] = (offsets[key + 1] ?? 0) + (offsets[key] ?? 0)
    const next = offsets.slice()
    const values = new Uint32Array(this.#length)
    for (let at = 0; at < this.#length; at++) {
      const key = placeOf(this.#keys[at] ?? 0)
      const place = next[key] ?? 0
      values[place] = this.#values[at] ?? 0
      next[key] = place + 1
    }
    return { offsets, values }
  }
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}
