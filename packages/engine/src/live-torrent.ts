// More lines than usual: the one place where blocks, hashes, disk, readers and download of a torrent meet.
import {
  MIB,
  messageOf,
  untilAborted,
  type ByteSpan,
  type Clock,
  type Hash,
  type Log,
} from '@matinee/base'
import { Bitfield, type Metainfo } from '@matinee/protocol'
import { TorrentError } from './errors.ts'
import { BlockGrid } from './pick/block-grid.ts'
import { BlockTable, type PeerId } from './pick/block-table.ts'
import type { BlockRange } from './pick/picker.ts'
import type { Peer } from './peer/peer.ts'
import type { TorrentStore } from './store/torrent-store.ts'
import { wantedSpans } from './stream/demand.ts'
import { FileReader, type ReaderSource } from './stream/file-reader.ts'
import { Downloader } from './transfer/downloader.ts'
import { HashExchange } from './transfer/hash-exchange.ts'
import { HashTrees } from './verify/hash-trees.ts'
import { VerifiedStore, type ReadOutcome } from './verify/verified-store.ts'
import { Verifier, type VerifiedBlock } from './verify/verifier.ts'

/** Unwritten bytes beyond which peers are asked for nothing more. */
const MOST_QUEUED_BYTES = 32 * MIB

/** What the torrent around it must do. */
export interface LiveHost {
  peers(): Iterable<Peer>
  peer(id: PeerId): Peer | undefined
  ban(peer: PeerId, reason: string): void
  /** A whole piece is ours. */
  onPiece(piece: number): void
  /** The piece layer of a file, that the metainfo lacks, has come whole. */
  onLayer(fileIndex: number, layer: Uint8Array): void
  /** A piece that we said we had is gone. */
  onFailed(error: TorrentError): void
}

/** A torrent whose metadata is known: its blocks, hashes, disk, readers and download. */
export class LiveTorrent implements ReaderSource {
  readonly metainfo: Metainfo
  readonly grid: BlockGrid
  readonly table: BlockTable
  readonly downloader: Downloader
  readonly hashes: HashExchange
  readonly #store: VerifiedStore
  readonly #verifier: Verifier
  readonly #readers = new Set<FileReader>()
  readonly #host: LiveHost
  readonly #log: Log
  readonly #pieces: Bitfield
  #changes: PromiseWithResolvers<void> | null = null
  #failure: TorrentError | null = null

  constructor(parts: {
    readonly metainfo: Metainfo
    readonly store: TorrentStore
    readonly clock: Clock
    readonly hash: Hash
    readonly log: Log
    readonly host: LiveHost
  }) {
    const { metainfo, store, clock, hash, log, host } = parts
    this.metainfo = metainfo
    this.grid = new BlockGrid(metainfo)
    this.table = new BlockTable(this.grid.blockCount)
    this.#pieces = Bitfield.none(metainfo.layout.pieceCount)
    this.#host = host
    this.#log = log
    const trees = new HashTrees(metainfo, this.grid, hash)
    this.#store = new VerifiedStore({ metainfo, grid: this.grid, hash, clock, trees, store })
    this.hashes = new HashExchange({
      metainfo,
      trees,
      hash,
      hasPiece: (piece) => this.hasPiece(piece),
      read: (span) => this.readWhole(span),
      onHashes: () => this.downloader.hashesCame(),
      onLayer: (fileIndex, layer) => host.onLayer(fileIndex, layer),
    })
    this.#verifier = new Verifier(metainfo, this.grid, trees, hash)
    this.downloader = new Downloader({
      grid: this.grid,
      table: this.table,
      verifier: this.#verifier,
      clock,
      host: {
        wanted: () => this.#wanted(trees),
        isBackedUp: () => this.#store.queuedBytes > MOST_QUEUED_BYTES,
        beforeRequests: (peer, pieces) => this.hashes.request(peer, pieces),
        peers: () => host.peers(),
        peer: (id) => host.peer(id),
        onVerified: (blocks) => this.#onVerified(blocks),
        onCulprit: (id) => host.ban(id, 'sent wrong data'),
      },
    })
  }

  /** Whole pieces that are ours. */
  get havePieces(): number {
    return this.#pieces.count
  }

  get isComplete(): boolean {
    return this.#pieces.isFull
  }

  /** What we tell a new peer. A copy. */
  bitfield(): Bitfield {
    return this.#pieces.copy()
  }

  /** Data proved by a leaf of its own since the start, in bytes. */
  get provedAloneBytes(): number {
    return this.#verifier.provedAloneBytes
  }

  /** Data of all files, without padding, in bytes. */
  get totalBytes(): number {
    return this.metainfo.files.reduce((sum, file) => sum + file.length, 0)
  }

  /** Verified data, in bytes. */
  get verifiedBytes(): number {
    let bytes = 0
    for (const file of this.metainfo.files) bytes += this.verifiedIn(file.span)
    return bytes
  }

  hasPiece(piece: number): boolean {
    return this.#pieces.has(piece)
  }

  /** Pieces that an earlier run left behind, already compared or vouched for by a clean end. */
  resume(pieces: Iterable<number>): void {
    for (const piece of pieces) {
      const blocks = this.grid.dataBlocks(piece)
      for (let block = blocks.first; block < blocks.end; block++) this.table.have(block)
      this.#pieces.set(piece)
    }
    this.#tellChange()
  }

