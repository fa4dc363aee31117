// More lines than usual: the one place where blocks, hashes, disk, readers and download of a torrent meet.
import {
  LIMITS,
  SECOND_MS,
  messageOf,
  type ByteSpan,
  type Clock,
  type DiskErrorCode,
  type Hash,
  type Log,
} from '@matinee/base'
import type { BlockFields, Metainfo } from '@matinee/protocol'
import { TorrentError } from './errors.ts'
import { Holdings } from './holdings.ts'
import type { SourceId } from './pick/block-source.ts'
import type { Peer } from './peer/peer.ts'
import { TorrentRoom } from './room/torrent-room.ts'
import { BlockMemory } from './store/block-memory.ts'
import { type LeafPage } from './store/leaf-file.ts'
import type { TorrentStore } from './store/torrent-store.ts'
import { ReaderDesk } from './stream/reader-desk.ts'
import { Downloader } from './transfer/downloader.ts'
import { HashExchange } from './transfer/hash-exchange.ts'
import { PeerSource } from './transfer/peer-source.ts'
import { HashTrees } from './verify/hash-trees.ts'
import { VerifiedStore, type ReadOutcome } from './verify/verified-store.ts'
import { Verifier, type VerifiedBlock } from './verify/verifier.ts'

/** As often as what is verified is made to last. */
const LEAVES_EVERY_MS = 5 * SECOND_MS

/** What the torrent around it must do. */
export interface LiveHost {
  peers(): Iterable<Peer>
  /** Addresses that are being dialed. */
  dialing(): number
  /** Whether there is a web seed that can be asked. */
  hasWebSeeds(): boolean
  ban(source: SourceId, reason: string): void
  /** A whole piece is ours. */
  onPiece(piece: number): void
  /** The piece layer of a file, that the metainfo lacks, has come whole. */
  onLayer(fileIndex: number, layer: Uint8Array): void
  /** Leaves of pieces that are here in part, a copy; told once in a while. */
  onLeaves(pages: readonly LeafPage[]): void
  /** A whole piece, of which peers know, is no longer here. */
  onLost(piece: number): void
  onFailed(error: TorrentError): void
}

/** A torrent whose metadata is known: its blocks, hashes, disk, readers and download. */
export class LiveTorrent {
  readonly metainfo: Metainfo
  readonly holdings: Holdings
  readonly downloader: Downloader
  readonly room: TorrentRoom
  readonly readers: ReaderDesk
  readonly hashes: HashExchange
  readonly trees: HashTrees
  /** Where blocks that come are put. */
  readonly memory = new BlockMemory()
  readonly #store: VerifiedStore
  readonly #verifier: Verifier
  readonly #host: LiveHost
  readonly #log: Log
  #toldLeavesMs = 0

  constructor(parts: {
    readonly metainfo: Metainfo
    readonly store: TorrentStore
    /** Whether its files were made here: others are never removed. */
    readonly isOurs: boolean
    readonly clock: Clock
    readonly hash: Hash
    readonly log: Log
    readonly host: LiveHost
  }) {
    const { metainfo, store, clock, hash, log, host } = parts
    this.metainfo = metainfo
    this.holdings = new Holdings(metainfo)
    this.#host = host
    this.#log = log
    const { grid, table } = this.holdings
    const trees = new HashTrees(metainfo, grid, hash)
    this.trees = trees
    this.readers = new ReaderDesk(metainfo, this.holdings, {
      isJudgedWhole: (block) => this.#isJudgedWhole(block),
      read: (span) => {
        this.room.used(span)
        return this.#read(span)
      },
      lost: (piece) => this.#lost(piece),
      demandChanged: (kind) => {
        if (kind === 'moved') this.downloader.demandMoved()
        else this.downloader.demandChanged(kind)
      },
    })
    const { memory } = this
    const onForgotten = (piece: number): void => this.#lost(piece)
    const kept = { metainfo, grid, hash, clock, trees, store, memory, onForgotten }
    this.#store = new VerifiedStore(kept)
    this.room = new TorrentRoom({
      holdings: this.holdings,
      sections: store.sections,
      clock,
      isOurs: parts.isOurs,
      wishes: () => this.readers.wishes,
      give: (section, pieces) => {
        this.#dropPieces(pieces)
        return store.release(section)
      },
    })
    this.hashes = new HashExchange({
      metainfo,
      trees,
      clock,
      hash,
      hasPiece: (piece) => this.holdings.hasPiece(piece),
      read: (span) => this.readWhole(span),
      onHashes: () => this.downloader.hashesCame(),
      onLayer: (fileIndex, layer) => host.onLayer(fileIndex, layer),
    })
    this.#verifier = new Verifier(metainfo, grid, trees, hash)
    this.downloader = new Downloader({
      grid,
      table,
      verifier: this.#verifier,
      clock,
      host: {
        demand: (nowMs) => this.readers.demand(nowMs),
        comingSources: () => this.#comingSources(),
        isBackedUp: () => this.#store.queuedBytes > LIMITS.queuedBytes,
        onVerified: (blocks) => this.#onVerified(blocks),
        onCulprit: (id) => host.ban(id, 'sent wrong data'),
      },
    })
  }

