import { assert } from '@matinee/base'

/** A half-open run of block numbers. */
export interface BlockRun {
  readonly start: number
  readonly end: number
}

/** Bits of a page: 4 KiB, half a gibibyte of film. */
const PAGE_BITS = 2 ** 15
const PAGE_BYTES = PAGE_BITS / 8
/** Marks a page of which every block is in the set, and which is therefore not written out. */
const WHOLE_PAGE = 2 ** 31
const HEADER_BYTES = 4

/**
 * A set of block numbers in `[0, capacity)`: a bitmap in pages that exist only where something is.
 * A torrent may say that it has billions of blocks, and only what we have takes memory.
 *
 * Written out: for each page in order its number (32 bits, big-endian), then its bits, lowest
 * number first in the highest bit. A page that is whole has the top bit of its number set and no bits.
 */
export class BlockSet {
  /** One more than the highest number that can be in it. */
  readonly capacity: number
  readonly #pages = new Map<number, Page>()
  #count = 0

  constructor(capacity: number) {
    assert(Number.isSafeInteger(capacity) && capacity >= 0, 'a block set has a capacity')
    this.capacity = capacity
  }

  /** How many blocks are in it. */
  get count(): number {
    return this.#count
  }

  has(block: number): boolean {
    const page = this.#pages.get(Math.floor(block / PAGE_BITS))
    return page !== undefined && hasBit(page.bits, block % PAGE_BITS)
  }

  /** Puts a block in. Returns whether it wasn't there. Asserts that there can be such a block. */
  set(block: number): boolean {
    assert(Number.isInteger(block) && block >= 0 && block < this.capacity, 'the block exists')
    const number = Math.floor(block / PAGE_BITS)
    let page = this.#pages.get(number)
    if (page === undefined) {
      page = { bits: new Uint8Array(PAGE_BYTES), count: 0 }
      this.#pages.set(number, page)
    }
    const bit = block % PAGE_BITS
    if (hasBit(page.bits, bit)) return false
    page.bits[bit >>> 3] = (page.bits[bit >>> 3] ?? 0) | (0x80 >>> (bit & 7))
    page.count++
    this.#count++
    return true
  }

  /** Takes a block out. Returns whether it was there. */
  clear(block: number): boolean {
    const number = Math.floor(block / PAGE_BITS)
    const page = this.#pages.get(number)
    const bit = block % PAGE_BITS
    if (page === undefined || !hasBit(page.bits, bit)) return false
    page.bits[bit >>> 3] = (page.bits[bit >>> 3] ?? 0) & ~(0x80 >>> (bit & 7))
    page.count--
    this.#count--
    if (page.count === 0) this.#pages.delete(number)
    return true
  }

  /** The first block of `[from, to)` that isn't in the set, or `null` when all are. */
  firstMissing(from: number, to: number): number | null {
    let at = from
    while (at < to) {
      const number = Math.floor(at / PAGE_BITS)
      const page = this.#pages.get(number)
      if (page === undefined) return at
      const pageEnd = Math.min(to, (number + 1) * PAGE_BITS)
      if (page.count < PAGE_BITS)
        for (; at < pageEnd; at++) if (!hasBit(page.bits, at % PAGE_BITS)) return at
      at = pageEnd
    }
    return null
  }

  /** Every run of blocks in the set, in order, as long as possible. Don't change the set meanwhile. */
  *runs(): Generator<BlockRun> {
    let start = -1
    let end = -1
    for (const { number, page } of this.#inOrder()) {
      const base = number * PAGE_BITS
      for (let bit = 0; bit < PAGE_BITS; bit++) {
        if (page.bits[bit >>> 3] === 0) {
          bit |= 7
          continue
        }
        if (!hasBit(page.bits, bit)) continue
        if (base + bit !== end) {
          if (start >= 0) yield { start, end }
          start = base + bit
        }
        end = base + bit + 1
      }
    }
    if (start >= 0) yield { start, end }
  }

