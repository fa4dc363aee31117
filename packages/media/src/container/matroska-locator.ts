import { LIMITS } from '@matinee/base'
import type { Asking, ByteWindow } from './byte-window.ts'
import { matroskaCodecName } from './codec-names.ts'
import type { ContainerIndex, ContainerTrack, KeyPoint } from './container-index.ts'
import { bodiesOf, ebmlNumber, ebmlText, ebmlWords, firstBody } from './ebml.ts'
import { FieldReader } from './field-reader.ts'
import { KeyPointList } from './key-point-list.ts'
import {
  MATROSKA_ID,
  readMatroskaFront,
  secondsPerTick,
  type MatroskaFront,
} from './matroska-segment.ts'
import { Refusal } from './refusal.ts'

const WANTED: readonly number[] = [MATROSKA_ID.info, MATROSKA_ID.tracks, MATROSKA_ID.cues]

/** Reads SeekHead, Info, Tracks and Cues of a Matroska or WebM file (RFC 9559). */
export function* locateMatroska(window: ByteWindow): Asking<ContainerIndex> {
  return indexOf(window, yield* readMatroskaFront(window, WANTED))
}

function indexOf(window: ByteWindow, front: MatroskaFront): ContainerIndex {
  const { container, segmentStart } = front
  const [info, tracks, cues] = WANTED.map((id) => front.bodies.get(id))
  if (!info || !tracks) throw new Refusal('no-index', 'neither information nor tracks')
  const tickSeconds = secondsPerTick(info)
  const ticks = firstBody(info, MATROSKA_ID.duration)
  const seconds = ticks ? new FieldReader(ticks).float(ticks.length) * tickSeconds : 0
  const durationSeconds = seconds > 0 && seconds < LIMITS.filmSeconds ? seconds : null
  const entries = [...bodiesOf(tracks, MATROSKA_ID.trackEntry).take(LIMITS.containerTracks)].map(
    decodeEntry,
  )
  const main = entries.find(({ track }) => track.kind === 'video') ?? entries[0]
  const keyPoints = cues && main ? cuePoints(cues, main.number, tickSeconds, segmentStart) : []
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
  const config = first(MATROSKA_ID.codecPrivate) ?? new Uint8Array(0)
  const language = ebmlText(first(MATROSKA_ID.languageBcp47) ?? first(MATROSKA_ID.language))
  return {
    number: ebmlNumber(first(MATROSKA_ID.trackNumber)),
    track: {
      kind: KINDS[ebmlNumber(first(MATROSKA_ID.trackType))] ?? 'other',
      codec: matroskaCodecName(ebmlText(first(MATROSKA_ID.codecId)), config),
      // RFC 9559 5.1.4.1.19: without the element it is English, but writers leave it out for anything.
      language: language === '' ? 'und' : language,
      title: ebmlWords(first(MATROSKA_ID.name)),
    },
  }
}

function cuePoints(
  cues: Uint8Array,
  track: number,
  tickSeconds: number,
  segmentStart: number,
): readonly KeyPoint[] {
  const points = new KeyPointList()
  for (const body of bodiesOf(cues, MATROSKA_ID.cuePoint)) {
    const seconds = ebmlNumber(firstBody(body, MATROSKA_ID.cueTime)) * tickSeconds
    for (const positions of bodiesOf(body, MATROSKA_ID.cueTrackPositions)) {
      if (ebmlNumber(firstBody(positions, MATROSKA_ID.cueTrack)) !== track) continue
      const place = ebmlNumber(firstBody(positions, MATROSKA_ID.cueClusterPosition))
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
