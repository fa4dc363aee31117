import {
  addressKey,
  type Clock,
  type DatagramSocket,
  type Hash,
  type LearnedFrom,
  LIMITS,
  type Log,
  type Network,
  type Random,
  SECOND_MS,
  type SocketAddress,
  TokenBucket,
} from '@matinee/base'
import {
  DhtError,
  createSecureId,
  decodeDhtMessage,
  encodeDhtAnswer,
  encodeDhtFailure,
  isSecureId,
  type AddressFamily,
  type DhtAnswer,
  type DhtContact,
  type DhtMessage,
  type DhtQuery,
  type DhtQueryMessage,
} from '@matinee/protocol'
import { NodeTable } from './node-table.ts'
import { OwnAddress } from './own-address.ts'
import { Rpc, type AskEvents } from './rpc.ts'
import type { Responder } from './responder.ts'
import { SenderPace } from './sender-pace.ts'

const ANSWER_BURST_MS = SECOND_MS / 3
/** Nodes who asked us are asked back at most so often. */
const GREET_EVERY_MS = 1 * SECOND_MS
/** A ping with its wants. */
const PING_BYTES = 90

/** What a node needs of its surroundings. */
export interface DhtNodeParts {
  readonly family: AddressFamily
  readonly network: Network
  readonly clock: Clock
  readonly random: Random
  readonly hash: Hash
  readonly log: Log
  readonly responder: Responder
  /** 20 bytes. */
  readonly ownId: Uint8Array
  /** BEP 43: asks, and answers nobody. */
  readonly isReadOnly: boolean
  /** Families whose nodes we want to hear of (BEP 32). */
  readonly wants: readonly AddressFamily[]
  /** Nodes of the other family were told of. */
  readonly onOthers: (contacts: readonly DhtContact[]) => void
}

/**
 * Our node in the DHT of one address family: asks, answers, and knows its neighbours. Strangers' questions
 * are answered at a pace, and what is large goes only where somebody has shown that he is.
 */
export class DhtNode {
  readonly family: AddressFamily
  readonly #parts: DhtNodeParts
  readonly #rpc: Rpc
  readonly #pace = new SenderPace()
  readonly #answers = new TokenBucket(ANSWER_BURST_MS)
  readonly #ownAddress = new OwnAddress()
  readonly #held = new Set<string>()
  #table: NodeTable
  #socket: DatagramSocket | null = null
  #greetedMs = -Infinity
  #isClosed = false

  constructor(parts: DhtNodeParts) {
    const { clock, random } = parts
    this.family = parts.family
    this.#parts = parts
    this.#answers.limit(LIMITS.dhtAnswerBytesPerSecond, clock.nowMs())
    this.#table = new NodeTable(parts.ownId)
    this.#rpc = new Rpc({ clock, random, send: (bytes, to) => this.#send(bytes, to, 'dht') })
  }

  /** Opens the socket. Throws NetworkError. */
  async bind(at: SocketAddress): Promise<void> {
    const socket = await this.#parts.network.datagrams.bind(at, (bytes, from) =>
      this.#onDatagram(bytes, from),
    )
    if (this.#isClosed) await socket.close()
    else this.#socket = socket
  }

  get table(): NodeTable {
    return this.#table
  }

  get ownId(): Uint8Array {
    return this.#table.ownId
  }

  /** `null` until it is bound. */
  get port(): number | null {
    return this.#socket?.address.port ?? null
  }

  /** Our address as most others see it; `null` = not known yet. */
  get seenAs(): string | null {
    return this.#ownAddress.host
  }

