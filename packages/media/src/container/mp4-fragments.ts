import { LIMITS } from '@matinee/base'
import type { KeyPoint } from './container-index.ts'
import { KeyPointList } from './key-point-list.ts'
import { boxesIn, findBox, fullBox } from './mp4-box.ts'
import { Refusal } from './refusal.ts'

/** What a `sidx` says. */
export interface FragmentIndex {
  readonly keyPoints: readonly KeyPoint[]
  readonly durationSeconds: number
  readonly peakBytesPerSecond: number | null
}

/**
 * Decodes a `sidx` box (ISO 14496-12 8.16.3) that ends at `boxEnd` in the file. `null` for one that leads to
 * further indexes: those are not followed.
 */
export function decodeFragmentIndex(body: Uint8Array, boxEnd: number): FragmentIndex | null {
  const { version, fields } = fullBox(body)
  fields.skip(4)
  const timescale = fields.uint32()
  if (timescale === 0) throw new Refusal('broken', 'a second of no ticks')
  let ticks = version === 0 ? fields.uint32() : fields.uint64()
  let offset = boxEnd + (version === 0 ? fields.uint32() : fields.uint64())
  fields.skip(2)
  const points = new KeyPointList()
  const startTicks = ticks
  let peak: number | null = null
  for (let count = fields.uint16(); count > 0; count--) {
    const reference = fields.uint32()
    const duration = fields.uint32()
    fields.skip(4)
    if (reference >>> 31 === 1) return null
    const bytes = reference & 0x7fffffff
    points.add({ seconds: ticks / timescale, offset })
    if (duration >= timescale) peak = Math.max(peak ?? 0, (bytes * timescale) / duration)
    ticks += duration
    offset += bytes
  }
  const durationSeconds = (ticks - startTicks) / timescale
  if (durationSeconds <= 0 || durationSeconds >= LIMITS.filmSeconds) return null
  return { keyPoints: points.sorted(), durationSeconds, peakBytesPerSecond: peak }
}

/** The entries that an `mfra` box (ISO 14496-12 8.8.9) has for one track: moments and the fragments they are in. */
export function decodeRandomAccess(
  mfra: Uint8Array,
  trackId: number,
  timescale: number,
): readonly KeyPoint[] {
  const inner = findBox(mfra, 'mfra')
  const points = new KeyPointList()
  for (const { type, body } of inner ? boxesIn(inner) : []) {
    if (type !== 'tfra') continue
    const { version, fields } = fullBox(body)
    if (fields.uint32() !== trackId) continue
    const lengths = fields.uint32()
    const numbersBytes = 3 + ((lengths >> 4) & 3) + ((lengths >> 2) & 3) + (lengths & 3)
    const entryBytes = (version === 1 ? 16 : 8) + numbersBytes
    const count = fields.uint32()
    if (count * entryBytes > fields.left) throw new Refusal('broken', `tfra of ${count}`)
    for (let entry = 0; entry < count; entry++) {
      const ticks = version === 1 ? fields.uint64() : fields.uint32()
      const offset = version === 1 ? fields.uint64() : fields.uint32()
      points.add({ seconds: ticks / timescale, offset })
      fields.skip(numbersBytes)
    }
  }
  return points.sorted()
}
