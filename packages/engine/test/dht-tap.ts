import { addressKey, type SocketAddress } from '@matinee/base'
import {
  decodeDhtMessage,
  encodeDhtAnswer,
  encodeDhtQuery,
  type DhtAnswer,
  type DhtMessage,
  type DhtQuery,
} from '@matinee/protocol'
import { DhtCrowd, NODE_PORT, type CrowdNode } from './dht-crowd.ts'

/** Something that left a node. */
export interface SentDatagram {
  readonly to: SocketAddress
  readonly atMs: number
  readonly length: number
  readonly message: DhtMessage
}

/**
 * One node whose socket is in the test's hands: what it sends is kept, and datagrams come from whatever address
 * the test says, as they do from somebody who writes a false sender on them.
 */
export class DhtTap implements AsyncDisposable {
  readonly crowd: DhtCrowd
  readonly us: CrowdNode
  readonly sent: readonly SentDatagram[]
  readonly #onMessage: (bytes: Uint8Array, from: SocketAddress) => void

  private constructor(parts: {
    readonly crowd: DhtCrowd
    readonly us: CrowdNode
    readonly sent: readonly SentDatagram[]
    readonly onMessage: (bytes: Uint8Array, from: SocketAddress) => void
  }) {
    this.crowd = parts.crowd
    this.us = parts.us
    this.sent = parts.sent
    this.#onMessage = parts.onMessage
  }

  static async open(seed: string): Promise<DhtTap> {
    const crowd = await DhtCrowd.open({ seed, nodes: 0 })
    const host = crowd.host()
    let onMessage: (bytes: Uint8Array, from: SocketAddress) => void = () => {}
    const sent: SentDatagram[] = []
    host.network.datagrams.bind = async (at, hear) => {
      onMessage = hear
      return {
        address: { host: at.host, port: at.port },
        send: (bytes, to) => {
          const message = decodeDhtMessage(bytes)
          sent.push({ to, atMs: crowd.clock.nowMs(), length: bytes.length, message })
        },
        close: async () => {},
      }
    }
    const us = await crowd.node(host)
    return new DhtTap({ crowd, us, sent, onMessage })
  }

  /** A question comes from an address. */
  ask(query: DhtQuery, from: SocketAddress, isReadOnly = false): void {
    const transaction = new Uint8Array(2)
    const senderId = new Uint8Array(20).fill(0xab)
    this.#onMessage(encodeDhtQuery({ transaction, senderId, query, isReadOnly }), from)
  }

  /** An answer comes from an address. */
  answer(transaction: Uint8Array, from: SocketAddress, part: Partial<DhtAnswer> = {}): void {
    const answer = { senderId: new Uint8Array(20).fill(0xab), ...EMPTY_ANSWER, ...part }
    this.#onMessage(encodeDhtAnswer({ transaction, seenAs: this.us.address, answer }), from)
  }

  /** What was sent to an address. */
  sentTo(address: SocketAddress): SentDatagram[] {
    return this.sent.filter(({ to }) => addressKey(to) === addressKey(address))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.crowd[Symbol.asyncDispose]()
  }
}

/** The `i`-th of many addresses, each in a network of its own. */
export function strangerAt(i: number): SocketAddress {
  return { host: `${100 + (i >> 16)}.${(i >> 8) & 0xff}.${i & 0xff}.9`, port: NODE_PORT }
}

/** An answer that says nothing. */
export const EMPTY_ANSWER = { nodes: [], peers: [], token: null, item: null } as const
