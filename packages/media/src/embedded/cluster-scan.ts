import { LIMITS, type ByteSpan } from '@matinee/base'
import { decodeEbmlHeader, ebmlNumber, elementsIn, type EbmlHeader } from '../container/ebml.ts'
import { EBML_HEADER_BYTES, MATROSKA_ID } from '../container/matroska-segment.ts'
import { Refusal } from '../container/refusal.ts'

/** A block of a subtitle track, as it lies in the film. */
export interface EmbeddedBlock {
  /** Where it begins in the file: the same block read twice is one. */
  readonly offset: number
  readonly track: number
  readonly startSeconds: number
  /** `null` = until the next one. */
  readonly durationSeconds: number | null
  /** A copy, at most `LIMITS.embeddedCueBytes`. */
  readonly payload: Uint8Array
}

/** The bytes of a span when all of them are here, else `null`. */
export type PeekBytes = (span: ByteSpan) => Uint8Array | null

/** Elements that stand in a segment, not in a cluster: one of them ends a cluster of unknown length. */
const OF_SEGMENT: ReadonlySet<number> = new Set([
  MATROSKA_ID.cluster,
  MATROSKA_ID.cues,
  MATROSKA_ID.seekHead,
  MATROSKA_ID.info,
  MATROSKA_ID.tracks,
  MATROSKA_ID.attachments,
  MATROSKA_ID.tags,
  MATROSKA_ID.chapters,
])

/** Elements that one step looks at: a film's cluster has some hundred. */
const MAX_STEP_ELEMENTS = 20_000

/** The head of a block: its track's number, a time, flags. */
const BLOCK_HEAD_BYTES = 12

/**
 * Reads the subtitles of a Matroska film from bytes that are here anyway: goes from element to element as far
 * as there are bytes, and goes on from there when there are more. Nothing is ever asked for.
 */
export class ClusterScan {
  readonly #tracks: ReadonlySet<number>
  readonly #secondsPerTick: number
  readonly #fileBytes: number
  #at: number
  /** Of the cluster that is read; `null` = its end isn't known. */
  #clusterEnd: number | null = 0
  #clusterTicks: number | null = null
  #isOver = false

  /** @param from where a cluster begins */
  constructor(
    from: number,
    parts: {
      readonly tracks: ReadonlySet<number>
      readonly secondsPerTick: number
      readonly fileBytes: number
    },
  ) {
    this.#at = from
    this.#tracks = parts.tracks
    this.#secondsPerTick = parts.secondsPerTick
    this.#fileBytes = parts.fileBytes
  }

  /** Everything before this was read. */
  get at(): number {
    return this.#at
  }

  /** The end of the file was reached, or what isn't Matroska. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** The time of the cluster that is read, in seconds; `null` before the first. */
  get seconds(): number | null {
    return this.#clusterTicks === null ? null : this.#clusterTicks * this.#secondsPerTick
  }

