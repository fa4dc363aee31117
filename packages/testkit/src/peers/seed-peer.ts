import { SECOND_MS, sleep, type ByteSpan, type Clock, type Network } from '@matinee/base'
import type { Listening, SocketAddress } from '@matinee/base'
import { handshakeHash, type BlockFields, type HashFields, type Metainfo } from '@matinee/protocol'
import type { WireMessage } from '@matinee/protocol'
import { testPeerId } from './scripted-peer.ts'
import type { SeedBehaviour } from './seed-behaviour.ts'
import { SeedConnection } from './seed-connection.ts'
import { SeedHashes } from './seed-hashes.ts'

/** What a scripted seed has, where it listens, and how it misbehaves. */
export interface SeedOptions {
  readonly network: Network
  readonly clock: Clock
  /** Where it listens; port 0 = any free one. `null` = it only dials. */
  readonly address: SocketAddress | null
  readonly metainfo: Metainfo
  /** In torrent address space, as {@link import('../made-torrent.ts').MadeTorrent.bytesAt}. */
  readonly bytesAt: (span: ByteSpan) => Uint8Array
  /** Default honest in everything. */
  readonly behaviour?: SeedBehaviour
  /** Stands in its peer id. Default `seed`. */
  readonly name?: string
}

/**
 * A simulated seed of one torrent: it accepts and dials, unchokes whoever is interested, serves blocks,
 * metadata and hashes, and misbehaves exactly as its behaviour says. It counts what it sees.
 */
export class SeedPeer {
  readonly metainfo: Metainfo
  readonly bytesAt: (span: ByteSpan) => Uint8Array
  readonly clock: Clock
  readonly peerId: Uint8Array
  /** What an honest answer to a hash request says. */
  readonly hashes: SeedHashes
  /** May be changed at any time; it holds from the next message on. */
  behaviour: SeedBehaviour
  /** Open connections. */
  readonly connections = new Set<SeedConnection>()
  /** Connections that ever were. */
  connectionCount = 0
  bytesServed = 0
  blocksServed = 0
  corruptBlocksServed = 0
  metadataRequests = 0
  /** All requests received, the repeated and the rejected included. */
  readonly requests: BlockFields[] = []
  readonly cancels: BlockFields[] = []
  readonly hashRequests: HashFields[] = []
  /** Kinds of all messages received. */
  readonly seen: WireMessage['kind'][] = []
  /** Why connections broke: resets, and what was no message. */
  readonly errors: Error[] = []
  readonly #network: Network
  #listening: Listening | null = null
  #freeAtMs = 0

  private constructor(options: SeedOptions) {
    this.metainfo = options.metainfo
    this.bytesAt = options.bytesAt
    this.clock = options.clock
    this.hashes = new SeedHashes(options.metainfo, options.bytesAt)
    this.behaviour = options.behaviour ?? {}
    this.peerId = testPeerId(options.name ?? 'seed')
    this.#network = options.network
  }

  /** Starts a seed; when this resolves it listens. */
  static async open(options: SeedOptions): Promise<SeedPeer> {
    const seed = new SeedPeer(options)
    if (options.address !== null) {
      seed.#listening = await options.network.listener.listen(options.address, (stream) => {
        seed.connectionCount++
        seed.connections.add(new SeedConnection(seed, stream, null))
      })
    }
    return seed
  }

  /** Where it listens, or `null`. */
  get address(): SocketAddress | null {
    return this.#listening?.address ?? null
  }

  get port(): number | null {
    return this.address?.port ?? null
  }

  /** How often a block of a piece was asked for. */
  requestsFor(piece: number): number {
    return this.requests.filter((block) => block.piece === piece).length
  }

  /**
   * Connects to somebody and speaks first.
   *
   * @param version which hash to greet with. Default v1 when the torrent has one
   */
  async dial(target: SocketAddress, version?: 'v1' | 'v2'): Promise<SeedConnection> {
    const stream = await this.#network.dialer.dial(target, { learnedFrom: 'own' })
    const hashes = this.metainfo.infoHashes
    const asks = handshakeHash(hashes, version ?? (hashes.v1 === null ? 'v2' : 'v1'))
    const connection = new SeedConnection(this, stream, asks)
    this.connectionCount++
    this.connections.add(connection)
    return connection
  }

  /** Resolves when a block may be sent: not before `dueMs`, and at the rate of the behaviour. */
  async pace(dueMs: number, bytes: number): Promise<void> {
    const nowMs = this.clock.nowMs()
    const { bytesPerSecond } = this.behaviour
    let untilMs = dueMs
    if (bytesPerSecond !== undefined) {
      const startMs = Math.max(nowMs, this.#freeAtMs)
      this.#freeAtMs = startMs + (bytes / bytesPerSecond) * SECOND_MS
      untilMs = Math.max(untilMs, this.#freeAtMs)
    }
    if (untilMs > nowMs) await sleep(this.clock, untilMs - nowMs)
  }

  /** Stops listening and destroys all connections. */
  async close(): Promise<void> {
    await this.#listening?.close()
    for (const connection of this.connections) connection.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }
}

/** Starts a simulated seed: {@link SeedPeer.open}. */
export function seedPeer(options: SeedOptions): Promise<SeedPeer> {
  return SeedPeer.open(options)
}
