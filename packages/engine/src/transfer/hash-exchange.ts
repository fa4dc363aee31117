import { LIMITS, concatBytes, toHex, type ByteSpan } from '@matinee/base'
import {
  BLOCK_BYTES,
  blockLeaf,
  type HashFields,
  type Metainfo,
  type HashRequest,
} from '@matinee/protocol'
import type { Clock, Hash } from '@matinee/base'
import type { Peer, PeerMessage } from '../peer/peer.ts'
import type { SourceId } from '../pick/block-source.ts'
import type { HashTrees } from '../verify/hash-trees.ts'
import type { LeafRun } from '../verify/leaf-run.ts'
import { LeafAskers } from './leaf-askers.ts'

/** Leaves that were asked for and have not come after so long are no longer waited for: the piece is judged whole. */
const PATIENCE_MS = 1500

/**
 * Hash requests (BEP 52), both ways. Ours go out right before the first request for a block of a
 * piece, so that the leaves come before its data; a peer that rejects them is asked for the piece
 * layer where that is missing, and otherwise its pieces are judged whole.
 */
export class HashExchange {
  readonly #metainfo: Metainfo
  readonly #trees: HashTrees
  readonly #clock: Clock
  readonly #askers = new LeafAskers()
  /** When anybody was first asked about a piece. */
  readonly #firstAskedMs = new Map<number, number>()
  readonly #hash: Hash
  readonly #hasPiece: (piece: number) => boolean
  readonly #read: (span: ByteSpan) => Promise<Uint8Array>
  readonly #onHashes: () => void
  readonly #onLayer: (fileIndex: number, layer: Uint8Array) => void
  /** What was asked, by peer and by what was asked: a block it is for, or that it was rejected. */
  readonly #asked = new Map<SourceId, Map<string, number | 'rejected'>>()
  /** Peers that have no leaves to give. */
  readonly #leafless = new Set<SourceId>()
  readonly #answering = new Map<SourceId, number>()

  constructor(parts: {
    readonly metainfo: Metainfo
    readonly trees: HashTrees
    readonly clock: Clock
    readonly hash: Hash
    readonly hasPiece: (piece: number) => boolean
    readonly read: (span: ByteSpan) => Promise<Uint8Array>
    /** More is known than before. */
    readonly onHashes: () => void
    /** A file's piece layer, not in the metainfo, is known whole now. */
    readonly onLayer: (fileIndex: number, layer: Uint8Array) => void
  }) {
    this.#metainfo = parts.metainfo
    this.#trees = parts.trees
    this.#hash = parts.hash
    this.#clock = parts.clock
    this.#hasPiece = parts.hasPiece
    this.#read = parts.read
    this.#onHashes = parts.onHashes
    this.#onLayer = parts.onLayer
  }

  /** Takes leaves that came with the torrent: their pieces are asked of nobody. */
  learn(runs: readonly LeafRun[]): void {
    for (const run of runs) this.#trees.learn(run)
  }

