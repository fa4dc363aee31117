import { LIMITS } from '@matinee/base'
import type { FieldReader } from './field-reader.ts'
import { findBox, fullBox } from './mp4-box.ts'
import { Refusal } from './refusal.ts'

/** One sample (a picture, a piece of sound) of a track, in order of decoding. */
export type OnSample = (seconds: number, offset: number, bytes: number, isKey: boolean) => void

/**
 * Walks the sample tables of a track (ISO 14496-12 8.6 to 8.7), once and in time that grows with the
 * samples. Tables that contradict each other end the walk or throw {@link Refusal}; a count is believed
 * only as far as bytes stand behind it, and never above `LIMITS.containerSamples`.
 */
export function walkSamples(stbl: Uint8Array, timescale: number, onSample: OnSample): void {
  const sizes = sizesOf(stbl)
  const keys = table(stbl, 'stss', 4)
  const runs = table(stbl, 'stts', 8)
  const chunks = new Chunks(stbl)
  let nextKey = keys?.fields.uint32() ?? 0
  let [runLeft, runTicks, ticks] = [0, 0, 0]
  for (let sample = 1; sample <= sizes.count; sample++) {
    if (runLeft === 0) {
      if (!runs || runs.fields.left < 8) return
      runLeft = runs.fields.uint32()
      runTicks = runs.fields.uint32()
      if (runLeft === 0) return
    }
    const bytes = sizes.next()
    const offset = chunks.place(bytes)
    if (offset === null) return
    onSample(ticks / timescale, offset, bytes, keys === null || sample === nextKey)
    if (keys && sample >= nextKey && keys.fields.left >= 4) nextKey = keys.fields.uint32()
    ticks += runTicks
    runLeft--
  }
}

interface Table {
  readonly count: number
  /** At its first entry; ends with its last. */
  readonly fields: FieldReader
}

function table(stbl: Uint8Array, type: string, entryBytes: number): Table | null {
  const body = findBox(stbl, type)
  if (!body) return null
  const { fields } = fullBox(body)
  const count = fields.uint32()
  if (count * entryBytes > fields.left) throw new Refusal('broken', `${type} of ${count} entries`)
  return count === 0 ? null : { count, fields }
}

function sizesOf(stbl: Uint8Array): { readonly count: number; next(): number } {
  const body = findBox(stbl, 'stsz')
  if (!body) return { count: 0, next: () => 0 }
  const { fields } = fullBox(body)
  const same = fields.uint32()
  const count = fields.uint32()
  if (count > LIMITS.containerSamples) throw new Refusal('too-large', `${count} samples`)
  if (same === 0 && count * 4 > fields.left) throw new Refusal('broken', `sizes of ${count}`)
  return { count, next: () => (same === 0 ? fields.uint32() : same) }
}

/** Where samples lie: chunks one after another, each with as many samples as stsc says. */
class Chunks {
  readonly #offsets: Table | null
  readonly #isWide: boolean
  readonly #runs: Table | null
  #chunk = 0
  #left = 0
  #offset = 0
  #perChunk = 0
  #nextRunAt = 0

  constructor(stbl: Uint8Array) {
    const wide = table(stbl, 'co64', 8)
    this.#isWide = wide !== null
    this.#offsets = wide ?? table(stbl, 'stco', 4)
    this.#runs = table(stbl, 'stsc', 12)
    this.#nextRunAt = this.#runs?.fields.uint32() ?? Infinity
  }

  /** The offset of the next sample, or `null` behind the last chunk. */
  place(bytes: number): number | null {
    if (this.#left === 0 && !this.#openChunk()) return null
    const offset = this.#offset
    this.#offset += bytes
    this.#left--
    return offset
  }

  #openChunk(): boolean {
    const offsets = this.#offsets?.fields
    if (!offsets || offsets.left < (this.#isWide ? 8 : 4)) return false
    this.#chunk++
    this.#offset = this.#isWide ? offsets.uint64() : offsets.uint32()
    const runs = this.#runs?.fields
    if (runs && this.#chunk >= this.#nextRunAt) {
      this.#perChunk = runs.uint32()
      runs.skip(4)
      this.#nextRunAt = runs.left >= 12 ? runs.uint32() : Infinity
    }
    this.#left = this.#perChunk
    return this.#left > 0
  }
}
