import type { SocketAddress } from '@matinee/base'
import type { BlockFields, WireMessage } from '@matinee/protocol'
import type { LiveTorrent } from '../live-torrent.ts'
import type { Peer, PeerHost, PeerMessage } from '../peer/peer.ts'
import type { Extensions } from './extensions.ts'
import type { Uploader } from '../upload/uploader.ts'

/** Brings what a torrent's peers do to the part that deals with it. */
export class PeerDesk implements PeerHost {
  readonly #uploader: Uploader
  readonly #extensions: Extensions
  readonly #onClosed: (peer: Peer, reason: string) => void
  readonly #onNode: (node: SocketAddress) => void
  /** `null` until the metadata is known and the files are open. */
  live: LiveTorrent | null = null
  /** Payload received since the start, useful or not. */
  downloadedBytes = 0

  constructor(parts: {
    readonly uploader: Uploader
    readonly extensions: Extensions
    readonly onClosed: (peer: Peer, reason: string) => void
    /** It is a node of the DHT, too. */
    readonly onNode: (node: SocketAddress) => void
  }) {
    this.#uploader = parts.uploader
    this.#extensions = parts.extensions
    this.#onClosed = parts.onClosed
    this.#onNode = parts.onNode
  }

  get pieceCount(): number | null {
    return this.live?.metainfo.layout.pieceCount ?? null
  }

  allocateBlock(length: number): Uint8Array {
    return this.live?.memory.take(length) ?? new Uint8Array(length)
  }

  /** What a new peer must hear first: who we are and what we have (BEP 3, 6, 10). */
  greet(peer: Peer): void {
    const { fast } = peer.remote.reserved
    this.#extensions.greet(peer)
    const bits = this.live?.holdings.bitfield()
    if (fast && (!bits || bits.count === 0)) peer.send({ kind: 'have-none' })
    else if (fast && bits?.isFull) peer.send({ kind: 'have-all' })
    else if (bits && bits.count > 0) peer.send({ kind: 'bitfield', bits: bits.encode() })
    this.live?.join(peer)
  }

  onAvailability(peer: Peer): void {
    this.live?.downloader.onReady(peer.id)
  }

  onUnchoke(peer: Peer): void {
    this.live?.downloader.onReady(peer.id)
  }

  onReturned(peer: Peer): void {
    this.live?.downloader.onReturned(peer.id)
  }

  onInterest(): void {
    this.#uploader.onInterest()
  }

  onBlock(peer: Peer, message: Extract<WireMessage, { kind: 'piece' }>): void {
    const { piece, begin, block } = message
    this.downloadedBytes += block.length
    this.live?.onBlock(peer, { piece, begin, length: block.length }, block)
  }

  onReject(peer: Peer, request: BlockFields): void {
    this.live?.onReject(peer, request)
  }

  onDrain(peer: Peer): void {
    this.#uploader.serve(peer)
  }

  onMessage(peer: Peer, message: PeerMessage): void {
    switch (message.kind) {
      case 'request':
        this.#uploader.onRequest(peer, message)
        return
      case 'cancel':
        this.#uploader.onCancel(peer, message)
        return
      case 'extended':
        this.#extensions.onMessage(peer, message.id, message.payload)
        return
      case 'port':
        if (message.port > 0) this.#onNode({ host: peer.address.host, port: message.port })
        return
      case 'hash-request':
      case 'hashes':
      case 'hash-reject':
        this.live?.hashes.onMessage(peer, message)
    }
  }

  onClosed(peer: Peer, reason: string): void {
    this.#extensions.peerClosed(peer)
    this.live?.hashes.peerClosed(peer)
    this.#onClosed(peer, reason)
    this.live?.downloader.leave(peer.id)
    this.#uploader.onInterest()
  }
}
