import { LIMITS, concatBytes, type Clock } from '@matinee/base'
import {
  METADATA_PIECE_BYTES,
  decodeMetadataMessage,
  encodeMetadataMessage,
  metadataPieceSpan,
} from '@matinee/protocol'
import type { Peer } from '../peer/peer.ts'
import type { SourceId } from '../pick/block-source.ts'

/** One peer's word on the metadata, as far as it has come. Memory grows with what arrives, not with what is claimed. */
interface Source {
  readonly peer: Peer
  readonly messageId: number
  readonly totalBytes: number
  readonly pieces: Map<number, Uint8Array>
  readonly asked: Set<number>
  lastMs: number
}

/**
 * The metadata extension (BEP 9): answers from our info dictionary when there is one, and until then
 * fetches it. Each source is fetched and judged whole, so that the one that lied is known.
 */
export class MetadataExchange {
  readonly #clock: Clock
  readonly #sources = new Map<SourceId, Source>()
  readonly #useless = new Set<SourceId>()
  readonly #idle: {
    readonly peer: Peer
    readonly messageId: number
    readonly totalBytes: number
  }[] = []
  /** True = it was right and nothing more is needed. */
  readonly #onWhole: (infoBytes: Uint8Array, peer: Peer) => boolean
  #infoBytes: Uint8Array | null = null

  constructor(parts: {
    readonly clock: Clock
    readonly onWhole: (infoBytes: Uint8Array, peer: Peer) => boolean
  }) {
    this.#clock = parts.clock
    this.#onWhole = parts.onWhole
  }

  /** Bytes of our own copy, `null` while we have none. */
  get size(): number | null {
    return this.#infoBytes?.length ?? null
  }

  /** The metadata is here; nobody needs to be asked any more. */
  learn(infoBytes: Uint8Array): void {
    this.#infoBytes = infoBytes
    this.#sources.clear()
    this.#idle.length = 0
  }

  /** Peers that have said they can give it. */
  get sourceCount(): number {
    return this.#sources.size + this.#idle.length
  }

  /** The peer speaks the extension: its id for our messages, and how large it says the metadata is. */
  peerHasIt(peer: Peer, messageId: number, totalBytes: number): void {
    if (this.#infoBytes || this.#useless.has(peer.id) || this.#sources.has(peer.id)) return
    this.#idle.push({ peer, messageId, totalBytes })
    this.#fill()
  }

  peerClosed(peer: Peer): void {
    this.#sources.delete(peer.id)
    const at = this.#idle.findIndex((idle) => idle.peer === peer)
    if (at >= 0) this.#idle.splice(at, 1)
    this.#fill()
  }

  tick(nowMs: number): void {
    for (const [id, source] of this.#sources) {
      if (nowMs - source.lastMs <= LIMITS.metadataMs) continue
      this.#sources.delete(id)
      this.#useless.add(id)
    }
    this.#fill()
  }

  /** A message of the peer. Throws WireError when it makes no sense. `replyId` is the peer's id for ours. */
  onMessage(peer: Peer, payload: Uint8Array, replyId: number): void {
    const message = decodeMetadataMessage(payload)
    switch (message.kind) {
      case 'request':
        peer.send({ kind: 'extended', id: replyId, payload: this.#answer(message.piece) })
        return
      case 'reject': {
        this.#sources.delete(peer.id)
        this.#useless.add(peer.id)
        this.#fill()
        return
      }
      case 'data':
        this.#onData(peer, message.piece, message.totalBytes, message.bytes)
        return
      case 'unknown':
    }
  }

  #answer(piece: number): Uint8Array {
    const info = this.#infoBytes
    const span = info ? metadataPieceSpan(piece, info.length) : null
    if (!info || !span) return encodeMetadataMessage({ kind: 'reject', piece })
    const bytes = info.subarray(span.start, span.end)
    return encodeMetadataMessage({ kind: 'data', piece, totalBytes: info.length, bytes })
  }

  #onData(peer: Peer, piece: number, totalBytes: number, bytes: Uint8Array): void {
    const source = this.#sources.get(peer.id)
    if (!source?.asked.delete(piece)) return
    if (totalBytes !== source.totalBytes) {
      this.#sources.delete(peer.id)
      this.#useless.add(peer.id)
      peer.close('changed its mind on the size of the metadata')
      return
    }
    source.lastMs = this.#clock.nowMs()
    source.pieces.set(piece, bytes.slice())
    const count = Math.ceil(source.totalBytes / METADATA_PIECE_BYTES)
    if (source.pieces.size < count) {
      this.#ask(source)
      return
    }
    this.#sources.delete(peer.id)
    this.#useless.add(peer.id)
    const whole = concatBytes([...source.pieces].toSorted(([a], [b]) => a - b).map(([, b]) => b))
    if (this.#onWhole(whole, peer)) this.learn(whole)
    else this.#fill()
  }

  #fill(): void {
    while (!this.#infoBytes && this.#sources.size < LIMITS.metadataSources) {
      const next = this.#idle.shift()
      if (!next) return
      if (next.peer.isClosed || next.totalBytes > LIMITS.metainfoBytes) continue
      const source: Source = {
        ...next,
        pieces: new Map(),
        asked: new Set(),
        lastMs: this.#clock.nowMs(),
      }
      this.#sources.set(next.peer.id, source)
      this.#ask(source)
    }
  }

  #ask(source: Source): void {
    const count = Math.ceil(source.totalBytes / METADATA_PIECE_BYTES)
    for (let piece = 0; piece < count && source.asked.size < LIMITS.metadataRequests; piece++) {
      if (source.pieces.has(piece) || source.asked.has(piece)) continue
      source.asked.add(piece)
      const payload = encodeMetadataMessage({ kind: 'request', piece })
      source.peer.send({ kind: 'extended', id: source.messageId, payload })
    }
  }
}
