import type { StreamStatistics, StreamStatus, StuckReason } from '#api'
import { assert, spanLength, toHex, type ByteSpan } from '@matinee/base'
import type { ReaderHints, Torrent } from '@matinee/engine'
import type { Metainfo, TorrentFile } from '@matinee/protocol'
import type { MediaFile } from '../../media/media-file.ts'
import { descriptionsOf, type FilmChoice } from '../film-choice.ts'
import { streamStatistics } from './stream-statistics.ts'
import { streamStatus } from './stream-status.ts'
import type { TorrentHold } from './torrent-desk.ts'

/** A browser that has a film's first bytes draws its first picture in so many milliseconds. */
const FIRST_PICTURE_MS = 700

/** A file of a record's release: what it must be, whatever the torrent says. */
export interface PinnedFile {
  /** As in feed-format 3.10. */
  readonly path: string
  readonly length: number
  /** Root of its merkle tree, in an own release. */
  readonly root?: string
}

/** The torrent has no such file as the record describes. */
export class OtherFileError extends Error {
  override readonly name = 'OtherFileError'
  readonly code = 'other-file'
}

/** The work may not be played any more. */
export class WithdrawnError extends Error {
  override readonly name = 'WithdrawnError'
  readonly code = 'withdrawn'
}

/** What the engine needs to fetch bytes when they are due: how many make a second of film, and how long little is fetched ahead. */
export function readerHints(
  { length }: Pick<PinnedFile, 'length'>,
  seconds: number | null,
): ReaderHints {
  const isKnown = seconds !== null && seconds > 0
  return { calmMs: FIRST_PICTURE_MS, ...(isKnown ? { bytesPerSecond: length / seconds } : {}) }
}

/** A film that is being watched, or got ready. */
export class FilmStream {
  readonly #hold: TorrentHold
  readonly #choice: FilmChoice
  /** As the record has it; null = not known. */
  readonly durationSeconds: number | null
  readonly #hasNetwork: () => boolean
  #file: TorrentFile | null = null
  #isOther = false
  readonly #withdrawn = new AbortController()
  #position = 0
  #isClosed = false

