import { KIB, SECOND_MS, type Clock } from '@matinee/base'
import type { Parcel, ParcelSource } from './link.ts'
import type { SimHost } from './sim-host.ts'
import type { SimNetwork } from './sim-network.ts'

/** What comes out of a pipe, in order. Nothing follows `end` and `reset`. */
export type PipeItem =
  | { readonly kind: 'bytes'; readonly chunks: readonly Uint8Array[]; readonly bytes: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'reset' }

/** Who takes what comes out. `keptBytes` are delivered and not yet consumed (paused). */
export interface PipeEnd {
  readonly keptBytes: number
  receive(item: PipeItem): void
}

export interface PipeOptions {
  readonly network: SimNetwork
  readonly from: SimHost
  readonly to: SimHost
  /** Called when all buffered bytes have gone to the link. */
  readonly onEmpty: () => void
}

/** The most that lies at a receiver who doesn't read. */
const RECEIVE_BUFFER_BYTES = 256 * KIB
/** What may be on the way beyond the bandwidth-delay product: the queue a good congestion control leaves. */
const WINDOW_SLACK_BYTES = 32 * KIB
/** An IP and TCP header: what `end` and `reset` cost. */
const HEADER_BYTES = 40

/**
 * One direction of a stream: buffer → uplink of the sender → latency → downlink of the receiver → end.
 * First in, first out throughout. A lost parcel arrives late instead (retransmission), and holds up what
 * is behind it. How much may be on the way is bounded as by a congestion control that knows the rates.
 */
export class Pipe {
  readonly #network: SimNetwork
  readonly #clock: Clock
  readonly #from: SimHost
  readonly #to: SimHost
  readonly #onEmpty: () => void
  #end: PipeEnd | null = null

  readonly #chunks: Uint8Array[] = []
  #bufferedBytes = 0
  #closing: 'no' | 'end' | 'reset' | 'silent' | 'done' = 'no'
  #inFlightBytes = 0
  readonly #road: { item: PipeItem; arrivesMs: number }[] = []
  #isRoadTimed = false
  #isStranded = false
  readonly #arrived: PipeItem[] = []
  readonly #outgoing: ParcelSource = { take: () => this.#takeOutgoing() }
  readonly #incoming: ParcelSource = { take: () => this.#takeIncoming() }

  constructor(options: PipeOptions) {
    this.#network = options.network
    this.#clock = options.network.clock
    this.#from = options.from
    this.#to = options.to
    this.#onEmpty = options.onEmpty
  }

  connect(end: PipeEnd): void {
    this.#end = end
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes
  }

