import { KIB, type Clock, type LearnedFrom } from '@matinee/base'
import { SeededRandom } from '../seeded-random.ts'
import { SimHost, type SimHostOptions } from './sim-host.ts'

/** What a simulated network is made of. */
export interface SimNetworkOptions {
  readonly clock: Clock
  /** Default a generator with a fixed seed. Only loss and reordering use it. */
  readonly random?: SeededRandom
  /** The most bytes one `onBytes` delivers, and the unit in which streams share a line. Default 16 KiB. */
  readonly segmentBytes?: number
}

/** One act of a host that others could see. The log of them is the proof of "nothing was sent". */
export interface Traffic {
  readonly kind: 'dial' | 'datagram' | 'resolve' | 'http'
  /** The host's address. */
  readonly from: string
  /** `host:port`, a name, or a URL. */
  readonly to: string
  readonly learnedFrom: LearnedFrom | null
  readonly atMs: number
  /** What the host's own policy said. Refused acts were not sent. */
  readonly isRefused: boolean
}

/** The payload of an Ethernet frame less headers: the unit that is lost. */
const PACKET_BYTES = 1460

/**
 * A network in one process, on a simulated clock: hosts with addresses, lines with rate and latency,
 * loss, partitions, names. Everything a host can do goes through base's `Network` port.
 *
 * The road between two hosts: the sender's uplink (its rate, shared evenly by its streams), then both
 * hosts' latencies, then the receiver's downlink.
 */
export class SimNetwork {
  readonly clock: Clock
  readonly random: SeededRandom
  readonly segmentBytes: number
  /** Where bytes lie during an `onBytes`, and only then. */
  readonly scratch: Uint8Array
  /** Names and their addresses, for every host's resolver. Change it at any time. */
  readonly names = new Map<string, readonly string[]>()
  /** Everything that was sent or refused, in order. */
  readonly traffic: Traffic[] = []
  readonly #hosts = new Map<string, SimHost>()
  readonly #partitions = new Set<string>()
  #held: (() => void)[] = []

  constructor(options: SimNetworkOptions) {
    this.clock = options.clock
    this.random = options.random ?? new SeededRandom('network')
    this.segmentBytes = options.segmentBytes ?? 16 * KIB
    this.scratch = new Uint8Array(this.segmentBytes)
  }

  /** Connects a new host. Throws when the address (or an alias) is taken. */
  host(address: string, options: SimHostOptions = {}): SimHost {
    const host = new SimHost(this, address, options)
    for (const own of host.addresses) this.adopt(own, host)
    return host
  }

  /** Gives a host one more address, as when a laptop changes its Wi-Fi. */
  adopt(address: string, host: SimHost): void {
    if (this.#hosts.has(address)) throw new Error(`two hosts at ${address}`)
    this.#hosts.set(address, host)
  }

  /** Takes an address away: what is sent there is lost. */
  release(address: string): void {
    this.#hosts.delete(address)
  }

  /** Who has an address, or `null`. */
  at(address: string): SimHost | null {
    return this.#hosts.get(address) ?? null
  }

  /** Nothing passes between the two any more. Connections stay and wait, as they do with TCP. */
  partition(a: SimHost, b: SimHost): void {
    this.#partitions.add(pairKey(a, b))
  }

  heal(a: SimHost, b: SimHost): void {
    this.#partitions.delete(pairKey(a, b))
    this.releaseHeld()
  }

  /** Breaks all connections between the two; both sides are told. */
  reset(a: SimHost, b: SimHost): void {
    for (const [host, other] of [
      [a, b],
      [b, a],
    ] as const) {
      for (const stream of host.streams) {
        if (other.addresses.includes(stream.remote.host)) stream.receive({ kind: 'reset' })
      }
    }
  }

  /** Milliseconds from one host to the other, without waiting in lines. */
  oneWayMs(from: SimHost, to: SimHost): number {
    return from === to ? 0 : from.latencyMs + to.latencyMs
  }

  /** Whether at least one packet of a message of so many bytes is lost. Draws from the random numbers. */
  isLost(from: SimHost, to: SimHost, bytes: number): boolean {
    if (from === to) return false
    const arrives = (1 - from.lossFraction) * (1 - to.lossFraction)
    if (arrives >= 1) return false
    return !this.random.chance(arrives ** Math.ceil(bytes / PACKET_BYTES))
  }

  isBlocked(from: SimHost, to: SimHost): boolean {
    if (from.isCutOff || to.isCutOff) return from !== to || from.state === 'down'
    return this.#partitions.has(pairKey(from, to))
  }

  /** Keeps `retry` until something that blocks goes away. */
  hold(retry: () => void): void {
    this.#held.push(retry)
  }

  releaseHeld(): void {
    const held = this.#held
    this.#held = []
    for (const retry of held) retry()
  }

  record(entry: Omit<Traffic, 'atMs'>): void {
    this.traffic.push({ ...entry, atMs: this.clock.nowMs() })
  }

  /** What was really sent to an address (any port) or name. */
  sentTo(hostOrUrl: string): Traffic[] {
    return this.traffic.filter(
      ({ to, isRefused }) =>
        !isRefused &&
        (to === hostOrUrl || to.startsWith(`${hostOrUrl}:`) || to.startsWith(`[${hostOrUrl}]:`)),
    )
  }
}

function pairKey(a: SimHost, b: SimHost): string {
  return [a.address, b.address].toSorted().join(' ')
}
