import { MIB, spanLength, type Clock } from '@matinee/base'
import type { BlockFields } from '@matinee/protocol'
import type { Peer } from '../peer/peer.ts'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { BlockTable, PeerId } from '../pick/block-table.ts'
import { pickBlocks, type BlockRange } from '../pick/picker.ts'
import { Retrials } from './retrials.ts'
import type { Verdict, VerifiedBlock, Verifier } from '../verify/verifier.ts'

/** Who is told what the download brings. */
export interface DownloadHost {
  /** What readers wait for, most urgent first. */
  wanted(): readonly BlockRange[]
  /** Sends what must precede a request for blocks of these pieces: hash requests (BEP 52). */
  beforeRequests(peer: Peer, pieces: ReadonlySet<number>): void
  /** The disk can't keep up: nothing more is asked for until it can. */
  isBackedUp(): boolean
  peers(): Iterable<Peer>
  peer(id: PeerId): Peer | undefined
  onVerified(blocks: readonly VerifiedBlock[]): void
  /** Sent wrong data. */
  onCulprit(peer: PeerId): void
}

/** Unverified bytes beyond which pieces that no reader waits for are dropped. */
const MOST_HELD_BYTES = 64 * MIB

/** Asks peers for the blocks that readers wait for, and brings what comes to the verifier. */
export class Downloader {
  readonly #grid: BlockGrid
  readonly #table: BlockTable
  readonly #verifier: Verifier
  readonly #clock: Clock
  readonly #host: DownloadHost
  readonly #retrials: Retrials
  #wanted: readonly BlockRange[] = []
  /** Bytes that came and were of no use: late twins, wrong ones, unasked ones. */
  wastedBytes = 0

  constructor(parts: {
    readonly grid: BlockGrid
    readonly table: BlockTable
    readonly verifier: Verifier
    readonly clock: Clock
    readonly host: DownloadHost
  }) {
    this.#grid = parts.grid
    this.#table = parts.table
    this.#verifier = parts.verifier
    this.#clock = parts.clock
    this.#host = parts.host
    this.#retrials = new Retrials(() => parts.host.peers())
  }

