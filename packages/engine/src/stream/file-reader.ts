import { KIB, type ByteSpan } from '@matinee/base'
import type { ReadOutcome } from '../verify/verified-store.ts'
import type { VerifiedBytes } from '../verify/verified-bytes.ts'
import { Playback, type Need } from './playback.ts'

/** The most that a reader gives out at once. */
const CHUNK_BYTES = 256 * KIB

/** What a reader knows of what it reads. */
export interface ReaderHints {
  /** Of the film; decides what is needed when. Default 1 000 000. */
  readonly bytesPerSecond?: number
  /**
   * For so many milliseconds little more is fetched than what is needed next: on a fast line verifying a minute of film
   * would take the processor from whoever draws the first picture. Default 0.
   */
  readonly calmMs?: number
}

/** What a reader asks of its torrent. Positions are bytes of the torrent. */
export interface ReaderSource {
  /** The end of the verified run that begins at `position`, at most `limit`; `position` when there is none. */
  verifiedUntil(position: number, limit: number): number
  read(span: ByteSpan): Promise<ReadOutcome>
  /** The piece must be fetched again. */
  lost(piece: number): void
  /** Resolves when something was verified since the call, rejects when the torrent fails or the signal aborts. */
  nextChange(signal: AbortSignal): Promise<void>
  /** A reader has come or gone, or has moved on. */
  demandChanged(kind: 'opened' | 'closed' | 'moved'): void
}

/** The open readers of a torrent, as far as a reader comes and goes. */
interface ReaderSet {
  add(reader: FileReader): unknown
  delete(reader: FileReader): boolean
}

/**
 * Reads a span of a file as it is downloaded and verified, in order. Waits for missing blocks; where
 * it waits becomes the download's order. Leaving the loop or disposing takes its demand back.
 */
export class FileReader implements AsyncIterable<VerifiedBytes>, AsyncDisposable {
  readonly #source: ReaderSource
  readonly #readers: ReaderSet
  /** In bytes of the torrent. */
  readonly span: ByteSpan
  readonly #ended = new AbortController()
  readonly #signal: AbortSignal
  readonly #playback: Playback
  #position: number
  #verifiedEnd: number

  /** `span` in bytes of the torrent. `readers` is the torrent's set of open ones. */
  constructor(
    source: ReaderSource,
    readers: ReaderSet,
    span: ByteSpan,
    signal: AbortSignal | undefined,
    { bytesPerSecond, calmMs }: ReaderHints = {},
  ) {
    this.#source = source
    this.#readers = readers
    this.span = span
    this.#position = span.start
    this.#verifiedEnd = span.start
    this.#playback = new Playback(span, bytesPerSecond, calmMs)
    this.#signal = signal ? AbortSignal.any([signal, this.#ended.signal]) : this.#ended.signal
    if (this.#signal.aborted) return
    readers.add(this)
    this.#signal.addEventListener('abort', () => this.#leave(), { once: true })
    source.demandChanged('opened')
  }

  /** Of the film. */
  get bytesPerSecond(): number {
    return this.#playback.bytesPerSecond
  }

  /** Where the verified run ends that begins where the reader is, in bytes of the torrent. */
  get verifiedEnd(): number {
    return this.#verifiedEnd
  }

  /** The next byte that it gives out, in bytes of the torrent. */
  get position(): number {
    return this.#position
  }

  /** What this reader still needs. */
  need(nowMs: number): Need {
    if (this.#verifiedEnd < this.span.end)
      this.#verifiedEnd = this.#source.verifiedUntil(this.#verifiedEnd, this.span.end)
    return this.#playback.need({
      verifiedEnd: this.#verifiedEnd,
      position: this.#position,
      nowMs,
    })
  }

  /** Something that was verified is no longer there. */
  recheck(): void {
    this.#verifiedEnd = this.#position
  }

  /** Throws TorrentError when the torrent fails while waiting, and the signal's reason when aborted. */
  async *[Symbol.asyncIterator](): AsyncGenerator<VerifiedBytes, void> {
    try {
      while (this.#position < this.span.end) {
        this.#signal.throwIfAborted()
        const limit = Math.min(this.#position + CHUNK_BYTES, this.span.end)
        const end = this.#source.verifiedUntil(this.#position, limit)
        if (end === this.#position) {
          await this.#source.nextChange(this.#signal)
          continue
        }
        const outcome = await this.#source.read({ start: this.#position, end })
        this.#signal.throwIfAborted()
        if (outcome.kind === 'lost') {
          this.#source.lost(outcome.piece)
          continue
        }
        this.#position = end
        this.#source.demandChanged('moved')
        yield outcome.bytes
      }
    } finally {
      this.#leave()
    }
  }

  /** Nothing more will come; whoever iterates is thrown the reason. */
  end(reason: Error): void {
    this.#ended.abort(reason)
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.end(new DOMException('the reader was closed', 'AbortError'))
    return Promise.resolve()
  }

  #leave(): void {
    if (this.#readers.delete(this)) this.#source.demandChanged('closed')
  }
}
