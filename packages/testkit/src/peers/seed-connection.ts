import { equalBytes, type ByteStream } from '@matinee/base'
import { Bitfield, EXTENSION_HANDSHAKE_ID, EXTENSION_NAMES, handshakeHash } from '@matinee/protocol'
import { decodeExtensionHandshake, encodeExtensionHandshake } from '@matinee/protocol'
import { decodeMetadataMessage, encodePeerExchange } from '@matinee/protocol'
import type { Handshake, HashFields, WireMessage } from '@matinee/protocol'
import { ALL_FEATURES } from './scripted-peer.ts'
import { hasPiece } from './seed-behaviour.ts'
import { SeedBlocks } from './seed-blocks.ts'
import { falseHashes } from './seed-hashes.ts'
import { metadataAnswer, toldMetadataSize } from './seed-metadata.ts'
import type { SeedPeer } from './seed-peer.ts'
import { WireEnd } from './wire-end.ts'

// The ids under which others must send to us; any numbers do.
const METADATA_ID = 3
const PEER_EXCHANGE_ID = 7

/** One connection of a simulated seed. */
export class SeedConnection {
  readonly #seed: SeedPeer
  readonly #end: WireEnd
  #theirs: Handshake | null = null
  #isChoking = true
  readonly #blocks: SeedBlocks
  #metadataId: number | null = null

