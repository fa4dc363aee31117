import type { ByteStream, SocketAddress } from '@matinee/base'
import { HandshakeReader, WireDecoder, encodeHandshake, encodeMessage } from '@matinee/protocol'
import type { Handshake, SendableMessage, WireMessage } from '@matinee/protocol'

/** How a connection came to its end. `broken`: reset by the other side, or it sent what is no message. */
export type WireOver =
  | { readonly kind: 'ended' }
  | { readonly kind: 'broken'; readonly error: Error }
  | { readonly kind: 'destroyed' }

/** What the holder of a {@link WireEnd} is told. */
export interface WireEvents {
  onHandshake(handshake: Handshake): void
  onMessage(message: WireMessage): void
  onDrain?(): void
  /** Once, last. */
  onOver?(over: WireOver): void
}

/** One end of a connection that speaks the peer protocol, without any opinion on what to say. */
export class WireEnd {
  readonly stream: ByteStream
  #state: 'handshake' | 'messages' | 'over' = 'handshake'
  readonly #reader = new HandshakeReader()
  readonly #decoder: WireDecoder
  readonly #events: WireEvents

  /** @param pieceCount of the torrent, or `null` when not known */
  constructor(stream: ByteStream, pieceCount: number | null, events: WireEvents) {
    this.stream = stream
    this.#decoder = new WireDecoder({ pieceCount })
    this.#events = events
    stream.start({
      onBytes: (bytes) => this.#take(bytes),
      onDrain: () => events.onDrain?.(),
      onEnd: () => this.#finish({ kind: 'ended' }),
      onFailure: (error) => this.#finish({ kind: 'broken', error }),
    })
  }

  get remote(): SocketAddress {
    return this.stream.remote
  }

  get isOver(): boolean {
    return this.#state === 'over'
  }

  sendHandshake(handshake: Handshake): void {
    this.stream.write([encodeHandshake(handshake)])
  }

  /** False = the stream wants to drain first. */
  send(...messages: readonly SendableMessage[]): boolean {
    return this.sendRaw(...messages.flatMap(encodeMessage))
  }

  /** Bytes as they are, whatever they mean. */
  sendRaw(...chunks: readonly Uint8Array[]): boolean {
    return !this.isOver && this.stream.write(chunks)
  }

  destroy(): void {
    this.stream.destroy()
    this.#finish({ kind: 'destroyed' })
  }

  #take(bytes: Uint8Array): void {
    try {
      let rest = bytes
      if (this.#state === 'handshake') {
        const arrival = this.#reader.push(bytes)
        if (arrival === null) return
        this.#state = 'messages'
        rest = arrival.rest
        this.#events.onHandshake(arrival.handshake)
      }
      this.#decoder.push(rest, (message) => {
        if (!this.isOver) this.#events.onMessage(message)
      })
    } catch (error) {
      this.stream.destroy()
      this.#finish({ kind: 'broken', error: error instanceof Error ? error : new Error('thrown') })
    }
  }

  #finish(over: WireOver): void {
    if (this.#state === 'over') return
    this.#state = 'over'
    this.#events.onOver?.(over)
  }
}