  /** Asks a node. Who answers is known from then on. */
  ask(to: SocketAddress, query: DhtQuery, events: AskEvents): void {
    if (this.#isClosed || (to.host.includes(':') ? 'ipv6' : 'ipv4') !== this.family) {
      queueMicrotask(() => events.onOutcome({ kind: 'lost' }))
      return
    }
    const { isReadOnly, wants } = this.#parts
    this.#rpc.ask(
      to,
      { senderId: this.ownId, isReadOnly, wants, query },
      {
        onSlow: () => events.onSlow?.(),
        onOutcome: (outcome) => {
          if (outcome.kind === 'answered') this.#learn(to, outcome.answer, outcome.seenAs)
          else if (outcome.kind === 'lost') this.#table.lost(to)
          events.onOutcome(outcome)
        },
      },
    )
  }

  /** Asks an address whether a node is there. */
  greet(address: SocketAddress): void {
    this.ask(address, { kind: 'ping' }, { onOutcome: () => {} })
  }

  /** Looks after its neighbours: asks those that were silent for long. */
  tick(nowMs: number): void {
    for (const node of this.#table.stale(2, nowMs)) this.greet(node.address)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#rpc.close()
    await this.#socket?.close()
  }

  #learn(from: SocketAddress, answer: DhtAnswer, seenAs: SocketAddress | null): void {
    const nowMs = this.#parts.clock.nowMs()
    this.#table.answered({ id: answer.senderId, address: from }, nowMs)
    const others = answer.nodes.filter(
      ({ address }) => address.host.includes(':') !== (this.family === 'ipv6'),
    )
    if (others.length > 0) this.#parts.onOthers(others)
    if (seenAs && this.#ownAddress.heard(seenAs.host, from.host)) this.#settle(seenAs.host)
  }

  /** BEP 42: our id belongs to our address. Our neighbours are new then. */
  #settle(host: string): void {
    if (isSecureId(this.ownId, host)) return
    const { clock, random, log } = this.#parts
    log.info('dht id follows address', { family: this.family })
    const known = [...this.#table.nodes()]
    this.#table = new NodeTable(createSecureId(host, random.bytes(20)))
    for (const node of known) this.#table.answered(node, clock.nowMs())
  }

  #onDatagram(bytes: Uint8Array, from: SocketAddress): void {
    const message = this.#decode(bytes)
    if (message === null) return
    if (message.kind === 'answer' || message.kind === 'failure') {
      this.#rpc.received(message, from)
      return
    }
    const nowMs = this.#parts.clock.nowMs()
    if (this.#parts.isReadOnly || !this.#pace.mayHear(from, nowMs)) return
    if (message.kind === 'query') this.#answer(message, from, nowMs)
    else {
      const { transaction, code } = message
      const text = code === 204 ? 'method unknown' : 'protocol error'
      this.#reply(encodeDhtFailure({ transaction, code, text }), from, nowMs)
    }
  }

  #decode(bytes: Uint8Array): DhtMessage | null {
    try {
      return decodeDhtMessage(bytes)
    } catch (error) {
      if (error instanceof DhtError) return null
      throw error
    }
  }

  #answer(message: DhtQueryMessage, from: SocketAddress, nowMs: number): void {
    const { transaction } = message
    const reply = this.#parts.responder.reply(message, from, this.ownId, nowMs)
    if (reply.kind === 'failure') {
      this.#reply(encodeDhtFailure({ transaction, ...reply }), from, nowMs)
      return
    }
    const write = (answer: DhtAnswer): Uint8Array =>
      encodeDhtAnswer({ transaction, seenAs: from, answer })
    const { small, whole } = reply
    if (whole !== null && !message.isReadOnly && this.#held.size < LIMITS.dhtHeldNodes) {
      this.#replyToProved(write(whole), from)
      return
    }
    this.#reply(write(small), from, nowMs)
    this.#meet(message, from, nowMs)
  }

  /** A large answer waits until its asker has answered a question of ours: nobody else gets it in his name. */
  #replyToProved(bytes: Uint8Array, from: SocketAddress): void {
    const key = addressKey(from)
    if (this.#held.has(key) || !this.#mayProvoke()) return
    this.#held.add(key)
    const onOutcome: AskEvents['onOutcome'] = ({ kind }) => {
      this.#held.delete(key)
      if (kind !== 'lost') this.#reply(bytes, from, this.#parts.clock.nowMs())
    }
    this.ask(from, { kind: 'ping' }, { onOutcome })
  }

  /** Who asks us may be a neighbour; whether he is there shows when he is asked. */
  #meet({ isReadOnly, senderId }: DhtQueryMessage, address: SocketAddress, nowMs: number): void {
    const isDue = nowMs - this.#greetedMs >= GREET_EVERY_MS
    if (isReadOnly || !isDue || !this.#table.hasRoomFor({ id: senderId, address }, nowMs)) return
    if (!this.#mayProvoke()) return
    this.#greetedMs = nowMs
    this.greet(address)
  }

  /** A question that a stranger's datagram makes us ask costs what an answer does. */
  #mayProvoke(): boolean {
    return this.#answers.take(PING_BYTES, this.#parts.clock.nowMs())
  }

  #reply(bytes: Uint8Array, to: SocketAddress, nowMs: number): void {
    if (this.#answers.take(bytes.length, nowMs)) this.#send(bytes, to, 'incoming')
  }

  #send(bytes: Uint8Array, to: SocketAddress, learnedFrom: LearnedFrom): void {
    this.#socket?.send(bytes, to, learnedFrom)
  }
}
