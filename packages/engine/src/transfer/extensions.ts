import { LIMITS } from '@matinee/base'
import type { Clock, SocketAddress } from '@matinee/base'
import {
  EXTENSION_HANDSHAKE_ID,
  EXTENSION_NAMES,
  decodeDontHave,
  decodeExtensionHandshake,
  encodeDontHave,
  encodeExtensionHandshake,
  type Metainfo,
} from '@matinee/protocol'
import type { Peer } from '../peer/peer.ts'
import { MetadataExchange } from './metadata-exchange.ts'
import { PeerExchanges } from './peer-exchange.ts'

/** Ids that we give to extension messages. */
const METADATA_ID = 1
const PEER_EXCHANGE_ID = 2
const DONT_HAVE_ID = 3
const OUR_MESSAGE_IDS = new Map<string, number>([
  [EXTENSION_NAMES.metadata, METADATA_ID],
  [EXTENSION_NAMES.peerExchange, PEER_EXCHANGE_ID],
  [EXTENSION_NAMES.dontHave, DONT_HAVE_ID],
])
/** What we call ourselves to other clients. */
const CLIENT = 'Matinee 0.1'

/** The extension protocol (BEP 10) of one torrent: who speaks what, metadata (BEP 9), peer exchange (BEP 11). */
export class Extensions {
  readonly #listenPort: number | null
  readonly #metadata: MetadataExchange
  readonly #pex: PeerExchanges
  readonly #onDontHave: (peer: Peer, piece: number) => void
  /** BEP 27: a private torrent's peers come from its tracker alone. `null` = not known yet. */
  #isPrivate: boolean | null = null
  #isUploadOnly = false

  constructor(parts: {
    readonly clock: Clock
    readonly listenPort: number | null
    /** Judges whole metadata; true = right, nothing more is needed. */
    readonly onMetadata: (infoBytes: Uint8Array, peer: Peer) => boolean
    readonly onAddresses: (addresses: readonly SocketAddress[]) => void
    /** The peer has a piece no longer (BEP 54); it's taken from its list. */
    readonly onDontHave: (peer: Peer, piece: number) => void
  }) {
    const { clock } = parts
    this.#listenPort = parts.listenPort
    this.#onDontHave = parts.onDontHave
    this.#metadata = new MetadataExchange({ clock, onWhole: parts.onMetadata })
    this.#pex = new PeerExchanges(clock, parts.onAddresses)
  }

  /** Peers that can give the metadata. */
  get metadataSources(): number {
    return this.#metadata.sourceCount
  }

  /** The metadata is known, from wherever: it can be given on. */
  learn(metainfo: Metainfo): void {
    this.#isPrivate = metainfo.isPrivate
    this.#metadata.learn(metainfo.infoBytes)
  }

  /** Whether we want nothing any more: tells everybody when that has changed (BEP 21). */
  setUploadOnly(isUploadOnly: boolean, peers: Iterable<Peer>): void {
    if (this.#isUploadOnly === isUploadOnly) return
    this.#isUploadOnly = isUploadOnly
    for (const peer of peers) this.greet(peer)
  }

  /** We have a piece no longer: tells whoever understands it (BEP 54). */
  tellLost(piece: number, peers: Iterable<Peer>): void {
    for (const peer of peers) {
      const id = peer.extensions?.messages.get(EXTENSION_NAMES.dontHave)
      if (id) peer.send({ kind: 'extended', id, payload: encodeDontHave(piece) })
    }
  }

  /** Introduces us to a peer that speaks the protocol. */
  greet(peer: Peer): void {
    if (!peer.remote.reserved.extension) return
    const payload = encodeExtensionHandshake({
      messages: OUR_MESSAGE_IDS,
      client: CLIENT,
      requestQueue: LIMITS.waitingRequests,
      metadataSize: this.#metadata.size,
      port: this.#listenPort,
      yourIp: null,
      uploadOnly: this.#isUploadOnly,
    })
    peer.send({ kind: 'extended', id: EXTENSION_HANDSHAKE_ID, payload })
  }

  /** Takes an `extended` message. Throws WireError when it makes no sense. */
  onMessage(peer: Peer, id: number, payload: Uint8Array): void {
    if (id === EXTENSION_HANDSHAKE_ID) {
      const said = decodeExtensionHandshake(payload)
      peer.extensions = said
      if (said.requestQueue !== null) peer.pace.allow(said.requestQueue)
      const metadataId = said.messages.get(EXTENSION_NAMES.metadata)
      if (metadataId && said.metadataSize !== null)
        this.#metadata.peerHasIt(peer, metadataId, said.metadataSize)
    } else if (id === METADATA_ID) {
      const replyId = peer.extensions?.messages.get(EXTENSION_NAMES.metadata)
      if (replyId) this.#metadata.onMessage(peer, payload, replyId)
    } else if (id === DONT_HAVE_ID) {
      const piece = decodeDontHave(payload)
      peer.pieces.remove(piece)
      this.#onDontHave(peer, piece)
    } else if (id === PEER_EXCHANGE_ID && this.#isPrivate !== true)
      this.#pex.onMessage(peer, payload)
  }

  peerClosed(peer: Peer): void {
    this.#metadata.peerClosed(peer)
    this.#pex.peerClosed(peer)
  }

  /** Sends what is due; called a few times a second. */
  tick(peers: ReadonlyMap<number, Peer>, nowMs: number): void {
    this.#metadata.tick(nowMs)
    if (this.#isPrivate !== false) return
    for (const peer of peers.values()) {
      const id = peer.extensions?.messages.get(EXTENSION_NAMES.peerExchange)
      if (id) this.#pex.tick(peer, id, peers.values(), nowMs)
    }
  }
}
