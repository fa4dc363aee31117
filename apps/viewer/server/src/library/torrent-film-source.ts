import type { Captions, StreamPhase, StreamStatus, StuckReason } from '#api'
import { messageOf, type Log } from '@matinee/base'
import type { AddOptions, Engine, Torrent, TorrentFailureCode, TorrentPhase } from '@matinee/engine'
import type { Metainfo, TorrentFile } from '@matinee/protocol'
import type { MediaFile } from '../media/media-file.ts'
import type { FilmSource, OpenFilm } from './film-source.ts'

/** Steps into which the time line's "on this disk" is divided. */
const DISK_STEPS = 100

export interface TorrentFilmOptions {
  readonly metainfo: Metainfo
  /** Name of the film's file in the torrent. */
  readonly film: string
  readonly captions: readonly (Captions & { readonly file: string })[]
  /** Opened when the first film is. */
  readonly engine: () => Promise<Engine>
  /** Peers and trackers to begin with; asked at each opening, so that what ended can begin again. */
  readonly startingPoints: () => Promise<Pick<AddOptions, 'peers' | 'trackers' | 'trackersFrom'>>
  readonly log: Log
}

/** A film in a torrent whose metadata we have: its files are known before any peer is. */
export class TorrentFilmSource implements FilmSource {
  readonly #options: TorrentFilmOptions
  readonly #film: TorrentFile
  #torrent: Torrent | null = null

  /** Throws when the torrent has no such file. */
  constructor(options: TorrentFilmOptions) {
    this.#options = options
    this.#film = fileNamed(options.metainfo, options.film)
  }

  /** Length of the film's own file. */
  get filmBytes(): number {
    return this.#film.length
  }

  async open(): Promise<OpenFilm> {
    const { metainfo, captions } = this.#options
    const filmFile = this.#film
    const torrent = this.#start()
    let failure: StuckReason | null = null
    torrent.catch((error: unknown) => {
      this.#options.log.error('film not started', { reason: messageOf(error) })
      failure = 'source'
    })
    return {
      film: mediaFile(torrent, filmFile, metainfo),
      captions: captions.map(({ language, label, file }) => ({
        language,
        label,
        file: mediaFile(torrent, fileNamed(metainfo, file), metainfo),
      })),
      status: () => statusOf(failure, this.#torrent, filmFile),
      // The torrent stays: what we have is passed on to others while Matinee runs.
      close: async () => undefined,
    }
  }

  async close(): Promise<void> {
    const torrent = this.#torrent
    this.#torrent = null
    await torrent?.stop()
  }

  /** Adds the torrent, or what is new about its peers when it's there. */
  async #start(): Promise<Torrent> {
    const { metainfo, engine, startingPoints } = this.#options
    const points = await startingPoints()
    const opened = await engine()
    if (this.#torrent?.status().phase.kind === 'failed') {
      await opened.remove(this.#torrent)
      this.#torrent = null
    }
    const torrent = opened.add({ kind: 'metainfo', metainfo }, points)
    this.#torrent = torrent
    return torrent
  }
}

function fileNamed(metainfo: Metainfo, name: string): TorrentFile {
  const file = metainfo.files.find(({ path }) => path.join('/') === name)
  if (file === undefined) throw new Error(`the torrent has no file ${name}`)
  return file
}

function mediaFile(torrent: Promise<Torrent>, file: TorrentFile, metainfo: Metainfo): MediaFile {
  const { v1, v2 } = metainfo.infoHashes
  return {
    name: file.path.at(-1) ?? '',
    lengthBytes: file.length,
    identity: `${v2 ?? v1} ${file.index}`,
    async *read(span, signal) {
      await using reader = await (await torrent).openFile(file.index, span, signal)
      yield* reader
    },
  }
}

function statusOf(
  failure: StuckReason | null,
  torrent: Torrent | null,
  file: TorrentFile,
): StreamStatus {
  const status = torrent?.status()
  const stepEnd = (step: number): number => Math.floor((file.length * step) / DISK_STEPS)
  const onDisk: { start: number; end: number }[] = []
  for (let step = 0; torrent !== null && step < DISK_STEPS; step++) {
    const span = { start: stepEnd(step), end: stepEnd(step + 1) }
    if (torrent.verifiedIn(file.index, span) < span.end - span.start) continue
    const last = onDisk.at(-1)
    if (last?.end === step / DISK_STEPS) last.end = (step + 1) / DISK_STEPS
    else onDisk.push({ start: step / DISK_STEPS, end: (step + 1) / DISK_STEPS })
  }
  const have = torrent?.verifiedIn(file.index, { start: 0, end: file.length }) ?? 0
  return {
    phase:
      failure !== null
        ? { kind: 'failed', reason: failure }
        : phaseOf(status?.phase, status?.peers.connected ?? 0, have === file.length),
    people: {
      known: status?.peers.known ?? 0,
      connected: status?.peers.connected ?? 0,
      sending: status?.peers.sending ?? 0,
    },
    bytes: {
      length: file.length,
      have,
      received: status?.bytes.downloaded ?? 0,
      passedOn: status?.bytes.uploaded ?? 0,
    },
    rates: {
      downBytesPerSecond: status?.downloadBytesPerSecond ?? 0,
      upBytesPerSecond: status?.uploadBytesPerSecond ?? 0,
    },
    onDisk,
    trouble: null,
    isDescribed: true,
    webSeeds: 0,
    ahead: { bytes: 0, seconds: null },
  }
}

function phaseOf(
  phase: TorrentPhase | undefined,
  connected: number,
  isWhole: boolean,
): StreamPhase {
  switch (phase?.kind) {
    case undefined:
    case 'stopped':
      return { kind: 'starting' }
    case 'finding-metadata':
      return { kind: 'finding-people' }
    case 'checking':
      return { kind: 'checking', fraction: phase.checkedPieces / Math.max(1, phase.pieceCount) }
    case 'failed':
      return { kind: 'failed', reason: reasonOf(phase.code) }
    case 'live':
      return connected === 0 && !isWhole ? { kind: 'finding-people' } : { kind: 'live' }
  }
}

function reasonOf(code: TorrentFailureCode): StuckReason {
  switch (code) {
    case 'disk':
      return 'disk'
    case 'bad-source':
    case 'hybrid-conflict':
      return 'damaged'
    case 'stopped':
      return 'internal'
  }
}
