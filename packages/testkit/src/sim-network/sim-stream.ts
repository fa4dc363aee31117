import { KIB, NetworkError, assert } from '@matinee/base'
import type { ByteStream, SocketAddress, StreamEvents } from '@matinee/base'
import { Pipe, type PipeEnd, type PipeItem } from './pipe.ts'
import type { SimHost } from './sim-host.ts'
import type { SimNetwork } from './sim-network.ts'

/** `write` returns false above this. */
export const HIGH_WATER_BYTES = 64 * KIB

/** What a stale view shows after its call: easily seen in a failing test. */
const POISON = 0xdd

export interface SimStreamOptions {
  readonly network: SimNetwork
  readonly host: SimHost
  readonly local: SocketAddress
  readonly remote: SocketAddress
  readonly remoteHost: SimHost
}

/** One end of a simulated connection. */
export class SimStream implements ByteStream, PipeEnd {
  readonly local: SocketAddress
  readonly remote: SocketAddress
  readonly #network: SimNetwork
  readonly #host: SimHost
  readonly #out: Pipe
  #incoming: Pipe | null = null
  #events: StreamEvents | null = null
  #isPaused = false
  #isOver = false
  #owesDrain = false
  #isFlushing = false
  #keptBytes = 0
  readonly #kept: PipeItem[] = []

  private constructor(options: SimStreamOptions) {
    this.#network = options.network
    this.#host = options.host
    this.local = options.local
    this.remote = options.remote
    this.#out = new Pipe({
      network: options.network,
      from: options.host,
      to: options.remoteHost,
      onEmpty: () => this.#drained(),
    })
    options.host.streams.add(this)
  }

  /** Both ends of a new connection. */
  static pair(
    network: SimNetwork,
    dialer: { host: SimHost; address: SocketAddress },
    acceptor: { host: SimHost; address: SocketAddress },
  ): { dialed: SimStream; accepted: SimStream } {
    const dialed = new SimStream({
      network,
      host: dialer.host,
      local: dialer.address,
      remote: acceptor.address,
      remoteHost: acceptor.host,
    })
    const accepted = new SimStream({
      network,
      host: acceptor.host,
      local: acceptor.address,
      remote: dialer.address,
      remoteHost: dialer.host,
    })
    dialed.#joinTo(accepted)
    accepted.#joinTo(dialed)
    return { dialed, accepted }
  }

  get bufferedBytes(): number {
    return this.#out.bufferedBytes
  }

  /** Bytes that have arrived and were not taken: the stream is paused or not started. */
  get keptBytes(): number {
    return this.#keptBytes
  }

  start(events: StreamEvents): void {
    assert(this.#events === null, 'a stream is started once')
    this.#events = events
    this.#flushSoon()
  }

  write(chunks: readonly Uint8Array[]): boolean {
    if (this.#isOver) return false
    this.#out.write(chunks)
    if (this.#out.bufferedBytes <= HIGH_WATER_BYTES) return true
    this.#owesDrain = true
    return false
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#flushSoon()
  }

  close(): void {
    if (!this.#isOver) this.#out.end()
  }

  destroy(): void {
    if (this.#isOver) return
    this.#finish()
    this.#out.reset()
  }

  /** The host lost power: nothing more is sent, and nobody here is told. */
  vanish(): void {
    this.#finish()
    this.#out.forget()
  }

  /** Neither direction carries anything any more, and nobody is told. */
  strand(): void {
    this.#out.strand()
    this.#incoming?.strand()
  }

  receive(item: PipeItem): void {
    if (this.#isOver) {
      // RFC 9293 section 3.10.7.1: a segment for a connection that is not there is answered with a reset.
      if (item.kind === 'bytes') this.#out.reset()
      return
    }
    if (this.#events !== null && item.kind === 'reset') {
      // A reset is not held back by a pause, and what lies unread is lost.
      this.#kept.length = 0
      this.#act(item)
    } else if (this.#canAct()) {
      this.#act(item)
    } else {
      this.#kept.push(item)
      if (item.kind === 'bytes') this.#keptBytes += item.bytes
    }
  }

  #joinTo(other: SimStream): void {
    this.#out.connect(other)
    other.#incoming = this.#out
  }

  #canAct(): boolean {
    return this.#events !== null && !this.#isPaused && !this.#isOver && this.#kept.length === 0
  }

  #flushSoon(): void {
    if (this.#kept.length === 0 || this.#isFlushing) return
    // Never inside `start` or `resume`: no real stream calls back from there.
    this.#isFlushing = true
    this.#network.clock.setTimer(0, () => {
      this.#isFlushing = false
      while (this.#kept.length > 0 && !this.#isPaused && !this.#isOver) {
        const item = this.#kept.shift()
        if (item === undefined) break
        if (item.kind === 'bytes') this.#keptBytes -= item.bytes
        this.#act(item)
      }
      this.#incoming?.wake()
    })
  }

  #act(item: PipeItem): void {
    const events = this.#events
    assert(events !== null, 'a stream acts only after start')
    switch (item.kind) {
      case 'bytes':
        this.#hand(item.chunks, events)
        return
      case 'end':
        this.#finish()
        // What we wrote before still goes out, then our end: the other side's `close` finishes with it.
        this.#out.end()
        events.onEnd()
        return
      case 'reset':
        this.#finish()
        this.#out.forget()
        events.onFailure(new NetworkError('closed', 'connection reset by the other side'))
    }
  }

  #hand(chunks: readonly Uint8Array[], events: StreamEvents): void {
    // One array for all calls, spoiled after each: code that keeps the view fails at once.
    const scratch = this.#network.scratch
    let length = 0
    for (const chunk of chunks) {
      scratch.set(chunk, length)
      length += chunk.length
    }
    const view = scratch.subarray(0, length)
    try {
      events.onBytes(view)
    } finally {
      view.fill(POISON)
    }
  }

  #drained(): void {
    if (!this.#owesDrain || this.#isOver) return
    this.#owesDrain = false
    this.#events?.onDrain()
  }

  #finish(): void {
    this.#isOver = true
    this.#kept.length = 0
    this.#keptBytes = 0
    this.#host.streams.delete(this)
  }
}