  /** Puts every block of another set in. Page by page: a film has millions of blocks. */
  addAll(other: BlockSet): void {
    for (const [number, { bits }] of other.#pages)
      this.#change(number, (own, i) => own | (bits[i] ?? 0))
  }

  /** Takes every block of another set out. */
  clearAll(other: BlockSet): void {
    for (const [number, { bits }] of other.#pages)
      if (this.#pages.has(number)) this.#change(number, (own, i) => own & ~(bits[i] ?? 0))
  }

  /** Whether every block of this set is in the other one. */
  isWithin(other: BlockSet): boolean {
    for (const [number, page] of this.#pages) {
      const bits = other.#pages.get(number)?.bits
      if (bits === undefined) return false
      for (let i = 0; i < PAGE_BYTES; i++) if ((page.bits[i] ?? 0) & ~(bits[i] ?? 0)) return false
    }
    return true
  }

  /** A set of the same blocks that no longer changes with this one. */
  copy(): BlockSet {
    const twin = new BlockSet(this.capacity)
    for (const [number, page] of this.#pages)
      twin.#pages.set(number, { bits: page.bits.slice(), count: page.count })
    twin.#count = this.#count
    return twin
  }

  /** The set as bytes; see the class for their form. */
  encode(): Uint8Array {
    const pages = this.#inOrder()
    const isWhole = (page: Page): boolean => page.count === PAGE_BITS
    let length = 0
    for (const { page } of pages) length += HEADER_BYTES + (isWhole(page) ? 0 : PAGE_BYTES)
    const out = new Uint8Array(length)
    const view = new DataView(out.buffer)
    let at = 0
    for (const { number, page } of pages) {
      view.setUint32(at, isWhole(page) ? number + WHOLE_PAGE : number)
      at += HEADER_BYTES
      if (isWhole(page)) continue
      out.set(page.bits, at)
      at += PAGE_BYTES
    }
    return out
  }

  /** The set that {@link encode} wrote, or `null` when the bytes are anything else. */
  static decode(bytes: Uint8Array, capacity: number): BlockSet | null {
    const set = new BlockSet(capacity)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let at = 0
    let previous = -1
    while (at < bytes.length) {
      if (at + HEADER_BYTES > bytes.length) return null
      const header = view.getUint32(at)
      const number = header % WHOLE_PAGE
      at += HEADER_BYTES
      if (number <= previous || number * PAGE_BITS >= capacity) return null
      previous = number
      const bits = new Uint8Array(PAGE_BYTES)
      if (header >= WHOLE_PAGE) bits.fill(0xff)
      else {
        if (at + PAGE_BYTES > bytes.length) return null
        bits.set(bytes.subarray(at, at + PAGE_BYTES))
        at += PAGE_BYTES
      }
      const count = countBits(bits)
      const highest = number * PAGE_BITS + highestBit(bits)
      if (count === 0 || highest >= capacity) return null
      set.#pages.set(number, { bits, count })
      set.#count += count
    }
    return set
  }

  /** The most bytes that {@link encode} makes for a set of this capacity. */
  static maxEncodedBytes(capacity: number): number {
    return Math.ceil(capacity / PAGE_BITS) * (HEADER_BYTES + PAGE_BYTES)
  }

  /** Replaces every byte of a page. */
  #change(number: number, change: (own: number, index: number) => number): void {
    const page = this.#pages.get(number) ?? { bits: new Uint8Array(PAGE_BYTES), count: 0 }
    this.#count -= page.count
    for (let i = 0; i < PAGE_BYTES; i++) page.bits[i] = change(page.bits[i] ?? 0, i)
    page.count = countBits(page.bits)
    this.#count += page.count
    if (page.count === 0) this.#pages.delete(number)
    else this.#pages.set(number, page)
  }

  #inOrder(): { number: number; page: Page }[] {
    return [...this.#pages]
      .map(([number, page]) => ({ number, page }))
      .toSorted((a, b) => a.number - b.number)
  }
}

interface Page {
  readonly bits: Uint8Array
  count: number
}

function hasBit(bits: Uint8Array, bit: number): boolean {
  return ((bits[bit >>> 3] ?? 0) & (0x80 >>> (bit & 7))) !== 0
}

const BITS_IN_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0
  for (let left = byte; left !== 0; left &= left - 1) count++
  return count
})

function countBits(bits: Uint8Array): number {
  let count = 0
  for (const byte of bits) count += BITS_IN_BYTE[byte] ?? 0
  return count
}

/** The highest bit that is set; -1 when none is. */
function highestBit(bits: Uint8Array): number {
  for (let bit = PAGE_BITS - 1; bit >= 0; bit--) if (hasBit(bits, bit)) return bit
  return -1
}
