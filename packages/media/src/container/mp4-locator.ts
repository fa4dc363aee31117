import { LIMITS } from '@matinee/base'
import type { Asking, ByteWindow } from './byte-window.ts'
import type { ContainerIndex, ContainerTrack, KeyPoint } from './container-index.ts'
import { KeyPointList } from './key-point-list.ts'
import { boxesIn, decodeBoxHeader, findBox, fullBox } from './mp4-box.ts'
import { decodeFragmentIndex, decodeRandomAccess } from './mp4-fragments.ts'
import { walkSamples } from './mp4-samples.ts'
import { decodeTrack, type Mp4Track } from './mp4-track.ts'
import { RateCurve } from './rate-curve.ts'
import { Refusal } from './refusal.ts'

/** Boxes of the file itself that are walked: an index behind more of them is none. */
const MAX_BOXES = 40

/** The key points of a file, and the bytes of the second that needs most. */
interface Curve {
  readonly keyPoints: readonly KeyPoint[]
  readonly peakBytesPerSecond: number | null
}

/**
 * Finds `moov` by walking the boxes of the file (ISO 14496-12): at the front, or behind the film whose
 * box is stepped over. A fragmented file has its times in `sidx` before the first fragment, or in `mfra`
 * at the file's end.
 */
export function* locateMp4(window: ByteWindow): Asking<ContainerIndex> {
  let at = 0
  for (let boxes = 0; boxes < MAX_BOXES && at + 8 <= window.fileBytes; boxes++) {
    const header = yield* boxHeader(window, at)
    const end = at + header.boxBytes
    if (header.type === 'moov') {
      const moov = yield* window.read({ start: at + header.headerBytes, end })
      return yield* indexOf(window, moov, end)
    }
    at = end
  }
  throw new Refusal('no-index', 'no moov')
}

function* boxHeader(window: ByteWindow, at: number): Asking<ReturnType<typeof decodeBoxHeader>> {
  const bytes = yield* window.peek(at, 16)
  return decodeBoxHeader(bytes, window.fileBytes - at)
}

function* indexOf(window: ByteWindow, moov: Uint8Array, end: number): Asking<ContainerIndex> {
  const tracks: Mp4Track[] = []
  for (const box of boxesIn(moov))
    if (box.type === 'trak' && tracks.length < LIMITS.containerTracks)
      tracks.push(decodeTrack(box.body))
  const isFragmented = findBox(moov, 'mvex') !== null
  let durationSeconds = movieSeconds(moov)
  let curve: Curve = isFragmented
    ? { keyPoints: [], peakBytesPerSecond: null }
    : sampleCurve(tracks)
  if (isFragmented) {
    const found = yield* fragmentCurve(window, end, tracks)
    curve = found
    durationSeconds = found.durationSeconds ?? durationSeconds
  }
  return {
    container: 'mp4',
    durationSeconds,
    tracks: tracks.map(({ kind, codec, language }): ContainerTrack => ({
      kind,
      codec,
      language,
      title: '',
    })),
    ...curve,
    spans: window.asked,
    averageBytesPerSecond: durationSeconds === null ? null : window.fileBytes / durationSeconds,
  }
}

/** `null` when the file doesn't say, as one that was recorded live. */
function movieSeconds(moov: Uint8Array): number | null {
  const mvhd = findBox(moov, 'mvhd')
  if (!mvhd) throw new Refusal('broken', 'a moov without its header')
  const { version, fields } = fullBox(mvhd)
  fields.skip(version === 1 ? 16 : 8)
  const timescale = fields.uint32()
  const ticks = version === 1 ? fields.uint64() : fields.uint32()
  const mehd = findBox(moov, 'mvex', 'mehd')
  const whole = mehd && fullBox(mehd)
  const all = whole ? (whole.version === 1 ? whole.fields.uint64() : whole.fields.uint32()) : ticks
  const seconds = all / timescale
  return seconds > 0 && seconds < LIMITS.filmSeconds ? seconds : null
}

function sampleCurve(tracks: readonly Mp4Track[]): Curve {
  const points = new KeyPointList()
  const curve = new RateCurve()
  const main = mainTrack(tracks)
  for (const track of tracks)
    walkSamples(track.stbl, track.timescale, (seconds, offset, bytes, isKey) => {
      curve.add(seconds, bytes)
      if (isKey && track === main) points.add({ seconds, offset })
    })
  return { keyPoints: points.sorted(), peakBytesPerSecond: curve.peakBytesPerSecond }
}

function mainTrack(tracks: readonly Mp4Track[]): Mp4Track | undefined {
  return tracks.find(({ kind }) => kind === 'video') ?? tracks[0]
}

/** From `sidx` boxes behind `moov`, else from `mfra`, which the last four bytes of a file lead to. */
function* fragmentCurve(
  window: ByteWindow,
  moovEnd: number,
  tracks: readonly Mp4Track[],
): Asking<Curve & { readonly durationSeconds: number | null }> {
  let at = moovEnd
  for (let boxes = 0; boxes < MAX_BOXES && at + 8 <= window.fileBytes; boxes++) {
    const { type, headerBytes, boxBytes } = yield* boxHeader(window, at)
    if (type === 'moof' || type === 'mdat') break
    const end = at + boxBytes
    if (type === 'sidx') {
      const body = yield* window.read({ start: at + headerBytes, end })
      const found = decodeFragmentIndex(body, end)
      // One reference stands for its own fragment only; the next index stands behind that.
      if (found && found.keyPoints.length > 1) return found
    }
    at = end
  }
  const none = { keyPoints: [], peakBytesPerSecond: null, durationSeconds: null }
  if (window.fileBytes < 16) return none
  const tail = yield* window.peek(window.fileBytes - 16, 16)
  const end = fullBox(tail.subarray(8)).fields
  if (!isEndOf(tail)) return none
  const start = window.fileBytes - end.uint32()
  const mfra = yield* window.read({ start, end: window.fileBytes })
  const main = mainTrack(tracks)
  const keyPoints = main ? decodeRandomAccess(mfra, main.id, main.timescale) : []
  return { ...none, keyPoints }
}

/** Whether the last 16 bytes are an `mfro` box. */
function isEndOf(tail: Uint8Array): boolean {
  return tail.toHex().startsWith('000000106d66726f')
}
