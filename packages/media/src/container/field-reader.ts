import { latin1 } from '@matinee/base'
import { Refusal } from './refusal.ts'

/** Reads numbers in network byte order one after another. Throws {@link Refusal} `broken` at the end of its bytes. */
export class FieldReader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get at(): number {
    return this.#at
  }

  /** Bytes not read yet. */
  get left(): number {
    return this.#bytes.length - this.#at
  }

  skip(bytes: number): void {
    this.#claim(bytes)
  }

  /** A view, not a copy. */
  take(bytes: number): Uint8Array {
    const start = this.#claim(bytes)
    return this.#bytes.subarray(start, start + bytes)
  }

  text(bytes: number): string {
    return latin1(this.take(bytes))
  }

  uint8(): number {
    return this.#view.getUint8(this.#claim(1))
  }

  uint16(): number {
    return this.#view.getUint16(this.#claim(2))
  }

  uint32(): number {
    return this.#view.getUint32(this.#claim(4))
  }

  /** 64 bits; more than a number holds exactly is broken too. */
  uint64(): number {
    const value = Number(this.#view.getBigUint64(this.#claim(8)))
    if (!Number.isSafeInteger(value)) throw new Refusal('broken', `a number of ${value}`)
    return value
  }

  /** An IEEE 754 number of 4 or 8 bytes. */
  float(bytes: number): number {
    const at = this.#claim(bytes)
    if (bytes === 4) return this.#view.getFloat32(at)
    if (bytes === 8) return this.#view.getFloat64(at)
    throw new Refusal('broken', `a float of ${bytes} bytes`)
  }

  #claim(bytes: number): number {
    const start = this.#at
    if (bytes < 0 || bytes > this.left)
      throw new Refusal('broken', `${bytes} of ${this.left} bytes`)
    this.#at += bytes
    return start
  }
}