  /**
   * `span` in bytes of the file. Throws RangeError when it isn't inside the file, and what ended the
   * torrent when it has ended.
   */
  openFile(fileIndex: number, span: ByteSpan, signal?: AbortSignal): FileReader {
    if (this.#failure) throw this.#failure
    const file = this.metainfo.files[fileIndex]
    if (!file) throw new RangeError(`file ${fileIndex} of ${this.metainfo.files.length}`)
    if (span.start < 0 || span.start > span.end || span.end > file.length)
      throw new RangeError(`bytes ${span.start} to ${span.end} of a file of ${file.length}`)
    const { start } = file.span
    const torrentSpan = { start: start + span.start, end: start + span.end }
    return new FileReader(this, this.#readers, torrentSpan, signal)
  }

  verifiedUntil(position: number, limit: number): number {
    const range = this.grid.blocksOf({ start: position, end: limit })
    let end = position
    for (let block = range.first; block < range.end && this.table.isHave(block); block++)
      end = this.grid.spanOf(block).end
    return Math.min(end, limit)
  }

  /** Bytes received and not verified yet. */
  get heldBytes(): number {
    return this.#verifier.heldBytes
  }

  /** Verified bytes of a span. */
  verifiedIn(span: ByteSpan): number {
    if (span.start === span.end) return 0
    const range = this.grid.blocksOf(span)
    let bytes = 0
    for (let block = range.first; block < range.end; block++)
      if (this.table.isHave(block)) {
        const own = this.grid.spanOf(block)
        bytes += Math.max(0, Math.min(own.end, span.end) - Math.max(own.start, span.start))
      }
    return bytes
  }

  async read(span: ByteSpan): Promise<ReadOutcome> {
    try {
      return await this.#store.read(span)
    } catch (error) {
      throw this.#fail(
        new TorrentError('disk', `cannot read: ${messageOf(error)}`, { cause: error }),
      )
    }
  }

  /** Bytes for a peer or for hashing. Throws when they are no longer right. */
  async readWhole(span: ByteSpan) {
    const outcome = await this.read(span)
    if (outcome.kind === 'bytes') return outcome.bytes
    this.lost(outcome.piece)
    throw new TorrentError('disk', `piece ${outcome.piece} is no longer right on the disk`)
  }

  lost(piece: number): void {
    this.#log.warn('piece lost on disk', { piece })
    this.#store.lose(piece)
    const blocks = this.grid.dataBlocks(piece)
    for (let block = blocks.first; block < blocks.end; block++) this.table.lose(block)
    this.#pieces.clear(piece)
    this.downloader.demandChanged()
  }

  nextChange(signal: AbortSignal): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure)
    this.#changes ??= Promise.withResolvers<void>()
    return untilAborted(this.#changes.promise, signal)
  }

  demandChanged(): void {
    this.downloader.demandChanged()
  }

  /** Once in a while: looks after peers that are late with blocks or hashes. */
  tick(nowMs: number): void {
    this.hashes.tick(this.#host.peers(), this.#verifier.heldPieces)
    this.downloader.tick(nowMs)
  }

  /** What is there of a piece doesn't count. */
  lose(piece: number): void {
    this.#store.lose(piece)
  }

  /** Compares a piece on the disk with its hashes, and takes it as ours when it is right. */
  async adopt(piece: number): Promise<boolean> {
    if (!(await this.#store.adopt(piece))) return false
    this.resume([piece])
    return true
  }

  /** Nothing more will come: whoever waits is told why. */
  end(error: TorrentError): void {
    this.#fail(error)
    for (const reader of this.#readers) reader.end(error)
  }

  /**
   * What readers wait for. Blocks that can only be judged with their whole piece need the rest of it:
   * in a v1 torrent always, otherwise while the leaves are unknown, and then after everything else.
   */
  #wanted(trees: HashTrees): BlockRange[] {
    const spans = wantedSpans([...this.#readers].map((reader) => reader.demand))
    const ranges = spans.map((span) => this.grid.blocksOf(span))
    const whole = ranges
      .filter(({ first, end }) => trees.leaf(first) === null || trees.leaf(end - 1) === null)
      .map((range) => this.grid.wholePieces(range))
    return this.metainfo.kind === 'v1' ? whole : [...ranges, ...whole]
  }

  #onVerified(blocks: readonly VerifiedBlock[]): void {
    const written = this.#store.write(blocks)
    written.catch((error: unknown) => {
      const failure = new TorrentError('disk', `cannot write: ${messageOf(error)}`, {
        cause: error,
      })
      this.#host.onFailed(this.#fail(failure))
    })
    const pieces = new Set(blocks.map(({ block }) => this.grid.pieceOf(block)))
    for (const piece of pieces) {
      const range = this.grid.dataBlocks(piece)
      if (!this.table.hasAll(range.first, range.end)) continue
      if (this.metainfo.kind === 'hybrid') void this.#compareVersions(piece)
      this.#pieces.set(piece)
      this.#host.onPiece(piece)
    }
    this.#tellChange()
  }

  /** A hybrid whose two hashes of a piece disagree was made to show different bytes to different people (F7). */
  async #compareVersions(piece: number): Promise<void> {
    try {
      if (await this.#store.agreesWithV1(piece)) return
    } catch (error) {
      this.#log.warn('v1 comparison failed', { piece, reason: messageOf(error) })
      return
    }
    const text = 'the v1 and v2 hashes of this torrent describe different bytes'
    this.#host.onFailed(this.#fail(new TorrentError('hybrid-conflict', text)))
  }

  #tellChange(): void {
    this.#changes?.resolve()
    this.#changes = null
  }

  #fail(error: TorrentError): TorrentError {
    this.#failure ??= error
    this.#changes?.promise.catch(() => {})
    this.#changes?.reject(this.#failure)
    this.#changes = null
    return this.#failure
  }
}