  /** Whether the leaves of a piece may still come: somebody has not said no, or nobody is here yet. */
  mayLearn(piece: number, peers: Iterable<Peer>): boolean {
    const askedMs = this.#firstAskedMs.get(piece)
    if (askedMs !== undefined && this.#clock.nowMs() - askedMs > PATIENCE_MS) return false
    let isAlone = true
    for (const peer of peers) {
      if (peer.protocol === 'v2' && !this.#leafless.has(peer.id)) return true
      isAlone = false
    }
    return isAlone
  }

  /**
   * Asks a peer for the leaves of blocks that it is about to be asked for, unless enough others were
   * asked just now. True = something was asked.
   */
  request(peer: Peer, blocks: Iterable<number>): boolean {
    if (this.#metainfo.kind === 'v1' || peer.protocol !== 'v2') return false
    const nowMs = this.#clock.nowMs()
    const seen = new Set<number>()
    let didAsk = false
    for (const block of blocks) {
      const run = this.#trees.runOf(block)
      if (seen.has(run)) continue
      seen.add(run)
      const piece = this.#trees.pieceOf(block)
      const request = this.#leafless.has(peer.id)
        ? this.#trees.layerRequest(piece)
        : this.#trees.leafRequest(block)
      if (!request || !this.#askers.take(run, nowMs)) continue
      if (!this.#firstAskedMs.has(piece)) this.#firstAskedMs.set(piece, nowMs)
      if (this.#ask(peer, request, block)) didAsk = true
    }
    return didAsk
  }

  /**
   * Once in a while: asks one more peer about blocks that are here and can't be judged, and
   * for piece layers that nobody has told yet, as after a magnet link.
   */
  tick(peers: Iterable<Peer>, held: readonly number[]): void {
    const stuck = held.filter((block) => this.#trees.leafRequest(block) !== null)
    const next = this.#trees.nextLayerRequest()
    let isHelped = stuck.length === 0
    let isAsked = next === null
    for (const peer of peers) {
      if (isHelped && isAsked) return
      if (peer.protocol !== 'v2') continue
      isHelped ||= this.request(
        peer,
        stuck.filter((block) => peer.pieces.has(this.#trees.pieceOf(block))),
      )
      if (next && !isAsked && peer.pieces.has(next.piece))
        isAsked = this.#ask(peer, next.request, next.block)
    }
  }

  onMessage(
    peer: Peer,
    message: Extract<PeerMessage, { kind: 'hash-request' | 'hashes' | 'hash-reject' }>,
  ): void {
    if (message.kind === 'hash-request') {
      this.#answer(peer, message)
      return
    }
    const asked = this.#asked.get(peer.id)
    const key = requestKey(message)
    const block = asked?.get(key)
    if (block === undefined || block === 'rejected') {
      // A reject may answer what we no longer wait for; hashes that nobody asked for are an attack.
      if (message.kind === 'hashes') peer.close('sent hashes that were not asked for')
      return
    }
    asked?.delete(key)
    if (message.kind === 'hash-reject') {
      asked?.set(key, 'rejected')
      this.#askers.forget(this.#trees.runOf(block))
      if (message.baseLayer === 0) this.#leafless.add(peer.id)
      this.request(peer, [block])
    } else if (this.#trees.accept(message, message.hashes)) {
      if (message.baseLayer === 0) {
        this.#askers.forget(this.#trees.runOf(block))
        // The rest of a large piece is asked for later, and has its own patience.
        if (this.#trees.leafRequest(block) === null)
          this.#firstAskedMs.delete(this.#trees.pieceOf(block))
      }
      for (const [fileIndex, layer] of this.#trees.takeNewLayers()) this.#onLayer(fileIndex, layer)
      this.#onHashes()
    } else peer.close('sent wrong hashes')
  }

  peerClosed(peer: Peer): void {
    this.#asked.delete(peer.id)
    this.#leafless.delete(peer.id)
    this.#answering.delete(peer.id)
  }

  #ask(peer: Peer, request: HashRequest, block: number): boolean {
    const asked = this.#asked.get(peer.id) ?? new Map<string, number | 'rejected'>()
    this.#asked.set(peer.id, asked)
    const key = requestKey(request)
    if (asked.has(key)) return false
    asked.set(key, block)
    peer.send({ kind: 'hash-request', ...request })
    return true
  }

  #answer(peer: Peer, request: HashFields): void {
    const known = this.#metainfo.kind === 'v1' ? null : this.#trees.answer(request)
    if (known) {
      peer.send({ kind: 'hashes', ...fieldsOf(request), hashes: known })
      return
    }
    const pieces = this.#trees
      .piecesNamed(request)
      .find((named) => named.length > 0 && named.every((piece) => this.#hasPiece(piece)))
    const busy = this.#answering.get(peer.id) ?? 0
    if (pieces === undefined || busy >= LIMITS.hashAnswersAtOnce) {
      peer.send({ kind: 'hash-reject', ...fieldsOf(request) })
      return
    }
    this.#answering.set(peer.id, busy + 1)
    void this.#answerFromDisk(peer, request, pieces)
  }

  /** Computes the leaves of our own pieces, then answers. */
  async #answerFromDisk(peer: Peer, request: HashFields, pieces: readonly number[]): Promise<void> {
    let hashes: Uint8Array | null = null
    try {
      for (const piece of pieces) this.#trees.setLeaves(piece, await this.#leavesOf(piece))
      hashes = this.#trees.answer(request)
    } catch {
      // The disk refused or lost the piece; whoever reads it next reports that. Here it is a reject.
    }
    const busy = this.#answering.get(peer.id)
    if (busy !== undefined) this.#answering.set(peer.id, busy - 1)
    if (hashes) peer.send({ kind: 'hashes', ...fieldsOf(request), hashes })
    else peer.send({ kind: 'hash-reject', ...fieldsOf(request) })
  }

  async #leavesOf(piece: number): Promise<Uint8Array> {
    const { layout } = this.#metainfo
    const span = layout.pieceSpan(layout.piece(piece))
    const end = Math.min(span.end, layout.fileSpan(layout.fileOf(layout.piece(piece))).end)
    const bytes = await this.#read({ start: span.start, end })
    const leaves: Uint8Array[] = []
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES)
      leaves.push(blockLeaf(bytes.subarray(at, at + BLOCK_BYTES), this.#hash))
    return concatBytes(leaves)
  }
}

function requestKey(fields: HashFields): string {
  const { piecesRoot, baseLayer, index, length, proofLayers } = fields
  return `${toHex(piecesRoot)} ${baseLayer} ${index} ${length} ${proofLayers}`
}

/** Only the fields, without the kind of the message they came in. */
function fieldsOf(fields: HashFields): HashFields {
  const { piecesRoot, baseLayer, index, length, proofLayers } = fields
  return { piecesRoot, baseLayer, index, length, proofLayers }
}
