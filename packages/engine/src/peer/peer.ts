import {
  type Clock,
  LIMITS,
  messageOf,
  SECOND_MS,
  type SocketAddress,
  TokenBucket,
} from '@matinee/base'
import {
  WireDecoder,
  encodeMessage,
  type BlockFields,
  type ExtensionHandshake,
  type Handshake,
  type SendableMessage,
  type WireMessage,
} from '@matinee/protocol'
import type { SourceId } from '../pick/block-source.ts'
import type { Link } from './link.ts'
import { Pace } from '../pick/pace.ts'
import { RemotePieces } from './remote-pieces.ts'
import { UploadQueue } from '../upload/upload-queue.ts'

const KEEP_ALIVE_EVERY_MS = 100 * SECOND_MS
/** A peer may have rejected only because it was busy: after so long it is asked again. */
const REFUSED_FOR_MS = 10 * SECOND_MS

/** An unchoke is expected for so long after the handshake. */
const NEW_FOR_MS = 3 * SECOND_MS

/** Messages that belong to somebody else than the peer itself. */
export type PeerMessage = Extract<
  WireMessage,
  { kind: 'extended' | 'hash-request' | 'hashes' | 'hash-reject' | 'request' | 'cancel' | 'port' }
>

/** Who is told what a peer does. */
export interface PeerHost {
  /** `null` while the metadata is missing. */
  readonly pieceCount: number | null
  /** Memory for a block that is coming, of exactly that length. */
  allocateBlock(length: number): Uint8Array
  /** It has more pieces than before. */
  onAvailability(peer: Peer): void
  onUnchoke(peer: Peer): void
  /** It won't answer anything that it owes: it choked us. */
  onReturned(peer: Peer): void
  onInterest(peer: Peer): void
  onBlock(peer: Peer, block: Extract<WireMessage, { kind: 'piece' }>): void
  onReject(peer: Peer, request: BlockFields): void
  onMessage(peer: Peer, message: PeerMessage): void
  /** All that was written has left. */
  onDrain(peer: Peer): void
  /** Last, once. */
  onClosed(peer: Peer, reason: string): void
}

/** Whether one side sends to the other, as BEP 3 has it; both begin choked and not interested. */
interface Side {
  choked: boolean
  interested: boolean
}

/** A live connection after its handshake: state of both sides, and messages there and back. */
export class Peer {
  readonly id: SourceId
  readonly address: SocketAddress
  readonly isIncoming: boolean
  /** `v2`: both sides named the v2 info-hash, so hash messages may be sent (BEP 52). */
  readonly protocol: 'v1' | 'v2'
  readonly remote: Handshake
  readonly pieces: RemotePieces
  readonly pace: Pace
  readonly uploads = new UploadQueue()
  /** What we do with them. */
  readonly them: Side = { choked: true, interested: false }
  /** What they do with us. */
  readonly us: Side = { choked: true, interested: false }
  /** Pieces that may be asked for although they choke us (BEP 6). */
  readonly allowedFast = new Set<number>()
  /** Blocks that it rejected; not asked again from it for {@link REFUSED_FOR_MS}. */
  readonly refused = new Set<number>()
  /** What it said of itself (BEP 10); `null` until it does. */
  extensions: ExtensionHandshake | null = null
  refusals = 0
  /** What it may still say without data. */
  readonly #talk = new TokenBucket(LIMITS.messageBurstMs)
  downloadedBytes = 0
  uploadedBytes = 0
  readonly #link: Link
  readonly #clock: Clock
  readonly #host: PeerHost
  readonly #decoder: WireDecoder
  /** When the message that is not whole yet began; `null` = between messages. */
  #messageSinceMs: number | null = null
  #lastBytesMs: number
  #lastSentMs: number
  readonly #joinedMs: number
  #refusedMs: number
  #closed = false