  /** Readers have come, moved or gone: cancels what nobody waits for and asks anew, in the same turn. */
  demandChanged(): void {
    this.#wanted = this.#host.wanted()
    for (const peer of this.#host.peers()) {
      for (const block of peer.window.outstandingBlocks())
        if (!this.#isWanted(block)) this.#cancel(peer, block)
      peer.setInterested(this.#isInteresting(peer))
      this.refill(peer)
    }
  }

  /** The peer may have room, or more pieces than before. */
  refill(peer: Peer): void {
    if (peer.isClosed || this.#wanted.length === 0 || peer.window.room === 0) return
    const mayAsk = (piece: number): boolean =>
      peer.pieces.has(piece) &&
      (!peer.us.choked || peer.allowedFast.has(piece)) &&
      this.#retrials.allows(piece, peer.id)
    if (this.#host.isBackedUp() || (peer.us.choked && peer.allowedFast.size === 0)) return
    const nowMs = this.#clock.nowMs()
    if (peer.window.isStalled(nowMs)) return
    const blocks = pickBlocks(
      {
        table: this.#table,
        wanted: this.#wanted,
        blocksPerPiece: this.#grid.blocksPerPiece,
        peer: peer.id,
        peerHas: mayAsk,
        peerRefused: (block) => peer.refused.has(block) || peer.window.has(block),
        isReliable: (id) => {
          const owner = this.#host.peer(id)?.window
          return owner !== undefined && owner.hasAnswered && !owner.isStalled(nowMs)
        },
        nowMs,
      },
      peer.window.room,
    )
    if (blocks.length === 0) return
    // NOTE: no await between marking and sending, or two peers are asked for the same block.
    for (const block of blocks) {
      this.#table.request(block, peer.id, nowMs)
      peer.window.asked(block, nowMs)
    }
    this.#host.beforeRequests(peer, new Set(blocks.map((block) => this.#grid.pieceOf(block))))
    peer.send(
      ...blocks.map((block) => ({ kind: 'request', ...this.#grid.fieldsOf(block) }) as const),
    )
  }

  availabilityChanged(peer: Peer): void {
    peer.setInterested(this.#isInteresting(peer))
    this.refill(peer)
  }

  onBlock(peer: Peer, fields: BlockFields, bytes: Uint8Array): void {
    const block = this.#grid.blockNamed(fields)
    if (block === null) {
      peer.close('sent a block that no request can name')
      return
    }
    const answer = peer.window.answered(block, this.#clock.nowMs())
    if (answer === 'unasked' || this.#table.isHave(block) || this.#table.isHeld(block)) {
      this.wastedBytes += bytes.length
      this.#table.release(block, peer.id)
    } else {
      peer.downloadedBytes += bytes.length
      for (const id of this.#table.hold(block)) {
        const other = this.#host.peer(id)
        if (!other || other === peer) continue
        this.#cancel(other, block)
        other.window.beaten()
      }
      const piece = this.#grid.pieceOf(block)
      this.#act(this.#verifier.take(block, bytes, peer.id), piece)
    }
    this.refill(peer)
  }

  onReject(peer: Peer, fields: BlockFields): void {
    const block = this.#grid.blockNamed(fields)
    if (block === null || !peer.window.forget(block)) return
    // While it chokes us it rejects everything; that says nothing about the block (BEP 6).
    if (!peer.us.choked) peer.refused.add(block)
    this.#table.release(block, peer.id)
    for (const other of this.#host.peers()) this.refill(other)
  }

  /** Blocks that a peer won't send. */
  returned(peer: Peer, blocks: readonly number[]): void {
    for (const block of blocks) this.#table.release(block, peer.id)
    this.#retrials.leave(peer.id, this.#clock.nowMs())
    for (const other of this.#host.peers()) if (other !== peer) this.refill(other)
  }

  /** More hashes have become known: what was held may be judged, and less may have to be fetched. */
  hashesCame(): void {
    for (const piece of this.#verifier.heldPieces)
      this.#act(this.#verifier.judgePiece(piece), piece)
    this.demandChanged()
  }

  /** Once in a while: takes back what peers owe for too long, and asks others for what is late. */
  tick(nowMs: number): void {
    this.#dropIdle()
    if (this.#wanted.length === 0) return
    this.#retrials.tick(nowMs)
    for (const peer of this.#host.peers()) {
      if (!peer.window.isAbandoned(nowMs)) continue
      const blocks = peer.window.reset()
      peer.send(
        ...blocks.map((block) => ({ kind: 'cancel', ...this.#grid.fieldsOf(block) }) as const),
      )
      this.returned(peer, blocks)
    }
    for (const peer of this.#host.peers()) this.refill(peer)
  }

  #act(verdict: Verdict, piece: number): void {
    if (verdict.kind === 'held') return
    if (verdict.kind === 'corrupt') {
      for (const block of verdict.blocks) {
        this.wastedBytes += spanLength(this.#grid.spanOf(block))
        this.#table.lose(block)
      }
      for (const id of verdict.culprits) this.#host.onCulprit(id)
      if (verdict.culprits.length === 0) this.#retrials.begin(piece, this.#clock.nowMs())
      // Leaves that came late judge block by block: the right ones are told by the next look.
      this.#act(this.#verifier.judgePiece(piece), piece)
      for (const peer of this.#host.peers()) this.refill(peer)
      return
    }
    for (const { block } of verdict.blocks) this.#table.have(block)
    this.#retrials.end(piece)
    for (const id of verdict.culprits) this.#host.onCulprit(id)
    this.#host.onVerified(verdict.blocks)
  }

  /** Half-fetched pieces that nobody waits for are kept while there is room: viewers often come back. */
  #dropIdle(): void {
    if (this.#verifier.heldBytes <= MOST_HELD_BYTES) return
    for (const piece of this.#verifier.heldPieces) {
      const { first, end } = this.#grid.dataBlocks(piece)
      if (this.#wanted.some((range) => range.first < end && first < range.end)) continue
      for (const block of this.#verifier.drop(piece)) this.#table.lose(block)
      if (this.#verifier.heldBytes <= MOST_HELD_BYTES) return
    }
  }

  #cancel(peer: Peer, block: number): void {
    if (!peer.window.forget(block)) return
    this.#table.release(block, peer.id)
    peer.send({ kind: 'cancel', ...this.#grid.fieldsOf(block) })
  }

  #isInteresting(peer: Peer): boolean {
    for (const range of this.#wanted)
      for (let block = range.first; block < range.end; block++)
        if (!this.#table.isHave(block) && peer.pieces.has(this.#grid.pieceOf(block))) return true
    return false
  }

  #isWanted(block: number): boolean {
    return this.#wanted.some((range) => range.first <= block && block < range.end)
  }
}