  /** Data proved by a leaf of its own since the start, in bytes. */
  get provedAloneBytes(): number {
    return this.#verifier.provedAloneBytes
  }

  /** Blocks that an earlier run left behind, already compared or vouched for by a clean end. */
  resume(blocks: Iterable<number>): void {
    this.holdings.resume(blocks)
    this.readers.tellChange()
  }

  /** Why the disk takes nothing, so that the film lives in memory; `null` = it does. */
  get diskTrouble(): DiskErrorCode | null {
    return this.#store.trouble
  }

  /** Bytes received and not verified yet. */
  get heldBytes(): number {
    return this.#verifier.heldBytes
  }

  async #read(span: ByteSpan): Promise<ReadOutcome> {
    try {
      return await this.#store.read(span)
    } catch (error) {
      throw this.#diskFailure('cannot read', error)
    }
  }

  /** Bytes for a peer or for hashing. Throws when they are no longer right. */
  async readWhole(span: ByteSpan) {
    const outcome = await this.#read(span)
    if (outcome.kind === 'bytes') return outcome.bytes
    this.#lost(outcome.piece)
    throw new TorrentError('disk', `piece ${outcome.piece} is no longer right on the disk`)
  }

  #lost(piece: number): void {
    this.#log.warn('piece lost', { piece })
    this.#dropPieces([piece])
  }

  #dropPieces(pieces: Iterable<number>): void {
    for (const piece of pieces) {
      this.#store.lose(piece)
      if (this.holdings.lose(piece)) this.#host.onLost(piece)
    }
    this.readers.recheck()
    this.downloader.demandChanged('lost')
  }

  /** A peer can be asked from now on. */
  join(peer: Peer): void {
    const { holdings, hashes } = this
    this.downloader.join(
      new PeerSource(peer, holdings.grid, (to, blocks) => hashes.request(to, blocks)),
    )
  }

  /** Asks a peer for the hashes of blocks that come from somebody who has none. */
  askForHashes(blocks: Iterable<number>): void {
    const wanted = new Set(blocks)
    for (const peer of this.#host.peers()) {
      const known = [...wanted].filter((block) =>
        peer.pieces.has(this.holdings.grid.pieceOf(block)),
      )
      if (this.hashes.request(peer, known)) for (const block of known) wanted.delete(block)
    }
  }

  onBlock(peer: Peer, fields: BlockFields, bytes: Uint8Array): void {
    const block = this.holdings.grid.blockNamed(fields)
    if (block === null) peer.close('sent a block that no request can name')
    else if (this.downloader.onBlock(peer.id, block, bytes) === 'used')
      peer.downloadedBytes += bytes.length
  }

  onReject(peer: Peer, fields: BlockFields): void {
    const block = this.holdings.grid.blockNamed(fields)
    if (block === null || !this.downloader.onRejected(peer.id, block)) return
    // While it chokes us it rejects everything; that says nothing about the block (BEP 6).
    if (!peer.us.choked) peer.refused.add(block)
  }

  /** The peer has a piece no longer: it won't send what it owes of it. */
  onDontHave(peer: Peer, piece: number): void {
    const { grid } = this.holdings
    for (const block of peer.pace.owedBlocks())
      if (grid.pieceOf(block) === piece) this.downloader.onRejected(peer.id, block)
    this.downloader.onReady(peer.id)
  }

  /** Once in a while: looks after peers that are late with blocks or hashes. */
  tick(nowMs: number): void {
    this.#store.tick(nowMs).catch(this.#onWriteFailure)
    this.hashes.tick(this.#host.peers(), this.#verifier.heldBlocks)
    this.downloader.tick(nowMs)
    if (nowMs - this.#toldLeavesMs < LEAVES_EVERY_MS) return
    this.#toldLeavesMs = nowMs
    this.#host.onLeaves(this.leafPages)
  }

  /** These blocks of pieces that are here in part don't count. */
  forget(blocks: Iterable<number>): void {
    this.#store.forget(blocks)
  }

  /** Compares blocks of pieces that are here in part with their leaves, and takes those as ours that are right. */
  async adoptBlocks(blocks: readonly number[]): Promise<void> {
    this.resume(await this.#store.adoptBlocks(blocks))
  }

  /** The leaves that tell which blocks of pieces that are here in part are right. */
  get leafPages(): readonly LeafPage[] {
    return this.trees.provePages(this.holdings.partialBlocks(LIMITS.leafPages))
  }

  /** Compares a piece on the disk with its hashes, and takes it as ours when it is right. */
  async adopt(piece: number): Promise<boolean> {
    if (!(await this.#store.adopt(piece))) return false
    const { first, end } = this.holdings.grid.dataBlocks(piece)
    this.resume(Array.from({ length: end - first }, (_, i) => first + i))
    return true
  }

  /** Nothing more will come: whoever waits is told why. */
  end(error: TorrentError): void {
    this.readers.fail(error)
    this.downloader.stop()
    this.readers.close(error)
  }

  /** Whether a block is of use only with its whole piece: always in v1, elsewhere where leaves are missing. */
  #isJudgedWhole(block: number): boolean {
    if (this.metainfo.kind === 'v1') return true
    if (this.trees.leaf(block) !== null) return false
    // Web seeds have no leaves: with nobody else near, what they give is judged by its piece.
    const isNobody = this.#host.peers()[Symbol.iterator]().next().done === true
    if (isNobody && this.#host.dialing() === 0 && this.#host.hasWebSeeds()) return true
    return !this.hashes.mayLearn(this.holdings.grid.pieceOf(block), this.#host.peers())
  }

  /** Peers that may unchoke us in a moment. */
  #comingSources(): number {
    let count = this.#host.dialing()
    for (const peer of this.#host.peers()) if (peer.us.choked && peer.isNew) count++
    return count
  }

  #onVerified(blocks: readonly VerifiedBlock[]): void {
    this.#store.write(blocks).catch(this.#onWriteFailure)
    for (const { block } of blocks) this.room.used(this.holdings.grid.spanOf(block))
    for (const piece of this.holdings.settle(blocks.map(({ block }) => block))) {
      if (this.metainfo.kind === 'hybrid') void this.#compareVersions(piece)
      this.#host.onPiece(piece)
    }
    this.readers.tellChange()
  }

  readonly #onWriteFailure = (error: unknown): void => void this.#diskFailure('cannot write', error)

  /** A hybrid whose two hashes of a piece disagree was made to show different bytes to different people (F7). */
  async #compareVersions(piece: number): Promise<void> {
    try {
      if (await this.#store.agreesWithV1(piece)) return
    } catch (error) {
      this.#log.warn('v1 comparison failed', { piece, reason: messageOf(error) })
      return
    }
    const text = 'the v1 and v2 hashes of this torrent describe different bytes'
    this.#host.onFailed(this.readers.fail(new TorrentError('hybrid-conflict', text)))
  }

  #diskFailure(what: string, error: unknown): TorrentError {
    const text = `${what}: ${messageOf(error)}`
    const failure = this.readers.fail(new TorrentError('disk', text, { cause: error }))
    this.#host.onFailed(failure)
    return failure
  }
}
