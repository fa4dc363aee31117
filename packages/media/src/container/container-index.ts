import type { ByteSpan } from '@matinee/base'

/** A picture that a player can begin with: from this byte on, the film goes on from this moment. */
export interface KeyPoint {
  readonly seconds: number
  readonly offset: number
}

/** One track, as far as a player must know it before it begins. */
export interface ContainerTrack {
  readonly kind: 'video' | 'audio' | 'subtitle' | 'other'
  /** RFC 6381 where we know how to build it (`avc1.64001f`, `opus`), else the container's own name for it. */
  readonly codec: string
  /** As the container says it (`eng`, `fr`); `und` when it doesn't. */
  readonly language: string
  /** What its maker called it ("Commentary"); empty when it has no name. At most 100 characters. */
  readonly title: string
}

/** What a container says about the film in it, read from its index alone. */
export interface ContainerIndex {
  readonly container: 'mp4' | 'matroska' | 'webm'
  /** `null` when the container doesn't say, as a live recording. */
  readonly durationSeconds: number | null
  readonly tracks: readonly ContainerTrack[]
  /** Sorted by both; may be empty. At most `LIMITS.keyPoints`. */
  readonly keyPoints: readonly KeyPoint[]
  /** What had to be read, in order and apart from each other: the very bytes a player reads before the first picture. */
  readonly spans: readonly ByteSpan[]
  /** Over the whole film; `null` when its duration isn't known. */
  readonly averageBytesPerSecond: number | null
  /** Of the second that needs most (in Matroska of the stretch between two key points); `null` = not known. */
  readonly peakBytesPerSecond: number | null
}

/** Why a file has no index that we could use; stable. */
export type IndexRefusal = 'unknown-container' | 'broken' | 'too-large' | 'no-index'

/** What came of looking for an index. */
export type LocatedIndex =
  | { readonly kind: 'found'; readonly index: ContainerIndex }
  | { readonly kind: 'refused'; readonly reason: IndexRefusal }

/** Where to read on for a moment: the last key point at or before it, else the file's start. */
export function offsetAt(index: ContainerIndex, seconds: number): number {
  return index.keyPoints[pointBefore(index.keyPoints, seconds)]?.offset ?? 0
}

/**
 * The bytes of the film from the key point at or before `fromSeconds` to the one at or after
 * `untilSeconds`; without key points there, in proportion to the duration. Never beyond `fileBytes`.
 */
export function spanOfSeconds(
  index: ContainerIndex,
  fromSeconds: number,
  untilSeconds: number,
  fileBytes: number,
): ByteSpan {
  const start = Math.min(offsetAt(index, fromSeconds), fileBytes)
  const after = index.keyPoints[pointBefore(index.keyPoints, untilSeconds, true) + 1]
  const rate = index.averageBytesPerSecond
  const guess = rate === null ? fileBytes : start + Math.ceil(rate * (untilSeconds - fromSeconds))
  return { start, end: Math.max(start, Math.min(after?.offset ?? guess, fileBytes)) }
}

/** The index of the last point at (unless `isStrict`) or before a moment; -1 = none. */
function pointBefore(points: readonly KeyPoint[], seconds: number, isStrict = false): number {
  let [low, high] = [0, points.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const at = points[middle]?.seconds ?? Infinity
    if (at < seconds || (!isStrict && at === seconds)) low = middle + 1
    else high = middle
  }
  return low - 1
}