  /** @param durationSeconds as the record has it; null = not known */
  constructor(parts: {
    readonly hold: TorrentHold
    readonly choice: FilmChoice
    readonly durationSeconds: number | null
    readonly hasNetwork: () => boolean
  }) {
    this.#hold = parts.hold
    this.#choice = parts.choice
    this.durationSeconds = parts.durationSeconds
    this.#hasNetwork = parts.hasNetwork
    // What goes wrong is told by the status.
    this.#find(parts.choice.video).then(
      (file) => {
        this.#file = file
      },
      (error: unknown) => {
        this.#isOther = error instanceof OtherFileError
      },
    )
  }

  /** The film's own bytes; its length is the record's word, which the torrent must confirm. */
  get film(): MediaFile {
    const file = this.mediaFile(this.#choice.video, (start) => {
      this.#position = start
    })
    return { ...file, readHere: (span) => this.#readHere(span) }
  }

  /** A file of the same release. */
  mediaFile(pinned: PinnedFile, onRead: (start: number) => void = () => undefined): MediaFile {
    const { infoHashes } = this.#choice.release
    const hash = 'v2' in infoHashes ? infoHashes.v2 : infoHashes.v1
    const withdrawn = this.#withdrawn.signal
    const open = async (span: ByteSpan, asked: AbortSignal) => {
      const signal = AbortSignal.any([asked, withdrawn])
      signal.throwIfAborted()
      const file = await this.#find(pinned, signal)
      const torrent = await this.#hold.opened
      return torrent.openFile(
        file.index,
        span,
        signal,
        readerHints(pinned, this.#playedSeconds(pinned)),
      )
    }
    return {
      name: pinned.path.split('/').at(-1) ?? '',
      lengthBytes: pinned.length,
      identity: `${hash ?? ''} ${pinned.path}`,
      async *read(span, signal) {
        onRead(span.start)
        await using reader = await open(span, signal)
        let at = span.start
        for await (const bytes of reader) {
          withdrawn.throwIfAborted()
          at += bytes.length
          onRead(at)
          yield bytes
        }
      },
    }
  }

  /**
   * A file of an own release that stands beside the film, by its name; `null` = there is none. What an older release
   * has isn't vouched for. Throws {@link OtherFileError}, TorrentError, or the signal's reason.
   */
  async beside(name: string, signal: AbortSignal): Promise<MediaFile | null> {
    const { release, video } = this.#choice
    if (!('v2' in release.infoHashes)) return null
    const torrent = await this.#hold.opened
    const { files } = await torrent.metainfo(signal)
    const film = pinnedFile({ files }, video)
    const path = [...film.path.slice(0, -1), name].join('/')
    const file = files.find((each) => each.length > 0 && each.path.join('/') === path)
    return file === undefined ? null : this.mediaFile({ path, length: file.length })
  }

  status(): StreamStatus {
    return streamStatus({
      torrent: this.#hold.torrent,
      status: this.#hold.torrent?.status() ?? null,
      file: this.#file,
      length: this.#choice.video.length,
      failure: this.#failure,
      position: this.#position,
      durationSeconds: this.durationSeconds,
      hasNetwork: this.#hasNetwork(),
    })
  }

  /** Connected people who have all of the torrent. */
  get seeds(): number {
    return this.#hold.torrent?.status().peers.seeds ?? 0
  }

  /** Nothing of the film is missing from where it's read to its end: whatever else is fetched takes nothing from it. */
  get isRestHere(): boolean {
    const { torrent } = this.#hold
    const span = { start: this.#position, end: this.#choice.video.length }
    if (torrent === null || this.#file === null) return false
    return torrent.verifiedIn(this.#file.index, span) === spanLength(span)
  }

  statistics(): StreamStatistics {
    return streamStatistics(this.#hold.torrent, this.#choice.release)
  }

  /**
   * Fetches parts of the film before anybody reads them, and gives way to who does. Throws {@link OtherFileError},
   * TorrentError, or the signal's reason.
   */
  async warm(spans: readonly ByteSpan[], budgetBytes: number, signal: AbortSignal): Promise<void> {
    const file = await this.#find(this.#choice.video, signal)
    const torrent = await this.#hold.opened
    await torrent.warm(file.index, spans, { budgetBytes, signal })
  }

  /** It's played now, not only got ready. */
  keep(): void {
    this.#hold.keep()
  }

  close(): Promise<void> {
    this.#isClosed = true
    return this.#hold.close()
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Nothing of it is given to anybody any more, also to who is watching: the work is blocked (feed-format 14.3). */
  async withdraw(): Promise<void> {
    this.#withdrawn.abort(new WithdrawnError('the work was withdrawn'))
    await this.#hold.close()
  }

  /** Null for what isn't played for as long as the film, or when that isn't known. */
  #playedSeconds(pinned: PinnedFile): number | null {
    const isSound = descriptionsOf(this.#choice).some((sound) => sound === pinned)
    return isSound || pinned === this.#choice.video ? this.durationSeconds : null
  }

  get #failure(): StuckReason | null {
    if (this.#withdrawn.signal.aborted) return 'withdrawn'
    return this.#hold.failure ?? (this.#isOther ? 'other-file' : null)
  }

  async #readHere(span: ByteSpan): Promise<Uint8Array | null> {
    if (this.#file === null) return null
    const bytes = await this.#hold.torrent?.readHere(this.#file.index, span)
    // Feed-format 14.3: what may not be played isn't shown as a still either.
    return bytes === undefined || this.#withdrawn.signal.aborted ? null : bytes
  }

  async #find(pinned: PinnedFile, signal?: AbortSignal): Promise<TorrentFile> {
    const torrent: Torrent = await this.#hold.opened
    return pinnedFile(await torrent.metainfo(signal), pinned)
  }
}

/**
 * The file of a torrent that a record means (feed-format 3.10): same path in NFC, same length, and in an own release the
 * same root. Throws {@link OtherFileError}.
 */
export function pinnedFile({ files }: Pick<Metainfo, 'files'>, pinned: PinnedFile): TorrentFile {
  const path = pinned.path.normalize('NFC')
  const named = files.filter((file) => file.path.join('/').normalize('NFC') === path)
  assert(pinned.length > 0, 'a record names no empty file')
  const file = named.find(
    ({ length, piecesRoot }) =>
      length === pinned.length &&
      (pinned.root === undefined || (piecesRoot !== null && toHex(piecesRoot) === pinned.root)),
  )
  if (file === undefined)
    throw new OtherFileError(`${named.length} files of that path, none as the record has it`)
  return file
}
