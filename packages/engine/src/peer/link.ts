import { LIMITS, type ByteStream, type Clock, type StreamEvents } from '@matinee/base'
import {
  HandshakeReader,
  WireError,
  encodeHandshake,
  type Handshake,
  type HandshakeFeatures,
  type InfoHashes,
} from '@matinee/protocol'

/**
 * What we say we can do. The v2 bit offers an upgrade (BEP 52), which only makes sense when we would
 * recognise the v2 info-hash in the answer.
 *
 * @param dht we are a node of the DHT, too, and this torrent is for it (BEP 5)
 */
export function ourFeatures(hashes: InfoHashes, dht: boolean): HandshakeFeatures {
  return { extension: true, fast: true, dht, v2: hashes.v2 !== null }
}

/**
 * A stream while its handshake is read; afterwards whoever takes it over hears the rest of it. The
 * events of a stream are fixed at `start`, so the link passes them to whoever listens at the moment.
 */
export class Link {
  readonly stream: ByteStream
  readonly #clock: Clock
  #listener: StreamEvents
  /** What came between the handshake and `handOver`. */
  #early: Uint8Array[] = []
  #ended: { readonly error: Error | null } | null = null

  constructor(stream: ByteStream, clock: Clock) {
    this.stream = stream
    this.#clock = clock
    this.#listener = this.#waiting
    stream.start({
      onBytes: (bytes) => this.#listener.onBytes(bytes),
      onDrain: () => this.#listener.onDrain(),
      onEnd: () => this.#listener.onEnd(),
      onFailure: (error) => this.#listener.onFailure(error),
    })
  }

  get #waiting(): StreamEvents {
    return {
      onBytes: (bytes) => {
        this.#early.push(bytes.slice())
        this.stream.pause()
      },
      onDrain: () => {},
      onEnd: () => (this.#ended = { error: null }),
      onFailure: (error) => (this.#ended = { error }),
    }
  }

  sendHandshake(infoHash: Uint8Array, peerId: Uint8Array, reserved: HandshakeFeatures): void {
    this.stream.write([encodeHandshake({ infoHash, peerId, reserved })])
  }

  /**
   * The other side's handshake. Destroys the stream and throws when it is wrong ({@link WireError}),
   * does not come whole within {@link LIMITS.handshakeMs}, or the stream or signal ends first.
   */
  async readHandshake(signal: AbortSignal): Promise<Handshake> {
    const { promise, resolve, reject } = Promise.withResolvers<Handshake>()
    const reader = new HandshakeReader()
    const onBytes = (bytes: Uint8Array): void => {
      try {
        const arrival = reader.push(bytes)
        if (!arrival) return
        this.#listener = this.#waiting
        if (arrival.rest.length > 0) this.#listener.onBytes(arrival.rest)
        resolve(arrival.handshake)
      } catch (error) {
        reject(error as WireError)
      }
    }
    this.#listener = {
      onBytes,
      onDrain: () => {},
      onEnd: () => reject(new WireError('bad-handshake', 'closed before its handshake')),
      onFailure: reject,
    }
    const timer = this.#clock.setTimer(LIMITS.handshakeMs, () =>
      reject(new WireError('bad-handshake', 'no whole handshake in time')),
    )
    const onAbort = (): void => reject(signal.reason as Error)
    signal.addEventListener('abort', onAbort, { once: true })
    const early = this.#early
    this.#early = []
    this.stream.resume()
    try {
      if (signal.aborted) onAbort()
      else if (this.#ended) reject(this.#ended.error ?? new WireError('bad-handshake', 'closed'))
      else for (const bytes of early) onBytes(bytes)
      return await promise
    } catch (error) {
      this.#listener = this.#waiting
      this.stream.destroy()
      throw error
    } finally {
      timer.cancel()
      signal.removeEventListener('abort', onAbort)
    }
  }

  /** From here on the listener hears everything, first what has come already. */
  handOver(listener: StreamEvents): void {
    this.#listener = listener
    const early = this.#early
    this.#early = []
    for (const bytes of early) listener.onBytes(bytes)
    if (this.#ended?.error) listener.onFailure(this.#ended.error)
    else if (this.#ended) listener.onEnd()
    else this.stream.resume()
  }
}
