import type { ByteSpan } from '@matinee/base'
import {
  ClusterScan,
  EmbeddedCues,
  offsetAt,
  outlineFilm,
  readIndex,
  type Asking,
  type ContainerIndex,
  type EmbeddedBlock,
  type EmbeddedTrack,
  type FilmOutline,
} from '@matinee/media'
import type { PagedFile } from './paged-file.ts'
import type { FilmSubtitles, RemuxNews } from './remux-message.ts'

/** Cues are told at most so often. */
const TELL_EVERY_MS = 400
/** Of a packed line no more than so much is unpacked. */
const MOST_UNPACKED_BYTES = 64 * 1024

type Tell = (news: Extract<RemuxNews, { kind: 'subtitles' | 'cues' }>) => void

/** Reads the subtitles inside a film from the bytes that come for its picture; nothing is fetched for them. */
export class FilmSubtitleScan {
  readonly #file: PagedFile
  readonly #tell: Tell
  readonly #outline: FilmOutline
  readonly #cues: readonly EmbeddedCues[]
  #index: ContainerIndex | null = null
  #scan: ClusterScan | null = null
  #from = 0
  /** Bytes of clusters that earlier scans have read, apart from each other. */
  #read: readonly ByteSpan[] = []
  readonly #changed = new Set<number>()
  #isTellingLater = false
  #wasWhole = false

  private constructor(file: PagedFile, outline: FilmOutline, tell: Tell) {
    this.#file = file
    this.#outline = outline
    this.#tell = tell
    this.#cues = outline.tracks.map((track) => new EmbeddedCues(track))
    tell({ kind: 'subtitles', tracks: outline.tracks.map(menuTrack) })
  }

  /** Null = there are none in the film. */
  static open(file: PagedFile, outline: FilmOutline, tell: Tell): FilmSubtitleScan | null {
    return outline.tracks.length === 0 || outline.firstCluster === null
      ? null
      : new FilmSubtitleScan(file, outline, tell)
  }

  /** The film is read from another moment on. */
  async from(seconds: number): Promise<void> {
    const { lengthBytes } = this.#file
    const first = this.#outline.firstCluster ?? 0
    if (this.#index === null && seconds > 0) {
      const located = await readIndex(lengthBytes, ({ start, end }) => this.#file.read(start, end))
      if (located.kind === 'found') this.#index = located.index
    }
    const at = this.#index === null ? first : offsetAt(this.#index, seconds)
    this.#begin(Math.max(first, at))
    this.step()
  }

  /** More bytes are here. */
  step(): void {
    const scan = this.#scan
    if (scan === null || scan.isOver) return
    const blocks = scan.step(({ start, end }) => this.#file.peek(start, end))
    for (const block of blocks) void this.#take(block)
    if (this.#isWhole && !this.#wasWhole) {
      this.#wasWhole = true
      this.#cues.forEach((_, at) => this.#changed.add(at))
      this.#tellLater()
    }
  }

  #begin(from: number): void {
    this.#read = merged([...this.#read, ...this.#reading])
    this.#scan = new ClusterScan(from, {
      tracks: new Set(this.#outline.tracks.map(({ number }) => number)),
      secondsPerTick: this.#outline.secondsPerTick,
      fileBytes: this.#file.lengthBytes,
    })
    this.#from = from
  }

  /** What the scan of now has read. */
  get #reading(): readonly ByteSpan[] {
    if (this.#scan === null) return []
    const end = this.#scan.isOver ? this.#file.lengthBytes : this.#scan.at
    return [{ start: this.#from, end }]
  }

  get #isWhole(): boolean {
    const [all] = merged([...this.#read, ...this.#reading])
    const first = this.#outline.firstCluster ?? 0
    return all !== undefined && all.start <= first && all.end >= this.#file.lengthBytes
  }

  async #take(block: EmbeddedBlock): Promise<void> {
    const at = this.#outline.tracks.findIndex(({ number }) => number === block.track)
    const track = this.#outline.tracks[at]
    if (track === undefined) return
    const payload = await unpacked(track, block.payload)
    if (payload === null || !this.#cues[at]?.add({ ...block, payload })) return
    this.#changed.add(at)
    this.#tellLater()
  }

  #tellLater(): void {
    if (this.#isTellingLater) return
    this.#isTellingLater = true
    setTimeout(() => {
      this.#isTellingLater = false
      const isWhole = this.#isWhole
      for (const at of this.#changed) {
        const { cues = [], drawing = null } = this.#cues[at] ?? {}
        this.#tell({ kind: 'cues', at, cues, drawing, isWhole })
      }
      this.#changed.clear()
    }, TELL_EVERY_MS)
  }
}

/** Spans in order, what touches made one. */
function merged(spans: readonly ByteSpan[]): readonly ByteSpan[] {
  const out: ByteSpan[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1)
    if (last !== undefined && span.start <= last.end)
      out[out.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    else out.push(span)
  }
  return out
}

/** Answers what is asked for with bytes of a file. */
export async function answered<T>(file: PagedFile, asking: Asking<T>): Promise<T> {
  let step = asking.next()
  while (step.done !== true) step = asking.next(await file.read(step.value.start, step.value.end))
  return step.value
}

/** What lies before the first cluster; null = it isn't Matroska. */
export function outlineOf(file: PagedFile): Promise<FilmOutline | null> {
  return answered(file, outlineFilm(file.lengthBytes))
}

function menuTrack(track: EmbeddedTrack, at: number): FilmSubtitles {
  const { language, title, isForced } = track
  const isKnown = /^[a-z]{2,3}(?:-|$)/iu.test(language) && language !== 'und'
  return { at, language: isKnown ? language : null, title, isForced }
}

/** The line itself; null = it's packed, and not as it says. */
async function unpacked(
  { packing }: EmbeddedTrack,
  payload: Uint8Array,
): Promise<Uint8Array | null> {
  if (packing.kind === 'none') return payload
  if (packing.kind === 'stripped') return new Uint8Array([...packing.head, ...payload])
  const stream = new Blob([new Uint8Array(payload)])
    .stream()
    .pipeThrough(new DecompressionStream('deflate'))
  const reader = stream.getReader()
  const bytes = new Uint8Array(MOST_UNPACKED_BYTES)
  let length = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return bytes.subarray(0, length)
      // S3: a line that swells is none.
      if (length + value.length > bytes.length) return null
      bytes.set(value, length)
      length += value.length
    }
  } catch {
    return null
  } finally {
    reader.cancel().catch(() => undefined)
  }
}