  constructor(options: {
    readonly id: SourceId
    readonly link: Link
    readonly remote: Handshake
    readonly protocol: 'v1' | 'v2'
    readonly isIncoming: boolean
    /** As the connection was made; `undefined` = not measured. */
    readonly roundTripMs: number | undefined
    readonly clock: Clock
    readonly host: PeerHost
  }) {
    this.id = options.id
    this.address = options.link.stream.remote
    this.isIncoming = options.isIncoming
    this.protocol = options.protocol
    this.remote = options.remote
    this.#link = options.link
    this.#clock = options.clock
    this.#host = options.host
    this.pace = new Pace(options.roundTripMs)
    this.pieces = new RemotePieces(options.host.pieceCount)
    this.#decoder = new WireDecoder({
      pieceCount: options.host.pieceCount,
      allocateBlock: (length) => options.host.allocateBlock(length),
    })
    const nowMs = options.clock.nowMs()
    this.#talk.limit(LIMITS.messagesPerSecond, nowMs)
    this.#lastBytesMs = nowMs
    this.#lastSentMs = nowMs
    this.#joinedMs = nowMs
    this.#refusedMs = nowMs
  }

  get isClosed(): boolean {
    return this.#closed
  }

  /** Joined a short while ago: its unchoke may be on its way. */
  get isNew(): boolean {
    return this.ageMs < NEW_FOR_MS
  }

  /** How long the connection has stood. */
  get ageMs(): number {
    return this.#clock.nowMs() - this.#joinedMs
  }

  /** Since the last byte came from it. */
  silentMs(nowMs: number): number {
    return nowMs - this.#lastBytesMs
  }

  /** Bytes that wait in the socket. */
  get bufferedBytes(): number {
    return this.#link.stream.bufferedBytes
  }

  /** Starts to listen. Whatever must be sent first was sent before. */
  start(): void {
    this.#link.handOver({
      onBytes: (bytes) => this.#onBytes(bytes),
      onDrain: () => this.#host.onDrain(this),
      onEnd: () => this.close('the other side closed'),
      onFailure: (error) => this.close(messageOf(error)),
    })
  }

  /** Sends messages in one write. False = the socket is full until `onDrain`. */
  send(...messages: readonly SendableMessage[]): boolean {
    if (this.#closed) return false
    this.#lastSentMs = this.#clock.nowMs()
    return this.#link.stream.write(messages.flatMap(encodeMessage))
  }

  setInterested(interested: boolean): void {
    if (this.us.interested === interested) return
    this.us.interested = interested
    this.send({ kind: interested ? 'interested' : 'not-interested' })
  }

  /** The metadata has come: judges what the peer said before. Closes it when that doesn't fit. */
  learnPieceCount(pieceCount: number): void {
    try {
      this.#decoder.pieceCount = pieceCount
      this.pieces.judge(pieceCount)
    } catch (error) {
      this.close(messageOf(error))
    }
  }

  /** Looks after time-outs; called about once a second. */
  tick(nowMs: number): void {
    const sinceMs = this.#messageSinceMs
    if (sinceMs !== null && nowMs - sinceMs > LIMITS.messageMs) this.close('slow message')
    else if (nowMs - this.#lastBytesMs > LIMITS.silenceMs) this.close('silent')
    else if (nowMs - this.#refusedMs > REFUSED_FOR_MS) {
      this.refused.clear()
      this.#refusedMs = nowMs
    } else if (nowMs - this.#lastSentMs > KEEP_ALIVE_EVERY_MS) this.send({ kind: 'keep-alive' })
  }

  /** Closes now. The first reason is the one that is told. */
  close(reason: string): void {
    if (this.#closed) return
    this.#closed = true
    this.#decoder.stop()
    this.#link.stream.destroy()
    this.#host.onClosed(this, reason)
  }

  #onBytes(bytes: Uint8Array): void {
    this.#lastBytesMs = this.#clock.nowMs()
    try {
      this.#decoder.push(bytes, (message) => {
        this.#messageSinceMs = null
        if (!this.#isTooMuch(message)) this.#onMessage(message)
      })
      if (this.#decoder.isMidMessage) this.#messageSinceMs ??= this.#lastBytesMs
    } catch (error) {
      this.close(messageOf(error))
    }
  }

  /** Data, and what is asked of us or taken back, have limits of their own. */
  #isTooMuch({ kind }: WireMessage): boolean {
    if (kind === 'piece' || kind === 'request' || kind === 'cancel' || kind === 'reject')
      return false
    this.#talk.use(1)
    if (this.#talk.isOpen(this.#lastBytesMs)) return false
    this.close('too many messages')
    return true
  }

  #onMessage(message: WireMessage): void {
    switch (message.kind) {
      case 'choke':
        this.us.choked = true
        // BEP 6: with the fast extension every request still gets its answer or its reject.
        if (!this.remote.reserved.fast) this.#host.onReturned(this)
        return
      case 'unchoke':
        this.us.choked = false
        this.#host.onUnchoke(this)
        return
      case 'interested':
      case 'not-interested':
        this.them.interested = message.kind === 'interested'
        this.#host.onInterest(this)
        return
      case 'have':
        this.pieces.add(message.piece)
        this.#host.onAvailability(this)
        return
      case 'bitfield':
        this.pieces.setBits(message.bits)
        this.#host.onAvailability(this)
        return
      case 'have-all':
        this.pieces.setAll()
        this.#host.onAvailability(this)
        return
      case 'piece':
        this.#host.onBlock(this, message)
        return
      case 'reject':
        this.#host.onReject(this, message)
        return
      case 'allowed-fast':
        if (this.allowedFast.size < LIMITS.allowedFastPieces) {
          this.allowedFast.add(message.piece)
          this.#host.onUnchoke(this)
        }
        return
      case 'request':
      case 'cancel':
      case 'extended':
      case 'port':
      case 'hash-request':
      case 'hashes':
      case 'hash-reject':
        this.#host.onMessage(this, message)
        return
      case 'have-none':
        this.pieces.setNone()
        return
      case 'keep-alive':
      case 'suggest':
      case 'unknown':
    }
  }
}
