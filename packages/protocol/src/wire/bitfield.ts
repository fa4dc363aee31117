import { assert } from '@matinee/base'
import { WireError } from './wire-error.ts'

/**
 * Which pieces somebody has. The highest bit of the first byte is piece 0 (BEP 3).
 * `has` is false outside the torrent; `set` and `clear` there are bugs.
 */
export class Bitfield {
  readonly pieceCount: number
  readonly #bytes: Uint8Array
  #count: number

  private constructor(pieceCount: number, bytes: Uint8Array, count: number) {
    this.pieceCount = pieceCount
    this.#bytes = bytes
    this.#count = count
  }

  /**
   * The bits of a `bitfield` message, copied.
   * Throws {@link WireError} `invalid-bitfield-size` unless there are exactly enough bytes, and
   * `spare-bits` when a bit behind the last piece is set.
   */
  static decode(bytes: Uint8Array, pieceCount: number): Bitfield {
    if (bytes.length !== bitfieldBytes(pieceCount))
      throw new WireError(
        'invalid-bitfield-size',
        `a bitfield of ${bytes.length} bytes for ${pieceCount} pieces`,
      )
    const used = pieceCount % 8
    if (used !== 0 && ((bytes.at(-1) ?? 0) & (0xff >> used)) !== 0)
      throw new WireError('spare-bits', `a bitfield sets bits behind piece ${pieceCount - 1}`)
    let count = 0
    for (const byte of bytes) count += BITS_SET[byte] ?? 0
    return new Bitfield(pieceCount, bytes.slice(), count)
  }

  /** Nobody has anything. */
  static none(pieceCount: number): Bitfield {
    return new Bitfield(pieceCount, new Uint8Array(bitfieldBytes(pieceCount)), 0)
  }

  /** Every piece is there. */
  static all(pieceCount: number): Bitfield {
    const bytes = new Uint8Array(bitfieldBytes(pieceCount)).fill(0xff)
    const used = pieceCount % 8
    if (used !== 0) bytes[bytes.length - 1] = 0xff & ~(0xff >> used)
    return new Bitfield(pieceCount, bytes, pieceCount)
  }

  /** How many pieces are there. */
  get count(): number {
    return this.#count
  }

  get isFull(): boolean {
    return this.#count === this.pieceCount
  }

  has(piece: number): boolean {
    return (
      piece < this.pieceCount && ((this.#bytes[piece >>> 3] ?? 0) & (0x80 >> (piece & 7))) !== 0
    )
  }

  /** Whether this changed anything. */
  set(piece: number): boolean {
    this.#check(piece)
    if (this.has(piece)) return false
    this.#bytes[piece >>> 3] = (this.#bytes[piece >>> 3] ?? 0) | (0x80 >> (piece & 7))
    this.#count++
    return true
  }

  /** Whether this changed anything. */
  clear(piece: number): boolean {
    this.#check(piece)
    if (!this.has(piece)) return false
    this.#bytes[piece >>> 3] = (this.#bytes[piece >>> 3] ?? 0) & ~(0x80 >> (piece & 7))
    this.#count--
    return true
  }

  /** The bytes of a `bitfield` message, a copy. */
  encode(): Uint8Array {
    return this.#bytes.slice()
  }

  /** An independent bitfield with the same pieces. */
  copy(): Bitfield {
    return new Bitfield(this.pieceCount, this.#bytes.slice(), this.#count)
  }

  #check(piece: number): void {
    assert(
      Number.isInteger(piece) && piece >= 0 && piece < this.pieceCount,
      'a piece outside the torrent was set in a bitfield',
    )
  }
}

/** The exact size of a bitfield for that many pieces. */
export function bitfieldBytes(pieceCount: number): number {
  return Math.ceil(pieceCount / 8)
}

const BITS_SET = Uint8Array.from({ length: 256 }, (_, byte) => {
  let count = 0
  for (let rest = byte; rest !== 0; rest &= rest - 1) count++
  return count
})
