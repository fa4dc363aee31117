import type { NumberLists } from './number-lists.ts'

/** The lists of keys below `count` when those of some keys are others; `listOf` gives `null` for a key whose list stays. */
export function changedLists(
  { offsets, values }: NumberLists,
  count: number,
  changed: ReadonlyMap<number, ArrayLike<number>>,
): NumberLists {
  const keys = [...changed.keys()].toSorted((a, b) => a - b)
  const more = keys.reduce((sum, key) => sum + (changed.get(key)?.length ?? 0), 0)
  const next = {
    offsets: new Uint32Array(count + 1),
    values: new Uint32Array(values.length + more),
  }
  const known = Math.max(0, offsets.length - 1)
  let length = 0
  let at = 0
  /** Copies the lists of a run of keys as they are. */
  const copy = (end: number): void => {
    const last = Math.min(end, known)
    if (at < last) {
      const start = offsets[at] ?? 0
      next.values.set(values.subarray(start, offsets[last] ?? 0), length)
      for (let key = at; key < last; key++)
        next.offsets[key + 1] = (offsets[key + 1] ?? 0) - start + length
      length = next.offsets[last] ?? 0
    }
    for (let key = Math.max(at, last); key < end; key++) next.offsets[key + 1] = length
    at = end
  }
  for (const key of keys) {
    copy(key)
    const list = changed.get(key) ?? []
    next.values.set(list, length)
    length += list.length
    next.offsets[key + 1] = length
    at = key + 1
  }
  copy(count)
  return { offsets: next.offsets, values: next.values.slice(0, length) }
}

/** Lists that are written one after another, each of what stays of an older one and what is new in it. */
export class ListFilter {
  readonly #old: NumberLists
  readonly #isGone: Uint8Array
  readonly #values: Uint32Array<ArrayBuffer>
  #length = 0

  /**
   * @param isGone 1 at the numbers that leave every list
   * @param added how many numbers are new in all lists together
   */
  constructor(old: NumberLists, isGone: Uint8Array, added: number) {
    this.#old = old
    this.#isGone = isGone
    this.#values = new Uint32Array(old.values.length + added)
  }

  /** Where the next list begins. */
  get length(): number {
    return this.#length
  }

  /** Writes a list; -1 = there was none. */
  write(oldKey: number, added: readonly number[] | undefined): void {
    const { offsets, values } = this.#old
    const end = oldKey < 0 ? 0 : (offsets[oldKey + 1] ?? 0)
    for (let at = oldKey < 0 ? 0 : (offsets[oldKey] ?? 0); at < end; at++) {
      const value = values[at] ?? 0
      if (this.#isGone[value] !== 1) this.#values[this.#length++] = value
    }
    if (added === undefined) return
    for (const value of added) this.#values[this.#length++] = value
  }

  /** All of them, by where each begins and the last ends. */
  lists(offsets: Uint32Array): NumberLists {
    return { offsets, values: this.#values.slice(0, this.#length) }
  }
}