  /** Reads on as far as there are bytes, at most some thousand elements. */
  step(peek: PeekBytes): EmbeddedBlock[] {
    const found: EmbeddedBlock[] = []
    try {
      for (let count = 0; count < MAX_STEP_ELEMENTS && this.#stepElement(peek, found); count++);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.#isOver = true
    }
    return found
  }

  /** One element; false when there are no bytes for it. */
  #stepElement(peek: PeekBytes, found: EmbeddedBlock[]): boolean {
    if (this.#isOver) return false
    const start = this.#at
    if (start + 2 > this.#fileBytes) {
      this.#isOver = true
      return false
    }
    const head = peek({ start, end: Math.min(start + EBML_HEADER_BYTES, this.#fileBytes) })
    if (head === null) return false
    const header = decodeEbmlHeader(head)
    const body = start + header.headerBytes
    const isInCluster =
      this.#clusterTicks !== null && (this.#clusterEnd === null || start < this.#clusterEnd)
    if (header.id === MATROSKA_ID.cluster) {
      this.#clusterEnd = header.bodyBytes === null ? null : body + header.bodyBytes
      this.#clusterTicks = 0
      this.#at = body
      return true
    }
    if (header.bodyBytes === null) throw new Refusal('broken', 'an element without an end')
    // S3: bytes that the film doesn't have would be waited for as long as it is open.
    if (header.bodyBytes > this.#fileBytes - body) throw new Refusal('broken', 'a cut-off element')
    if (isInCluster && !OF_SEGMENT.has(header.id)) {
      if (!this.#child(header, header.bodyBytes, body, peek, found)) return false
    } else this.#clusterTicks = null
    this.#at = body + header.bodyBytes
    return true
  }

  /** An element of a cluster; false when bytes of it are missing that are needed. */
  #child(
    { id }: EbmlHeader,
    bodyBytes: number,
    start: number,
    peek: PeekBytes,
    found: EmbeddedBlock[],
  ): boolean {
    const end = start + bodyBytes
    if (id === MATROSKA_ID.clusterTimestamp) {
      const bytes = bodyBytes <= 8 ? peek({ start, end }) : new Uint8Array(0)
      if (bytes === null) return false
      this.#clusterTicks = ebmlNumber(bytes)
      return true
    }
    if (id !== MATROSKA_ID.simpleBlock && id !== MATROSKA_ID.blockGroup) return true
    const isGroup = id === MATROSKA_ID.blockGroup
    const headEnd = Math.min(end, start + BLOCK_HEAD_BYTES + (isGroup ? EBML_HEADER_BYTES : 0))
    const head = peek({ start, end: headEnd })
    if (head === null) return false
    const block = isGroup ? blockOfGroup(head) : head
    if (block === null || !this.#tracks.has(trackOf(block))) return true
    // S3: what is longer is no line that anybody could read.
    if (bodyBytes > LIMITS.embeddedCueBytes) return true
    const bytes = peek({ start, end })
    if (bytes === null) return false
    const decoded = this.#decode(bytes, isGroup, start)
    if (decoded !== null) found.push(decoded)
    return true
  }

  #decode(bytes: Uint8Array, isGroup: boolean, offset: number): EmbeddedBlock | null {
    let block = isGroup ? null : bytes
    let ticks: number | null = null
    if (isGroup)
      for (const { id, body } of elementsIn(bytes)) {
        if (id === MATROSKA_ID.block) block ??= body
        if (id === MATROSKA_ID.blockDuration) ticks = ebmlNumber(body)
      }
    if (block === null) return null
    const { headerBytes } = decodeTrackNumber(block)
    if (block.length < headerBytes + 3) return null
    const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
    // RFC 9559 10.1: the time is signed and counts from the cluster's; laced subtitles don't exist.
    if (((block[headerBytes + 2] ?? 0) & 0x06) !== 0) return null
    const at = (this.#clusterTicks ?? 0) + view.getInt16(headerBytes)
    return {
      offset,
      track: trackOf(block),
      startSeconds: at * this.#secondsPerTick,
      durationSeconds: ticks === null ? null : ticks * this.#secondsPerTick,
      payload: block.slice(headerBytes + 3),
    }
  }
}

/** The head of the block that a group begins with; `null` = it begins with something else. */
function blockOfGroup(head: Uint8Array): Uint8Array | null {
  const { id, headerBytes } = decodeEbmlHeader(head)
  return id === MATROSKA_ID.block ? head.subarray(headerBytes) : null
}

function trackOf(block: Uint8Array): number {
  return decodeTrackNumber(block).track
}

/** A number of one or two bytes: more than 64 tracks no film has. */
function decodeTrackNumber(block: Uint8Array): {
  readonly track: number
  readonly headerBytes: number
} {
  const [first = 0, second = 0] = block
  if (first & 0x80) return { track: first & 0x7f, headerBytes: 1 }
  return { track: first & 0x40 ? ((first & 0x3f) << 8) | second : -1, headerBytes: 2 }
}
