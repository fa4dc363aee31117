import type { Socket } from 'node:net'
import { equalBytes } from '@matinee/base'
import {
  Bitfield,
  EXTENSION_HANDSHAKE_ID,
  EXTENSION_NAMES,
  HandshakeReader,
  WireDecoder,
  decodeExtensionHandshake,
  decodeMetadataMessage,
  encodeExtensionHandshake,
  encodeHandshake,
  encodeMessage,
  handshakeHash,
  type BlockFields,
  type Handshake,
  type SendableMessage,
  type WireMessage,
} from '@matinee/protocol'
import { lossShareAt } from '@matinee/engine/sim'
import { metadataAnswer, testPeerId } from '@matinee/testkit'
import type { EmulatedPeer, Upload } from './emulated-peer.ts'

/** Requests that a peer keeps waiting, where its plan says nothing. */
const REQUEST_QUEUE = 500
/** Under which number a peer wants to be asked for the info dictionary (BEP 9). */
const METADATA_ID = 3

/**
 * One connection of an emulated peer. Loopback connects at once, so the round trip of a TCP connection is
 * added here: what the client writes is on its way from one round trip after the connection was made.
 * Each direction is a queue in order of due times; nothing overtakes.
 */
export class EmulatedConnection {
  readonly #peer: EmulatedPeer
  readonly #socket: Socket
  readonly #openMs: number
  readonly #greeting = new HandshakeReader()
  readonly #decoder: WireDecoder
  #theirs: Handshake | null = null
  /** What the client has `ut_metadata` under; 0 when it doesn't speak it. */
  #metadataId = 0
  #isChoking = true
  #upMs = 0
  #downMs = 0
  isClosed = false

  constructor(peer: EmulatedPeer, socket: Socket) {
    const { timeline, torrent } = peer.world
    this.#peer = peer
    this.#socket = socket
    this.#openMs = timeline.nowMs() + peer.plan.rttMs
    this.#decoder = new WireDecoder({ pieceCount: torrent.metainfo.layout.pieceCount })
    socket.setNoDelay(true)
    socket.on('data', (bytes: Buffer) => this.#onData(bytes))
    socket.on('drain', () => peer.send(timeline.nowMs()))
    // A client that leaves in the middle resets; `close` follows.
    socket.on('error', () => {})
    socket.on('close', () => this.#closed())
    const { chokeMs, staysMs } = peer.plan
    if (staysMs !== undefined) timeline.at(this.#openMs + staysMs, () => this.destroy())
    if (chokeMs !== undefined) this.#cycleAt(this.#openMs + 2 * peer.plan.rttMs + chokeMs, chokeMs)
  }

  get bufferedBytes(): number {
    return this.#socket.writableLength
  }

  destroy(): void {
    this.#socket.destroy()
  }

  /** Something has passed the line at `throughMs`: half a round trip later it's there. */
  deliver(upload: Upload, throughMs: number): void {
    const { tally } = this.#peer.world
    if (upload.kind === 'hashes') {
      tally.hashAnswers++
      this.#write({ ...upload.request, kind: 'hashes', hashes: upload.hashes }, throughMs)
      return
    }
    const { bytes, block, isSpoiled } = this.#peer.blockFor(upload.request)
    const { piece, begin } = upload.request
    const { plan, world } = this.#peer
    const { rttMs } = plan
    const heldMs = world.random.chance(lossShareAt(plan, throughMs)) ? Math.max(20, rttMs) : 0
    const dueMs = this.#write({ kind: 'piece', piece, begin, block: bytes }, throughMs + heldMs)
    tally.arrived(block, dueMs, rttMs, isSpoiled)
  }

  /** Returns when it arrives. */
  #write(message: SendableMessage, sentMs: number): number {
    return this.#writeBytes(encodeMessage(message), sentMs)
  }

  #writeBytes(chunks: readonly Uint8Array[], sentMs: number): number {
    const dueMs = Math.max(this.#downMs, sentMs + this.#peer.plan.rttMs / 2)
    this.#downMs = dueMs
    this.#peer.world.timeline.at(dueMs, () => {
      if (this.isClosed) return
      this.#socket.cork()
      for (const chunk of chunks) this.#socket.write(chunk)
      this.#socket.uncork()
    })
    return dueMs
  }

  #onData(bytes: Uint8Array): void {
    const { timeline } = this.#peer.world
    const leftMs = Math.max(timeline.nowMs(), this.#openMs)
    this.#upMs = Math.max(this.#upMs, leftMs + this.#peer.plan.rttMs / 2)
    const atMs = this.#upMs
    timeline.at(atMs, () => {
      if (!this.isClosed) this.#take(bytes, atMs)
    })
  }

