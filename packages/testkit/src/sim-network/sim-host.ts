import { SECOND_MS, type LearnedFrom, type Network, type SocketAddress } from '@matinee/base'
import { bindDatagrams, type SimDatagrams } from './sim-datagrams.ts'
import { dialFrom } from './sim-dialer.ts'
import { getOverHttp } from './sim-http.ts'
import { Link } from './link.ts'
import { listenAt, type SimListener } from './sim-listener.ts'
import { resolveName } from './sim-resolver.ts'
import type { SimNetwork } from './sim-network.ts'
import type { SimStream } from './sim-stream.ts'
import { serveWeb, type WebHandler } from './sim-web-server.ts'

/** Whether a host may send to an address because of who told it; the shape of the product's policy. */
export type MayDial = (
  address: SocketAddress,
  learnedFrom: LearnedFrom,
) => { readonly kind: 'yes' } | { readonly kind: 'no'; readonly reason: string }

/** The line by which a host hangs on the simulated network. */
export interface SimHostOptions {
  /** From the host to the middle of the network; the time to another host is both latencies. Default 10. */
  readonly latencyMs?: number
  /** Of the line, both directions. Default 12 500 000 (100 Mbit/s). `Infinity` is allowed. */
  readonly rateBytesPerSecond?: number
  /** Of the uplink alone. Default as `rateBytesPerSecond`. */
  readonly uploadBytesPerSecond?: number
  /** Of packets of 1460 bytes. A stream turns it into delay, a datagram is gone. Default 0. */
  readonly lossFraction?: number
  /** Further addresses of the host, such as one of IPv6. */
  readonly aliases?: readonly string[]
  /** Default: everything. */
  readonly mayDial?: MayDial
}

/** `unplugged`: the cable is out, programs run on. `down`: the machine is gone. */
export type SimHostState = 'up' | 'unplugged' | 'down'

const FIRST_FREE_PORT = 49_152

/** One machine of the simulated network. */
export class SimHost {
  readonly network: Network
  /** May be changed at any time. */
  latencyMs: number
  /** May be changed at any time. */
  lossFraction: number
  readonly uplink: Link
  readonly downlink: Link
  /** Open ends of connections here. A test that ends with none left nothing open. */
  readonly streams = new Set<SimStream>()
  /** By port. */
  readonly listeners = new Map<number, SimListener>()
  /** By port. */
  readonly sockets = new Map<number, SimDatagrams>()
  readonly mayDial: MayDial
  /** Over all streams and datagrams, with small headers. */
  sentBytes = 0
  receivedBytes = 0
  /** Stream directions with bytes on the way: they share the line. */
  activeOutgoing = 0
  activeIncoming = 0
  readonly #sim: SimNetwork
  #addresses: readonly string[]
  #state: SimHostState = 'up'
  #nextPort = FIRST_FREE_PORT

  constructor(sim: SimNetwork, address: string, options: SimHostOptions) {
    const rate = options.rateBytesPerSecond ?? 12_500_000
    this.#sim = sim
    this.#addresses = [address, ...(options.aliases ?? [])]
    this.latencyMs = options.latencyMs ?? 10
    this.lossFraction = options.lossFraction ?? 0
    this.mayDial = options.mayDial ?? (() => ({ kind: 'yes' }))
    this.uplink = new Link(sim.clock, options.uploadBytesPerSecond ?? rate)
    this.downlink = new Link(sim.clock, rate)
    this.network = {
      dialer: { dial: (target, dialOptions) => dialFrom(sim, this, target, dialOptions) },
      listener: { listen: async (at, onStream) => listenAt(this, at, onStream) },
      datagrams: { bind: async (at, onMessage) => bindDatagrams(sim, this, at, onMessage) },
      resolver: { resolve: (name, signal) => resolveName(sim, this, name, signal) },
      http: { get: (request) => getOverHttp(sim, this, request) },
    }
  }

  /** The first address: the one that others see. */
  get address(): string {
    return this.#addresses[0] ?? ''
  }

  get addresses(): readonly string[] {
    return this.#addresses
  }

  get state(): SimHostState {
    return this.#state
  }

  /** Whether nothing passes to or from the host. */
  get isCutOff(): boolean {
    return this.#state !== 'up'
  }

  /** Answers GET requests on a port with `handle`. Names come from `SimNetwork.names`. */
  serveHttp(port: number, handle: WebHandler): void {
    listenAt(this, { host: this.address, port }, (stream) =>
      serveWeb(this.#sim.clock, stream, handle),
    )
  }

  setRate(rateBytesPerSecond: number): void {
    this.uplink.rateBytesPerSecond = rateBytesPerSecond
    this.downlink.rateBytesPerSecond = rateBytesPerSecond
  }

  /** The cable is pulled: connections stay and wait. */
  unplug(): void {
    this.#state = 'unplugged'
  }

  plugIn(): void {
    this.#state = 'up'
    this.#sim.releaseHeld()
  }

  /**
   * The host dies with all its connections, listeners and sockets, and its programs are told nothing.
   * `reset`: the machine goes on without its programs, so the others are refused and reset at once.
   * `silence`: the machine is gone.
   */
  goDown(answers: 'reset' | 'silence'): void {
    for (const stream of this.streams) {
      if (answers === 'reset') stream.destroy()
      else stream.vanish()
    }
    this.listeners.clear()
    this.sockets.clear()
    this.#state = answers === 'reset' ? 'up' : 'down'
  }

  /** Power returns. Whoever still holds a connection from before is reset when it sends. */
  comeUp(): void {
    this.#state = 'up'
    this.#sim.releaseHeld()
  }

  /**
   * The host gets another address and loses the old ones, as on the way from Wi-Fi to mobile. Its
   * connections stay open and carry nothing any more; nobody is told.
   */
  moveTo(address: string): void {
    for (const stream of this.streams) stream.strand()
    for (const old of this.#addresses) this.#sim.release(old)
    this.#addresses = [address]
    this.#sim.adopt(address, this)
  }

  /** A port that nobody uses here. */
  freePort(): number {
    while (this.listeners.has(this.#nextPort) || this.sockets.has(this.#nextPort)) this.#nextPort++
    const port = this.#nextPort++
    if (this.#nextPort > 65_535) this.#nextPort = FIRST_FREE_PORT
    return port
  }

  /** How long a name server takes to answer. */
  get resolveMs(): number {
    return Math.min(SECOND_MS, 2 * this.latencyMs)
  }
}