  write(chunks: readonly Uint8Array[]): void {
    if (this.#closing !== 'no') return
    for (const chunk of chunks) {
      if (chunk.length === 0) continue
      this.#chunks.push(chunk)
      this.#bufferedBytes += chunk.length
    }
    this.wake()
  }

  /** Ends the pipe behind what is buffered. */
  end(): void {
    if (this.#closing !== 'no') return
    this.#closing = 'end'
    this.wake()
  }

  /** Forgets what is buffered and breaks the connection behind what is on its way. */
  reset(): void {
    if (this.#closing === 'reset' || this.#closing === 'done') return
    this.forget()
    this.#closing = 'reset'
    this.wake()
  }

  /** Forgets what is buffered and sends nothing more by itself, as after a loss of power. */
  forget(): void {
    this.#chunks.length = 0
    this.#bufferedBytes = 0
    if (this.#closing !== 'done') this.#closing = 'silent'
  }

  /** The way is gone for good: what is sent from now on, or is on its way, arrives nowhere. */
  strand(): void {
    this.#isStranded = true
  }

  /** Goes on if something stood in the way of sending that may be gone now. */
  wake(): void {
    if (this.#chunks.length > 0 || this.#closing === 'end' || this.#closing === 'reset') {
      this.#from.uplink.wake(this.#outgoing)
    }
  }

  #takeOutgoing(): Parcel | null {
    if (this.#chunks.length > 0) {
      if (this.#inFlightBytes >= this.#windowBytes()) return null
      const item = this.#cutSegment()
      this.#setInFlight(this.#inFlightBytes + item.bytes)
      return {
        bytes: item.bytes,
        onSent: () => {
          this.#depart(item, item.bytes)
          if (this.#bufferedBytes === 0) this.#onEmpty()
        },
      }
    }
    if (this.#closing !== 'end' && this.#closing !== 'reset') return null
    const item = { kind: this.#closing }
    this.#closing = 'done'
    return { bytes: HEADER_BYTES, onSent: () => this.#depart(item, HEADER_BYTES) }
  }

  #windowBytes(): number {
    const kept = this.#end?.keptBytes ?? 0
    if (kept > 0) return RECEIVE_BUFFER_BYTES - kept
    const rate = Math.min(
      this.#from.uplink.rateBytesPerSecond / Math.max(1, this.#from.activeOutgoing),
      this.#to.downlink.rateBytesPerSecond / Math.max(1, this.#to.activeIncoming),
    )
    const roundTripMs = 2 * this.#network.oneWayMs(this.#from, this.#to)
    // Without a limit of rate there is none of the window either.
    if (rate === Infinity) return Infinity
    return WINDOW_SLACK_BYTES + (rate * roundTripMs) / SECOND_MS
  }

  #cutSegment(): PipeItem & { kind: 'bytes' } {
    const chunks: Uint8Array[] = []
    let left = this.#network.segmentBytes
    while (left > 0) {
      const first = this.#chunks[0]
      if (first === undefined) break
      if (first.length <= left) {
        chunks.push(first)
        this.#chunks.shift()
        left -= first.length
      } else {
        chunks.push(first.subarray(0, left))
        this.#chunks[0] = first.subarray(left)
        left = 0
      }
    }
    const bytes = this.#network.segmentBytes - left
    this.#bufferedBytes -= bytes
    return { kind: 'bytes', chunks, bytes }
  }

  #depart(item: PipeItem, bytes: number): void {
    this.#from.sentBytes += bytes
    const delayMs = this.#network.oneWayMs(this.#from, this.#to) + this.#lossDelayMs(bytes)
    const last = this.#road.at(-1)?.arrivesMs ?? 0
    // Never before what was sent earlier: a stream keeps its order.
    this.#road.push({ item, arrivesMs: Math.max(last, this.#clock.nowMs() + delayMs) })
    this.#timeRoad()
  }

  #lossDelayMs(bytes: number): number {
    const roundTripMs = 2 * this.#network.oneWayMs(this.#from, this.#to)
    let waitMs = Math.max(20, roundTripMs)
    let delayMs = 0
    while (this.#network.isLost(this.#from, this.#to, bytes)) {
      delayMs += waitMs
      // Each further loss of the same segment doubles the wait (RFC 6298 section 5.5).
      waitMs = Math.min(60 * SECOND_MS, 2 * waitMs)
    }
    return delayMs
  }

  #timeRoad(): void {
    const first = this.#road[0]
    if (first === undefined || this.#isRoadTimed || this.#isStranded) return
    this.#isRoadTimed = true
    this.#clock.setTimer(Math.max(0, first.arrivesMs - this.#clock.nowMs()), () => {
      this.#isRoadTimed = false
      if (this.#isStranded) return
      if (this.#network.isBlocked(this.#from, this.#to)) {
        this.#network.hold(() => this.#timeRoad())
        return
      }
      this.#road.shift()
      this.#arrived.push(first.item)
      this.#to.downlink.wake(this.#incoming)
      this.#timeRoad()
    })
  }

  #takeIncoming(): Parcel | null {
    const item = this.#arrived.shift()
    if (item === undefined) return null
    const bytes = item.kind === 'bytes' ? item.bytes : HEADER_BYTES
    return {
      bytes,
      onSent: () => {
        this.#to.receivedBytes += bytes
        this.#end?.receive(item)
        if (item.kind === 'bytes') this.#setInFlight(this.#inFlightBytes - item.bytes)
        this.wake()
      },
    }
  }

  #setInFlight(bytes: number): void {
    const change = Number(bytes > 0) - Number(this.#inFlightBytes > 0)
    this.#from.activeOutgoing += change
    this.#to.activeIncoming += change
    this.#inFlightBytes = bytes
  }
}
