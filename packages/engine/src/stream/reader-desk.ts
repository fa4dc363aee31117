import { untilAborted, type ByteSpan } from '@matinee/base'
import type { Metainfo } from '@matinee/protocol'
import type { TorrentError } from '../errors.ts'
import type { Holdings } from '../holdings.ts'
import type { DemandFacts } from '../transfer/downloader.ts'
import type { VerifiedBytes } from '../verify/verified-bytes.ts'
import type { ReadOutcome } from '../verify/verified-store.ts'
import { FileReader, type ReaderHints, type ReaderSource } from './file-reader.ts'
import { readerStatuses, type ReaderStatus } from './reader-status.ts'
import { Readers } from './readers.ts'
import type { WarmReader } from './warm-reader.ts'
import { warmUp, type WarmHost } from './warm-up.ts'

/** What the torrent does for its readers. */
export interface ReaderHost {
  /** Whether a block is of use only with its whole piece. */
  isJudgedWhole(block: number): boolean
  read(span: ByteSpan): Promise<ReadOutcome>
  /** The piece must be fetched again. */
  lost(piece: number): void
  /** A reader has come or gone, or has moved on. */
  demandChanged(kind: 'opened' | 'closed' | 'moved'): void
}

/** Opens readers on a torrent, says what they need together, and wakes those that wait. */
export class ReaderDesk implements ReaderSource, WarmHost {
  readonly #metainfo: Metainfo
  readonly #holdings: Holdings
  readonly #host: ReaderHost
  readonly #readers: Readers<FileReader | WarmReader>
  #changes: PromiseWithResolvers<void> | null = null
  #end: TorrentError | null = null

  constructor(metainfo: Metainfo, holdings: Holdings, host: ReaderHost) {
    this.#metainfo = metainfo
    this.#holdings = holdings
    this.#host = host
    this.#readers = new Readers(holdings.grid, (block) => host.isJudgedWhole(block))
  }

  /**
   * `span` in bytes of the file. Throws RangeError when it isn't inside the file, and what ended the
   * torrent when it has ended.
   */
  openFile(
    fileIndex: number,
    span: ByteSpan,
    signal?: AbortSignal,
    hints?: ReaderHints,
  ): FileReader {
    if (this.#end) throw this.#end
    const torrentSpan = this.torrentSpan(fileIndex, span)
    return new FileReader(this, this.#readers.open, torrentSpan, signal, hints)
  }

  /**
   * What is verified and here of a span (bytes of the file), from its start without a gap; `null` = not even its first
   * byte. No reader is opened, so nothing is asked for and no deadline moves. Throws RangeError when the span isn't inside
   * the file.
   */
  async readHere(fileIndex: number, span: ByteSpan): Promise<VerifiedBytes | null> {
    const { start, end: limit } = this.torrentSpan(fileIndex, span)
    const end = this.verifiedUntil(start, limit)
    if (end === start) return null
    const outcome = await this.#host.read({ start, end })
    if (outcome.kind === 'bytes') return outcome.bytes
    this.#host.lost(outcome.piece)
    return null
  }

  /** Fetches spans (bytes of the torrent) for later; see {@link warmUp}. */
  warm(spans: readonly ByteSpan[], budgetBytes: number, signal: AbortSignal): Promise<void> {
    return warmUp(this, this.#readers.open, { spans, budgetBytes }, signal)
  }

  /** A span of a file in bytes of the torrent. Throws RangeError when it isn't inside the file. */
  torrentSpan(fileIndex: number, span: ByteSpan): ByteSpan {
    const file = this.#metainfo.files[fileIndex]
    if (!file) throw new RangeError(`file ${fileIndex} of ${this.#metainfo.files.length}`)
    if (span.start < 0 || span.start > span.end || span.end > file.length)
      throw new RangeError(`bytes ${span.start} to ${span.end} of a file of ${file.length}`)
    const { start } = file.span
    return { start: start + span.start, end: start + span.end }
  }

  /** The piece of a byte of a file. */
  pieceAt(fileIndex: number, position: number): number {
    const { layout } = this.#metainfo
    return layout.blockAt(layout.fileSpan(fileIndex).start + position).piece
  }

  /** Somebody reads, or gets ready. */
  get isRead(): boolean {
    return this.#readers.open.size > 0
  }

  /** Somebody reads, and doesn't only get ready. */
  get isWatched(): boolean {
    return this.#watching.length > 0
  }

  /** Where the open readers are, the oldest first. */
  get statuses(): readonly ReaderStatus[] {
    return readerStatuses(this.#watching, this.#metainfo.layout, this)
  }

  /** What open readers will still read, in bytes of the torrent. */
  get wishes(): readonly ByteSpan[] {
    return Array.from(this.#readers.open, ({ span, position }) => ({ ...span, start: position }))
  }

  /** What readers need now. */
  demand(nowMs: number): DemandFacts {
    return this.#readers.facts(nowMs)
  }

  /** What is missing of a span, whole pieces where blocks of them are of use only together. */
  toFetch(span: ByteSpan): number {
    if (span.start >= span.end) return 0
    return this.#holdings.missingIn(this.#readers.rangeOf(span))
  }

  verifiedUntil(position: number, limit: number): number {
    return this.#holdings.verifiedUntil(position, limit)
  }

  read(span: ByteSpan): Promise<ReadOutcome> {
    return this.#host.read(span)
  }

  lost(piece: number): void {
    this.#host.lost(piece)
  }

  demandChanged(kind: 'opened' | 'closed' | 'moved'): void {
    this.#host.demandChanged(kind)
  }

  nextChange(signal: AbortSignal): Promise<void> {
    if (this.#end) return Promise.reject(this.#end)
    this.#changes ??= Promise.withResolvers<void>()
    return untilAborted(this.#changes.promise, signal)
  }

  /** Something was verified: whoever waits looks again. */
  tellChange(): void {
    this.#changes?.resolve()
    this.#changes = null
  }

  /** Something that was verified is no longer there. */
  recheck(): void {
    for (const reader of this.#readers.open) reader.recheck()
  }

  /** Whoever waits is told why nothing more will come; the first reason is the one that is told. Returns it. */
  fail(error: TorrentError): TorrentError {
    this.#end ??= error
    this.#changes?.promise.catch(() => {})
    this.#changes?.reject(this.#end)
    this.#changes = null
    return this.#end
  }

  /** Closes every reader. */
  close(error: TorrentError): void {
    for (const reader of this.#watching) reader.end(error)
  }

  /** Readers that somebody reads from, the oldest first. */
  get #watching(): readonly FileReader[] {
    return [...this.#readers.open].filter((reader) => reader instanceof FileReader)
  }
}
