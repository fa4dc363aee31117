import { once } from 'node:events'
import type { Duplex } from 'node:stream'
import {
  messageOf,
  NetworkError,
  SECOND_MS,
  type ByteStream,
  type Clock,
  type DatagramSocket,
  type Listening,
  type Log,
  type Network,
  type SocketAddress,
} from '@matinee/base'
import { secureShared, streamDuplex } from '@matinee/net'
import { RequestPace } from '../remote/request-pace.ts'
import { SESSION_MS } from './link-dialer.ts'
import { MARK_BYTES, NONCE_BYTES, otherSide } from './link-keys.ts'
import type { LinkPlaces } from './link-places.ts'
import { MessageStream } from './message-stream.ts'
import { entryMarked, type RingEntry } from './ring.ts'
import { QUESTION_BYTES, encodeHere } from './where-message.ts'

const FIRST_WORD_BYTES = NONCE_BYTES + MARK_BYTES
const FIRST_WORD_MS = 5 * SECOND_MS
const PROOF_MS = 6 * SECOND_MS
/** At one time: as many as there may be links, with room for strangers who say nothing. */
const MAX_CONNECTIONS = 24
const MAX_FROM_ONE = 4
/** Connections of one address, whoever it is: a burst, then one each five seconds. */
const [PER_SECOND, AT_ONCE] = [0.2, 12]
/** Questions of one address. */
const [ASKED_PER_SECOND, ASKED_AT_ONCE] = [2, 30]

/** What is listened with. */
export interface LinkListenerParts {
  readonly network: Network
  readonly clock: Clock
  readonly log: Log
  readonly places: LinkPlaces
  readonly hosts: readonly string[]
  /** Asked each time: who may come changes. */
  readonly ring: () => readonly RingEntry[]
  /** Somebody proved to be who `entry` is for. */
  readonly onOther: (
    entry: RingEntry,
    messages: MessageStream,
    remote: SocketAddress,
  ) => Promise<void>
}

/**
 * Where linked computers reach this one (L11): on its addresses in the home network, for addresses of home networks alone. Whoever
 * doesn't begin with the mark of a link gets not a byte, and whoever begins with one has to prove its key.
 */
export class LinkListener implements AsyncDisposable {
  readonly #parts: LinkListenerParts
  readonly #pace = new RequestPace(PER_SECOND, AT_ONCE)
  readonly #askPace = new RequestPace(ASKED_PER_SECOND, ASKED_AT_ONCE)
  readonly #open = new Set<{ readonly host: string; readonly connection: Duplex }>()
  #listening: readonly Listening[] = []
  #socket: DatagramSocket | null = null

  private constructor(parts: LinkListenerParts) {
    this.#parts = parts
  }

  /** Throws `NetworkError` when no port is free. */
  static async open(parts: LinkListenerParts): Promise<LinkListener> {
    const listener = new LinkListener(parts)
    await listener.#listen()
    await listener.#hear()
    return listener
  }

  get hosts(): readonly string[] {
    return this.#parts.hosts
  }

  /** One on all addresses; whoever was told one finds the others. */
  get port(): number {
    return this.#listening[0]?.address.port ?? 0
  }

  /** Ends every connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const { connection } of this.#open) connection.destroy()
    await Promise.all([...this.#listening.map((each) => each.close()), this.#socket?.close()])
  }

  async #listen(): Promise<void> {
    const { network, places, hosts } = this.#parts
    for (const [at, port] of places.ports.entries()) {
      const opened: Listening[] = []
      try {
        for (const host of hosts) {
          const same = opened[0]?.address.port ?? port
          opened.push(
            await network.listener.listen({ host, port: same }, (stream) => this.#greet(stream)),
          )
        }
        this.#listening = opened
        return
      } catch (error) {
        for (const each of opened) await each.close()
        const isTaken = error instanceof NetworkError && error.code === 'address-in-use'
        if (!isTaken || at === places.ports.length - 1) throw error
      }
    }
  }

  /** Without it others still come to where this computer was last, or to an address that somebody typed. */
  async #hear(): Promise<void> {
    const { network, places, hosts, log } = this.#parts
    try {
      this.#socket = await network.datagrams.bind(
        places.hear,
        (bytes, from) => this.#answer(bytes, from),
        places.group?.(hosts),
      )
    } catch (error) {
      log.warn('linked computers not heard', { reason: messageOf(error) })
    }
  }

  #answer(bytes: Uint8Array, from: SocketAddress): void {
    const { places, clock, ring } = this.#parts
    if (bytes.length !== QUESTION_BYTES || !places.mayBeOther(from.host)) return
    if (!this.#askPace.allows(from.host, clock.nowMs())) return
    const entry = entryMarked(ring(), bytes, 'where')
    if (entry !== null) this.#socket?.send(encodeHere(entry, bytes, this.port), from, 'lan')
  }

  #greet(stream: ByteStream): void {
    const { places, clock, log } = this.#parts
    const { host } = stream.remote
    const fromThere = [...this.#open].filter((each) => each.host === host).length
    if (
      !places.mayBeOther(host) ||
      this.#open.size >= MAX_CONNECTIONS ||
      fromThere >= MAX_FROM_ONE ||
      !this.#pace.allows(host, clock.nowMs())
    ) {
      stream.destroy()
      return
    }
    const held = { host, connection: streamDuplex(stream) }
    const { connection } = held
    this.#open.add(held)
    const deadline = clock.setTimer(SESSION_MS, () => void connection.destroy())
    connection.once('close', () => {
      deadline.cancel()
      this.#open.delete(held)
    })
    this.#talk(connection, stream.remote).catch((error: unknown) => {
      log.debug('linked computer not served', { reason: messageOf(error) })
      connection.destroy()
    })
  }

  async #talk(connection: Duplex, remote: SocketAddress): Promise<void> {
    const { clock, ring, onOther } = this.#parts
    const entry = entryMarked(ring(), await firstWord(connection, clock), 'dial')
    if (entry === null) {
      connection.destroy()
      return
    }
    const proved = await secureShared(connection, {
      key: entry.keys.dial[otherSide(entry.side)],
      side: 'listener',
      clock,
      timeoutMs: PROOF_MS,
    })
    const messages = new MessageStream(proved)
    try {
      await onOther(entry, messages, remote)
    } finally {
      messages.end()
    }
  }
}

/** The first bytes that somebody says; what follows stays for whoever reads next. Throws when there are fewer, or none in time. */
async function firstWord(connection: Duplex, clock: Clock): Promise<Uint8Array> {
  const late = clock.setTimer(FIRST_WORD_MS, () => void connection.destroy(new Error('silence')))
  try {
    for (;;) {
      const bytes: unknown = connection.read(FIRST_WORD_BYTES)
      if (bytes instanceof Uint8Array && bytes.length === FIRST_WORD_BYTES) return bytes
      if (connection.readableEnded || connection.destroyed || bytes !== null)
        throw new Error('ended too soon')
      await Promise.race([once(connection, 'readable'), once(connection, 'close')])
    }
  } finally {
    late.cancel()
  }
}