  #take(bytes: Uint8Array, atMs: number): void {
    try {
      let rest = bytes
      if (this.#theirs === null) {
        const arrival = this.#greeting.push(bytes)
        if (arrival === null) return
        this.#theirs = arrival.handshake
        this.#greet(arrival.handshake, atMs)
        rest = arrival.rest
      }
      this.#decoder.push(rest, (message) => this.#onMessage(message, atMs))
    } catch {
      // Not BitTorrent, or not in plain text: a peer of this swarm hangs up.
      this.destroy()
    }
  }

  #greet({ infoHash, reserved }: Handshake, atMs: number): void {
    const { infoBytes, infoHashes, layout } = this.#peer.world.torrent.metainfo
    const isV2 = infoHashes.v2 !== null && reserved.v2
    const known = (['v1', 'v2'] as const).some(
      (kind) => infoHashes[kind] !== null && equalBytes(infoHash, handshakeHash(infoHashes, kind)),
    )
    if (!known) {
      this.destroy()
      return
    }
    const answer = encodeHandshake({
      infoHash: isV2 ? handshakeHash(infoHashes, 'v2') : infoHash,
      peerId: testPeerId(this.#socket.localAddress ?? ''),
      reserved: { extension: true, fast: true, dht: false, v2: infoHashes.v2 !== null },
    })
    this.#writeBytes([answer], atMs)
    if (reserved.fast && this.#peer.hasAll) this.#write({ kind: 'have-all' }, atMs)
    else {
      const had = Bitfield.none(layout.pieceCount)
      for (let piece = 0; piece < layout.pieceCount; piece++)
        if (this.#peer.has(piece)) had.set(piece)
      this.#write({ kind: 'bitfield', bits: had.encode() }, atMs)
    }
    if (!reserved.extension) return
    const payload = encodeExtensionHandshake({
      messages: new Map([[EXTENSION_NAMES.metadata, METADATA_ID]]),
      client: 'emulated',
      requestQueue: this.#peer.plan.mostRequests ?? REQUEST_QUEUE,
      metadataSize: infoBytes.length,
      port: null,
      yourIp: null,
      uploadOnly: false,
    })
    this.#write({ kind: 'extended', id: EXTENSION_HANDSHAKE_ID, payload }, atMs)
  }

  #onMessage(message: WireMessage, atMs: number): void {
    const { plan, world } = this.#peer
    const isMute = plan.manner.kind === 'mute'
    if (message.kind === 'interested') {
      if (this.#isChoking && plan.manner.kind !== 'never-unchokes') this.#choke(false, atMs)
    } else if (message.kind === 'request') {
      world.tally.requests++
      if (!isMute) this.#onRequest(message, atMs)
    } else if (message.kind === 'cancel') {
      if (!isMute && this.#peer.cancel(this, message)) {
        world.tally.canceledRequests++
        this.#reject(message, atMs)
      }
    } else if (message.kind === 'hash-request' && !isMute) {
      const hashes = world.hashesFor(message)
      if (hashes === null) this.#write({ ...message, kind: 'hash-reject' }, atMs)
      else {
        const upload = { kind: 'hashes', to: this, bytes: hashes.length, request: message } as const
        this.#peer.enqueue({ ...upload, hashes }, atMs)
      }
    } else if (message.kind === 'extended') this.#onExtended(message.id, message.payload, atMs)
  }

  #onExtended(id: number, body: Uint8Array, atMs: number): void {
    const { metainfo } = this.#peer.world.torrent
    if (id === EXTENSION_HANDSHAKE_ID)
      this.#metadataId = decodeExtensionHandshake(body).messages.get(EXTENSION_NAMES.metadata) ?? 0
    if (id !== METADATA_ID || this.#metadataId === 0) return
    const asked = decodeMetadataMessage(body)
    if (asked.kind !== 'request') return
    const payload = metadataAnswer('honest', metainfo.infoBytes, asked.piece)
    if (payload !== null) this.#write({ kind: 'extended', id: this.#metadataId, payload }, atMs)
  }

  #onRequest(request: BlockFields, atMs: number): void {
    const { plan, world } = this.#peer
    const { metainfo } = world.torrent
    const { piece, begin, length } = request
    const isThere =
      piece < metainfo.layout.pieceCount &&
      begin + length <= metainfo.layout.pieceLength &&
      piece * metainfo.pieceLength + begin + length <= world.torrent.film.length &&
      this.#peer.has(piece)
    const isFull = this.#peer.waiting(this) >= (plan.mostRequests ?? REQUEST_QUEUE)
    const isRefused = plan.manner.kind === 'refuses'
    if (this.#isChoking || !isThere || isFull || isRefused) this.#reject(request, atMs)
    else this.#peer.enqueue({ kind: 'block', to: this, bytes: length, request }, atMs)
  }

  /** Without the fast extension nothing is said (BEP 3). */
  #reject({ piece, begin, length }: BlockFields, atMs: number): void {
    if (this.#theirs?.reserved.fast === true)
      this.#write({ kind: 'reject', piece, begin, length }, atMs)
  }

  #choke(isChoking: boolean, atMs: number): void {
    this.#isChoking = isChoking
    this.#write({ kind: isChoking ? 'choke' : 'unchoke' }, atMs)
    if (isChoking) for (const request of this.#peer.forget(this)) this.#reject(request, atMs)
  }

  #cycleAt(atMs: number, chokeMs: number): void {
    this.#peer.world.timeline.at(atMs, () => {
      if (this.isClosed) return
      this.#choke(!this.#isChoking, atMs)
      this.#cycleAt(atMs + chokeMs, chokeMs)
    })
  }

  #closed(): void {
    this.isClosed = true
    this.#peer.left(this)
    this.#peer.send(this.#peer.world.timeline.nowMs())
  }
}
