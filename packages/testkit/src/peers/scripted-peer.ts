import { LIMITS, latin1Bytes, type Network, type SocketAddress } from '@matinee/base'
import type { ByteStream, Listening } from '@matinee/base'
import type { Handshake, HandshakeFeatures, SendableMessage, WireMessage } from '@matinee/protocol'
import { WireEnd, type WireOver } from './wire-end.ts'

/** A message of one kind. */
export type MessageOf<Kind extends WireMessage['kind']> = Extract<WireMessage, { kind: Kind }>

/** The features that a modern client announces, without DHT. */
export const ALL_FEATURES: HandshakeFeatures = {
  extension: true,
  fast: true,
  dht: false,
  v2: true,
}

/** A peer id for tests that shows a name in logs. */
export function testPeerId(name: string): Uint8Array {
  return latin1Bytes(`-TK0001-${name}`.padEnd(20, '.').slice(0, 20))
}

/**
 * A peer that a test speaks for, line by line: send this, expect that. It does nothing by itself.
 * Awaiting goes on only while the clock moves: `await clock.run(peer.expect('request'))`.
 */
export class ScriptedPeer {
  /** Everything that was received and not yet taken by `expect`. */
  readonly inbox: WireMessage[] = []
  /** Kinds of all messages ever received, in order. */
  readonly seen: WireMessage['kind'][] = []
  /** Settles when the connection is over. */
  readonly over: Promise<WireOver>
  readonly #end: WireEnd
  readonly #theirs = Promise.withResolvers<Handshake>()
  #wake: (() => void) | null = null
  #over: WireOver | null = null

  /** @param pieceCount default: not known, so every bitfield and piece number passes */
  constructor(stream: ByteStream, pieceCount: number | null = null) {
    const over = Promise.withResolvers<WireOver>()
    this.over = over.promise
    this.#end = new WireEnd(stream, pieceCount, {
      onHandshake: (handshake) => this.#theirs.resolve(handshake),
      onMessage: (message) => {
        this.seen.push(message.kind)
        // Blocks fill memory in long scripts; whoever wants them takes them.
        if (this.inbox.length < 100_000) this.inbox.push(message)
        this.#wake?.()
      },
      onOver: (how) => {
        this.#over = how
        this.#theirs.reject(new Error(`the connection was ${how.kind} before the handshake`))
        over.resolve(how)
        this.#wake?.()
      },
    })
    this.#theirs.promise.catch(() => undefined)
  }

  /** Connects to an address. */
  static async dial(
    network: Network,
    target: SocketAddress,
    pieceCount: number | null = null,
  ): Promise<ScriptedPeer> {
    return new ScriptedPeer(await network.dialer.dial(target, { learnedFrom: 'own' }), pieceCount)
  }

  /** Listens; every incoming connection becomes a peer of its own. */
  static listen(
    network: Network,
    at: SocketAddress,
    onPeer: (peer: ScriptedPeer) => void,
    pieceCount: number | null = null,
  ): Promise<Listening> {
    return network.listener.listen(at, (stream) => onPeer(new ScriptedPeer(stream, pieceCount)))
  }

  get isOver(): boolean {
    return this.#over !== null
  }

  /** Sends our handshake. */
  greet(infoHash: Uint8Array, features: Partial<HandshakeFeatures> = {}, name = 'script'): void {
    const reserved = { ...ALL_FEATURES, ...features }
    this.#end.sendHandshake({ infoHash, peerId: testPeerId(name), reserved })
  }

  /** Their handshake. Rejects when the connection ends without one. */
  get theirHandshake(): Promise<Handshake> {
    return this.#theirs.promise
  }

  send(...messages: readonly SendableMessage[]): void {
    this.#end.send(...messages)
  }

  /** Bytes as they are, whatever they mean. */
  sendRaw(...chunks: readonly Uint8Array[]): void {
    this.#end.sendRaw(...chunks)
  }

  /** The next message of a kind; those before it are dropped. Rejects when the connection ends first. */
  async expect<Kind extends WireMessage['kind']>(
    kind: Kind,
    fits: (message: MessageOf<Kind>) => boolean = () => true,
  ): Promise<MessageOf<Kind>> {
    const isWanted = (message: WireMessage): message is MessageOf<Kind> => message.kind === kind
    for (;;) {
      const message = this.inbox.shift()
      if (message !== undefined) {
        if (isWanted(message) && fits(message)) return message
        continue
      }
      if (this.#over !== null) throw new Error(`${this.#over.kind} instead of ${kind}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Stops reading: what the other side sends piles up on its side. */
  pause(): void {
    this.#end.stream.pause()
  }

  resume(): void {
    this.#end.stream.resume()
  }

  /** Ends the connection in good order. */
  close(): void {
    this.#end.stream.close()
  }

  destroy(): void {
    this.#end.destroy()
  }
}

/** Asks for every block of a piece, as an honest downloader does. */
export function requestsOf(piece: number, pieceLength: number): MessageOf<'request'>[] {
  const requests: MessageOf<'request'>[] = []
  for (let begin = 0; begin < pieceLength; begin += LIMITS.blockBytes) {
    const length = Math.min(LIMITS.blockBytes, pieceLength - begin)
    requests.push({ kind: 'request', piece, begin, length })
  }
  return requests
}