  /** With `asks`, sends the first handshake, for this hash. */
  constructor(seed: SeedPeer, stream: ByteStream, asks: Uint8Array | null) {
    this.#seed = seed
    this.#end = new WireEnd(stream, seed.metainfo.layout.pieceCount, {
      onHandshake: (handshake) => this.#greeted(handshake, asks !== null),
      onMessage: (message) => this.#take(message),
      onDrain: () => this.#blocks.drained(),
      onOver: (over) => {
        if (over.kind === 'broken') seed.errors.push(over.error)
        this.#blocks.forget()
        seed.connections.delete(this)
      },
    })
    this.#blocks = new SeedBlocks(seed, this.#end, () => this.#isFast)
    if (asks !== null && seed.behaviour.isMute !== true) this.#sendHandshake(asks)
  }

  /** Their handshake, once it has come. */
  get theirHandshake(): Handshake | null {
    return this.#theirs
  }

  destroy(): void {
    this.#end.destroy()
  }

  get #isFast(): boolean {
    const lacksFast = this.#seed.behaviour.lacks?.includes('fast') === true
    return !lacksFast && this.#theirs?.reserved.fast === true
  }

  #sendHandshake(infoHash: Uint8Array): void {
    const lacks = this.#seed.behaviour.lacks ?? []
    const hasV2 = this.#seed.metainfo.infoHashes.v2 !== null
    this.#end.sendHandshake({
      infoHash,
      peerId: this.#seed.peerId,
      reserved: {
        ...ALL_FEATURES,
        fast: !lacks.includes('fast'),
        extension: !lacks.includes('extension'),
        v2: hasV2 && !lacks.includes('v2'),
      },
    })
  }

  #greeted(handshake: Handshake, didDial: boolean): void {
    const { metainfo, behaviour } = this.#seed
    this.#theirs = handshake
    if (behaviour.isMute === true) return
    const { v1, v2 } = metainfo.infoHashes
    const isV1 =
      v1 !== null && equalBytes(handshake.infoHash, handshakeHash(metainfo.infoHashes, 'v1'))
    const isV2 =
      v2 !== null && equalBytes(handshake.infoHash, handshakeHash(metainfo.infoHashes, 'v2'))
    if (!isV1 && !isV2) {
      this.destroy()
      return
    }
    if (!didDial) {
      const mayUpgrade = behaviour.upgrades !== false && handshake.reserved.v2 && v2 !== null
      this.#sendHandshake(
        isV1 && mayUpgrade ? handshakeHash(metainfo.infoHashes, 'v2') : handshake.infoHash,
      )
    }
    this.#introduce(handshake)
  }

  #introduce({ reserved }: Handshake): void {
    const { metainfo, behaviour } = this.#seed
    const lacks = behaviour.lacks ?? []
    const count = metainfo.layout.pieceCount
    const had = Bitfield.none(count)
    for (let i = 0; i < count; i++)
      if (behaviour.claimsAll === true || hasPiece(behaviour, i)) had.set(i)
    const isFast = this.#isFast
    if (isFast && had.isFull) this.#end.send({ kind: 'have-all' })
    else if (isFast && had.count === 0) this.#end.send({ kind: 'have-none' })
    else if (had.count > 0) this.#end.send({ kind: 'bitfield', bits: had.encode() })
    if (reserved.extension && !lacks.includes('extension')) {
      const size = toldMetadataSize(behaviour.metadata ?? 'honest', metainfo.infoBytes.length)
      const payload = encodeExtensionHandshake({
        messages: new Map([
          [EXTENSION_NAMES.metadata, METADATA_ID],
          [EXTENSION_NAMES.peerExchange, PEER_EXCHANGE_ID],
        ]),
        client: 'testkit',
        requestQueue: 500,
        metadataSize: size,
        port: this.#seed.port,
        yourIp: this.#end.remote.host,
        uploadOnly: false,
      })
      this.#end.send({ kind: 'extended', id: EXTENSION_HANDSHAKE_ID, payload })
    }
    if (behaviour.hashes === 'unsolicited') this.#sendUnsolicited()
  }

  #take(message: WireMessage): void {
    const { behaviour, seen } = this.#seed
    seen.push(message.kind)
    if (behaviour.isMute === true) return
    if (message.kind === 'interested') this.#unchoke()
    else if (message.kind === 'request') {
      this.#seed.requests.push(message)
      this.#blocks.ask(message, this.#isChoking)
    } else if (message.kind === 'cancel') {
      this.#seed.cancels.push(message)
      this.#blocks.cancel(message)
    } else if (message.kind === 'hash-request') {
      this.#seed.hashRequests.push(message)
      this.#answerHashes(message)
    } else if (message.kind === 'extended') this.#takeExtended(message.id, message.payload)
  }

  #unchoke(): void {
    if (this.#seed.behaviour.unchokes === false || !this.#isChoking) return
    this.#isChoking = false
    this.#end.send({ kind: 'unchoke' })
  }

  #answerHashes(request: HashFields): void {
    const { hashes: known, behaviour } = this.#seed
    const manner = behaviour.hashes ?? 'honest'
    if (manner === 'silent') return
    const hashes = known.answer(request)
    if (hashes === null || manner === 'rejects') {
      this.#end.send({ ...request, kind: 'hash-reject' })
      return
    }
    const isHonest = manner === 'honest' || manner === 'unsolicited'
    this.#end.send({
      ...request,
      kind: 'hashes',
      hashes: isHonest ? hashes : falseHashes(manner, hashes),
    })
  }

  #sendUnsolicited(): void {
    const piecesRoot = this.#seed.metainfo.files[0]?.piecesRoot
    if (piecesRoot === null || piecesRoot === undefined) return
    const fields = { piecesRoot, baseLayer: 0, index: 0, length: 2, proofLayers: 0 }
    this.#end.send({ kind: 'hashes', ...fields, hashes: new Uint8Array(64) })
  }

  #takeExtended(id: number, payload: Uint8Array): void {
    const { behaviour, metainfo } = this.#seed
    if (id === EXTENSION_HANDSHAKE_ID) {
      const { messages } = decodeExtensionHandshake(payload)
      this.#metadataId = messages.get(EXTENSION_NAMES.metadata) ?? null
      this.#recommend(messages.get(EXTENSION_NAMES.peerExchange) ?? 0)
    } else if (id === METADATA_ID && this.#metadataId !== null) {
      const message = decodeMetadataMessage(payload)
      if (message.kind !== 'request') return
      this.#seed.metadataRequests++
      const manner = behaviour.metadata ?? 'honest'
      const answer = metadataAnswer(manner, metainfo.infoBytes, message.piece)
      if (answer !== null)
        this.#end.send({ kind: 'extended', id: this.#metadataId, payload: answer })
    }
  }

  #recommend(id: number): void {
    const addresses = this.#seed.behaviour.recommends ?? []
    if (id === 0 || addresses.length === 0) return
    const flags = { prefersEncryption: false, isSeed: true, utp: false, holepunch: false }
    const added = addresses.map((address) => ({ ...flags, address, reachable: true }))
    this.#end.send({ kind: 'extended', id, payload: encodePeerExchange({ added, dropped: [] }) })
  }
}
