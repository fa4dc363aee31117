import { concatBytes, toHex, type ByteSpan } from '@matinee/base'
import {
  BLOCK_BYTES,
  blockLeaf,
  type HashFields,
  type Metainfo,
  type HashRequest,
} from '@matinee/protocol'
import type { Hash } from '@matinee/base'
import type { Peer, PeerMessage } from '../peer/peer.ts'
import type { PeerId } from '../pick/block-table.ts'
import type { HashTrees } from '../verify/hash-trees.ts'

/** Hash requests of one peer that are being answered from the disk at the same time. */
const MOST_ANSWERS = 8

/**
 * Hash requests (BEP 52), both ways. Ours go out right before the first request for a block of a
 * piece, so that the leaves come before its data; a peer that rejects them is asked for the piece
 * layer where that is missing, and otherwise its pieces are judged whole.
 */
export class HashExchange {
  readonly #metainfo: Metainfo
  readonly #trees: HashTrees
  readonly #hash: Hash
  readonly #hasPiece: (piece: number) => boolean
  readonly #read: (span: ByteSpan) => Promise<Uint8Array>
  readonly #onHashes: (piece: number) => void
  /** What was asked and not answered, by peer and by what was asked; the value is the piece it is for. */
  readonly #asked = new Map<PeerId, Map<string, number>>()
  /** Peers that have no leaves to give. */
  readonly #leafless = new Set<PeerId>()
  readonly #answering = new Map<PeerId, number>()

  constructor(parts: {
    readonly metainfo: Metainfo
    readonly trees: HashTrees
    readonly hash: Hash
    readonly hasPiece: (piece: number) => boolean
    readonly read: (span: ByteSpan) => Promise<Uint8Array>
    /** More is known of the piece than before. */
    readonly onHashes: (piece: number) => void
  }) {
    this.#metainfo = parts.metainfo
    this.#trees = parts.trees
    this.#hash = parts.hash
    this.#hasPiece = parts.hasPiece
    this.#read = parts.read
    this.#onHashes = parts.onHashes
  }

  /** Asks a peer for the leaves of pieces whose blocks it is about to be asked for. */
  request(peer: Peer, pieces: Iterable<number>): void {
    if (this.#metainfo.kind === 'v1' || peer.protocol !== 'v2') return
    for (const piece of pieces) {
      if (!this.#leafless.has(peer.id))
        for (const request of this.#trees.leafRequests(piece)) this.#ask(peer, request, piece)
      else {
        const request = this.#trees.layerRequest(piece)
        if (request) this.#ask(peer, request, piece)
      }
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
    const piece = asked?.get(requestKey(message))
    if (piece === undefined) {
      // A reject may answer what we no longer wait for; hashes that nobody asked for are an attack.
      if (message.kind === 'hashes') peer.close('sent hashes that were not asked for')
      return
    }
    asked?.delete(requestKey(message))
    if (message.kind === 'hash-reject') {
      if (message.baseLayer === 0) this.#leafless.add(peer.id)
      this.request(peer, [piece])
    } else if (this.#trees.accept(message, message.hashes)) this.#onHashes(piece)
    else peer.close('sent wrong hashes')
  }

  peerClosed(peer: Peer): void {
    this.#asked.delete(peer.id)
    this.#leafless.delete(peer.id)
    this.#answering.delete(peer.id)
  }

  #ask(peer: Peer, request: HashRequest, piece: number): void {
    const asked = this.#asked.get(peer.id) ?? new Map<string, number>()
    this.#asked.set(peer.id, asked)
    const key = requestKey(request)
    if (asked.has(key)) return
    asked.set(key, piece)
    peer.send({ kind: 'hash-request', ...request })
  }

  #answer(peer: Peer, request: HashFields): void {
    const known = this.#metainfo.kind === 'v1' ? null : this.#trees.answer(request)
    if (known) {
      peer.send({ kind: 'hashes', ...fieldsOf(request), hashes: known })
      return
    }
    const pieces = this.#trees.piecesNamed(request)
    const busy = this.#answering.get(peer.id) ?? 0
    const canLearn = pieces.length > 0 && pieces.every((piece) => this.#hasPiece(piece))
    if (!canLearn || busy >= MOST_ANSWERS) {
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
