import { LIMITS } from '@matinee/base'
import type { Asking, ByteWindow } from './byte-window.ts'
import { matroskaCodecName } from './codec-names.ts'
import type { ContainerIndex, ContainerTrack, KeyPoint } from './container-index.ts'
import { bodiesOf, decodeEbmlHeader, ebmlNumber, ebmlText, firstBody } from './ebml.ts'
import { FieldReader } from './field-reader.ts'
import { KeyPointList } from './key-point-list.ts'
import { Refusal } from './refusal.ts'

/** IDs of RFC 9559 5. */
const ID = {
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
  language: 0x22b59c,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cueClusterPosition: 0xf1,
  cluster: 0x1f43b675,
} as const

/** Elements of the segment that are walked before the first cluster: more than any writer puts there. */
const MAX_ELEMENTS = 40

/** Longest header of an element: an ID of four bytes and a length of eight. */
const HEADER_BYTES = 12

/** The four elements that an index is read from, and where a seek head says that they are. */
interface Parts {
  readonly bodies: Map<number, Uint8Array>
  readonly places: Map<number, number>
}

const WANTED: readonly number[] = [ID.info, ID.tracks, ID.cues]

/**
 * Reads SeekHead, Info, Tracks and Cues of a Matroska or WebM file (RFC 9559): those before the first
 * cluster in passing, the others where the SeekHead says.
 */
export function* locateMatroska(window: ByteWindow): Asking<ContainerIndex> {
  const head = yield* elementAt(window, 0)
  if (head.id !== ID.ebml) throw new Refusal('broken', 'no EBML header')
  const docType = ebmlText(firstBody(head.body, ID.docType))
  const segment = decodeEbmlHeader(yield* window.peek(head.end, HEADER_BYTES))
  if (segment.id !== ID.segment) throw new Refusal('broken', 'no segment')
  const segmentStart = head.end + segment.headerBytes
  const parts: Parts = { bodies: new Map(), places: new Map() }
  yield* walkFront(window, segmentStart, parts)
  for (const id of WANTED) {
    const place = parts.places.get(id)
    if (parts.bodies.has(id) || place === undefined) continue
    const element = yield* elementAt(window, segmentStart + place)
    if (element.id === id) parts.bodies.set(id, element.body)
  }
  return indexOf(window, parts, segmentStart, docType === 'webm' ? 'webm' : 'matroska')
}

/** Keeps what an index needs of the elements before the first cluster. */
function* walkFront(window: ByteWindow, segmentStart: number, parts: Parts): Asking<void> {
  let at = segmentStart
  for (let count = 0; count < MAX_ELEMENTS && at + 2 <= window.fileBytes; count++) {
    const header = decodeEbmlHeader(yield* window.peek(at, HEADER_BYTES))
    if (header.id === ID.cluster || header.bodyBytes === null) return
    if (header.id === ID.seekHead || WANTED.includes(header.id)) {
      const { body } = yield* elementAt(window, at)
      if (header.id === ID.seekHead) readSeekHead(body, parts.places)
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
  const { id, headerBytes, bodyBytes } = decodeEbmlHeader(yield* window.peek(at, HEADER_BYTES))
  if (bodyBytes === null) throw new Refusal('broken', 'an element of unknown length')
  const end = at + headerBytes + bodyBytes
  return { id, body: yield* window.read({ start: at + headerBytes, end }), end }
}

function readSeekHead(body: Uint8Array, places: Map<number, number>): void {
  for (const seek of bodiesOf(body, ID.seek)) {
    const id = ebmlNumber(firstBody(seek, ID.seekId))
    const place = ebmlNumber(firstBody(seek, ID.seekPosition))
    if (WANTED.includes(id) && !places.has(id)) places.set(id, place)
  }
}

function indexOf(
  window: ByteWindow,
  parts: Parts,
  segmentStart: number,
  container: 'matroska' | 'webm',
): ContainerIndex {
  const [info, tracks, cues] = WANTED.map((id) => parts.bodies.get(id))
  if (!info || !tracks) throw new Refusal('no-index', 'neither information nor tracks')
  const scale = firstBody(info, ID.timestampScale)
  // Nanoseconds in a tick; the default is a millisecond.
  const secondsPerTick = (scale ? ebmlNumber(scale) : 1_000_000) / 1e9
  const ticks = firstBody(info, ID.duration)
  const seconds = ticks ? new FieldReader(ticks).float(ticks.length) * secondsPerTick : 0
  const durationSeconds = seconds > 0 && seconds < LIMITS.filmSeconds ? seconds : null
  const entries = [...bodiesOf(tracks, ID.trackEntry).take(LIMITS.containerTracks)].map(decodeEntry)
  const main = entries.find(({ track }) => track.kind === 'video') ?? entries[0]
  const keyPoints = cues && main ? cuePoints(cues, main.number, secondsPerTick, segmentStart) : []
  return {
    container,
    durationSeconds,
    tracks: entries.map(({ track }) => track),
    keyPoints,
    spans: window.asked,
    averageBytesPerSecond: durationSeconds === null ? null : window.fileBytes / durationSeconds,
    peakBytesPerSecond: peakBetween(keyPoints),
  }
}

const KINDS: Readonly<Record<number, ContainerTrack['kind']>> = {
  1: 'video',
  2: 'audio',
  17: 'subtitle',
}

function decodeEntry(body: Uint8Array): {
  readonly number: number
  readonly track: ContainerTrack
} {
  const first = (id: number): Uint8Array | undefined => firstBody(body, id)
  const config = first(ID.codecPrivate) ?? new Uint8Array(0)
  const language = ebmlText(first(ID.language))
  return {
    number: ebmlNumber(first(ID.trackNumber)),
    track: {
      kind: KINDS[ebmlNumber(first(ID.trackType))] ?? 'other',
      codec: matroskaCodecName(ebmlText(first(ID.codecId)), config),
      // RFC 9559 5.1.4.1.19: without the element it is English, but writers leave it out for anything.
      language: language === '' ? 'und' : language,
    },
  }
}

function cuePoints(
  cues: Uint8Array,
  track: number,
  secondsPerTick: number,
  segmentStart: number,
): readonly KeyPoint[] {
  const points = new KeyPointList()
  for (const body of bodiesOf(cues, ID.cuePoint)) {
    const seconds = ebmlNumber(firstBody(body, ID.cueTime)) * secondsPerTick
    for (const positions of bodiesOf(body, ID.cueTrackPositions)) {
      if (ebmlNumber(firstBody(positions, ID.cueTrack)) !== track) continue
      const place = ebmlNumber(firstBody(positions, ID.cueClusterPosition))
      points.add({ seconds, offset: segmentStart + place })
    }
  }
  return points.sorted()
}

/** Over stretches of at least a second: a peak within less is what a buffer is for. */
function peakBetween(points: readonly KeyPoint[]): number | null {
  let peak: number | null = null
  let [from] = points
  for (const point of points.slice(1)) {
    if (!from || point.seconds - from.seconds < 1) continue
    const rate = (point.offset - from.offset) / (point.seconds - from.seconds)
    peak = Math.max(peak ?? 0, rate)
    from = point
  }
  return peak
}
