import type { Asking, ByteWindow } from './byte-window.ts'
import { bodiesOf, decodeEbmlHeader, ebmlNumber, ebmlText, firstBody } from './ebml.ts'
import { Refusal } from './refusal.ts'

/** IDs of RFC 9559 5. */
export const MATROSKA_ID = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  name: 0x536e,
  language: 0x22b59c,
  languageBcp47: 0x22b59d,
  flagForced: 0x55aa,
  contentEncodings: 0x6d80,
  contentEncoding: 0x6240,
  contentEncodingScope: 0x5032,
  contentEncodingType: 0x5033,
  contentCompression: 0x5034,
  contentCompAlgo: 0x4254,
  contentCompSettings: 0x4255,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  attachments: 0x1941a469,
  tags: 0x1254c367,
  chapters: 0x1043a770,
  cluster: 0x1f43b675,
  clusterTimestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  blockDuration: 0x9b,
} as const

/** Elements of the segment that are walked before the first cluster: more than any writer puts there. */
const MAX_ELEMENTS = 40

/** Longest header of an element: an ID of four bytes and a length of eight. */
export const EBML_HEADER_BYTES = 12

/** A segment up to its first cluster. */
export interface MatroskaFront {
  readonly container: 'matroska' | 'webm'
  /** Where the segment's elements begin, from which its positions count. */
  readonly segmentStart: number
  /** Where the first cluster begins; `null` = none was come to. */
  readonly firstCluster: number | null
  /** Where attached files begin, such as fonts. They are never read. */
  readonly attachments: readonly number[]
  /** What was wanted, by ID. */
  readonly bodies: ReadonlyMap<number, Uint8Array>
}

/** The same while it is walked, and where a seek head says that the wanted elements are. */
interface Parts {
  readonly bodies: Map<number, Uint8Array>
  readonly places: Map<number, number>
  readonly attachments: number[]
  firstCluster: number | null
}

/**
 * Reads the wanted elements of a Matroska or WebM segment (RFC 9559): those before the first cluster in
 * passing, the others where the SeekHead says.
 */
export function* readMatroskaFront(
  window: ByteWindow,
  wanted: readonly number[],
): Asking<MatroskaFront> {
  const head = yield* elementAt(window, 0)
  if (head.id !== MATROSKA_ID.ebml) throw new Refusal('broken', 'no EBML header')
  const docType = ebmlText(firstBody(head.body, MATROSKA_ID.docType))
  const segment = decodeEbmlHeader(yield* window.peek(head.end, EBML_HEADER_BYTES))
  if (segment.id !== MATROSKA_ID.segment) throw new Refusal('broken', 'no segment')
  const segmentStart = head.end + segment.headerBytes
  const parts: Parts = {
    bodies: new Map(),
    places: new Map(),
    attachments: [],
    firstCluster: null,
  }
  yield* walkFront(window, segmentStart, wanted, parts)
  for (const id of wanted) {
    const place = parts.places.get(id)
    if (parts.bodies.has(id) || place === undefined) continue
    const element = yield* elementAt(window, segmentStart + place)
    // NOTE: copied, because the window gives up these bytes when it reads on.
    if (element.id === id) parts.bodies.set(id, element.body.slice())
  }
  const { bodies, attachments, firstCluster } = parts
  const container = docType === 'webm' ? 'webm' : 'matroska'
  return { container, segmentStart, firstCluster, attachments, bodies }
}

/** Keeps what is wanted of the elements before the first cluster. */
function* walkFront(
  window: ByteWindow,
  segmentStart: number,
  wanted: readonly number[],
  parts: Parts,
): Asking<void> {
  let at = segmentStart
  for (let count = 0; count < MAX_ELEMENTS && at + 2 <= window.fileBytes; count++) {
    const header = decodeEbmlHeader(yield* window.peek(at, EBML_HEADER_BYTES))
    if (header.id === MATROSKA_ID.cluster) parts.firstCluster = at
    if (header.id === MATROSKA_ID.cluster || header.bodyBytes === null) return
    if (header.id === MATROSKA_ID.attachments) parts.attachments.push(at)
    if (header.id === MATROSKA_ID.seekHead || wanted.includes(header.id)) {
      const { body } = yield* elementAt(window, at)
      if (header.id === MATROSKA_ID.seekHead) readSeekHead(body, wanted, parts.places)
      // NOTE: copied, because the window gives up these bytes when it reads on.
      else if (!parts.bodies.has(header.id)) parts.bodies.set(header.id, body.slice())
    }
    at += header.headerBytes + header.bodyBytes
  }
}

function* elementAt(
  window: ByteWindow,
  at: number,
): Asking<{ readonly id: number; readonly body: Uint8Array; readonly end: number }> {
  const { id, headerBytes, bodyBytes } = decodeEbmlHeader(yield* window.peek(at, EBML_HEADER_BYTES))
  if (bodyBytes === null) throw new Refusal('broken', 'an element of unknown length')
  const end = at + headerBytes + bodyBytes
  return { id, body: yield* window.read({ start: at + headerBytes, end }), end }
}

function readSeekHead(
  body: Uint8Array,
  wanted: readonly number[],
  places: Map<number, number>,
): void {
  for (const seek of bodiesOf(body, MATROSKA_ID.seek)) {
    const id = ebmlNumber(firstBody(seek, MATROSKA_ID.seekId))
    const place = ebmlNumber(firstBody(seek, MATROSKA_ID.seekPosition))
    if (wanted.includes(id) && !places.has(id)) places.set(id, place)
  }
}

/** Seconds in a tick of the segment's clock; a millisecond unless its information says otherwise. */
export function secondsPerTick(info: Uint8Array): number {
  const scale = firstBody(info, MATROSKA_ID.timestampScale)
  return (scale ? ebmlNumber(scale) : 1_000_000) / 1e9
}
