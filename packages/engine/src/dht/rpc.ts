import {
  LIMITS,
  MINUTE_MS,
  addressKey,
  toHex,
  type Clock,
  type Random,
  type SocketAddress,
  type Timer,
} from '@matinee/base'
import {
  encodeDhtQuery,
  type AddressFamily,
  type DhtAnswer,
  type DhtMessage,
  type DhtQuery,
} from '@matinee/protocol'
import { addressBlock } from './address-block.ts'
import { AnswerTime, LOST_AFTER_MS } from './answer-time.ts'
import { AskPace } from './ask-pace.ts'

/** What became of a question. */
export type AskOutcome =
  | { readonly kind: 'answered'; readonly answer: DhtAnswer; readonly seenAs: SocketAddress | null }
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'lost' }

/** Who asks is told of slowness at most once, of the outcome exactly once and never before `ask` returns. */
export interface AskEvents {
  onSlow?(): void
  onOutcome(outcome: AskOutcome): void
}

interface Waiting {
  readonly key: string
  readonly to: SocketAddress
  readonly events: AskEvents
  readonly bytes: Uint8Array
  /** When it was sent; until then when it was asked for. */
  sentMs: number
  isSent: boolean
  /** Its asker was told. */
  isSlow: boolean
  /** Tells of slowness, then of the loss. */
  timer: Timer
  /** Sends it when its address may be asked again. */
  wake: Timer | null
}

/** Questions to an address since its last answer. */
interface Silence {
  /** How many were sent. */
  count: number
  /** How many of them may still be answered. */
  out: number
  readonly sinceMs: number
  /** Those that wait until it has shown that somebody is there. */
  held: Waiting[]
}

/** Bytes by which an answer names its question: nobody who doesn't see the question guesses them. */
const TRANSACTION_BYTES = 4
const SILENCE_MS = 10 * MINUTE_MS

/** Questions of one node and their answers (KRPC, BEP 5). An answer counts only from the address that was asked. */
export class Rpc {
  readonly #clock: Clock
  readonly #random: Random
  readonly #send: (bytes: Uint8Array, to: SocketAddress) => void
  readonly #waiting = new Map<string, Waiting>()
  readonly #silent = new Map<string, Silence>()
  readonly #time = new AnswerTime()
  readonly #pace = new AskPace()

  constructor(parts: {
    readonly clock: Clock
    readonly random: Random
    readonly send: (bytes: Uint8Array, to: SocketAddress) => void
  }) {
    this.#clock = parts.clock
    this.#random = parts.random
    this.#send = parts.send
  }

  get waitingCount(): number {
    return this.#waiting.size
  }

  /**
   * Sends a question, unless too many are out or the address has been silent before: then it is lost at once. While
   * nobody knows yet whether the address answers, later questions wait for the first ones; and nobody is asked more
   * often than nodes are willing to hear.
   */
  ask(
    to: SocketAddress,
    question: {
      readonly senderId: Uint8Array
      readonly isReadOnly: boolean
      readonly wants: readonly AddressFamily[]
      readonly query: DhtQuery
    },
    events: AskEvents,
  ): void {
    const nowMs = this.#clock.nowMs()
    const transaction = this.#random.bytes(TRANSACTION_BYTES)
    const silence = this.#silenceOf(to, nowMs)
    if (this.#waiting.size >= LIMITS.dhtQuestions || (isAsked(silence) && silence.out === 0)) {
      queueMicrotask(() => events.onOutcome({ kind: 'lost' }))
      return
    }
    const waiting: Waiting = {
      key: keyOf(to, transaction),
      to,
      events,
      bytes: encodeDhtQuery({ transaction, ...question }),
      sentMs: nowMs,
      isSent: false,
      isSlow: false,
      timer: this.#clock.setTimer(this.#time.slowMs, () => this.#slow(waiting)),
      wake: null,
    }
    this.#waiting.set(waiting.key, waiting)
    this.#begin(waiting)
  }

  /** Takes an answer or a failure; false = nobody asked this address for it (threats.md T5). */
  received(
    message: Extract<DhtMessage, { kind: 'answer' | 'failure' }>,
    from: SocketAddress,
  ): boolean {
    const key = keyOf(from, message.transaction)
    const waiting = this.#waiting.get(key)
    if (!waiting?.isSent) return false
    this.#waiting.delete(key)
    waiting.timer.cancel()
    this.#time.note(this.#clock.nowMs() - waiting.sentMs)
    this.#heard(from)
    if (message.kind === 'failure')
      waiting.events.onOutcome({ kind: 'refused', code: message.code })
    else {
      const { answer, seenAs } = message
      waiting.events.onOutcome({ kind: 'answered', answer, seenAs })
    }
    return true
  }

  /** Every open question is lost. */
  close(): void {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { timer, wake, events } of all) {
      timer.cancel()
      wake?.cancel()
      events.onOutcome({ kind: 'lost' })
    }
  }

  /** Sends it as soon as it may be sent. */
  #begin(waiting: Waiting): void {
    const nowMs = this.#clock.nowMs()
    const silence = this.#silenceOf(waiting.to, nowMs)
    if (isAsked(silence)) {
      silence.held.push(waiting)
      return
    }
    const waitMs = this.#pace.take(silenceKey(waiting.to), nowMs)
    if (waitMs > 0) {
      waiting.wake = this.#clock.setTimer(waitMs, () => this.#begin(waiting))
      return
    }
    // Every question counts until an answer comes.
    silence.count++
    silence.out++
    waiting.isSent = true
    waiting.sentMs = nowMs
    if (waiting.isSlow) {
      waiting.timer.cancel()
      waiting.timer = this.#clock.setTimer(LOST_AFTER_MS, () => this.#lost(waiting))
    }
    this.#send(waiting.bytes, waiting.to)
  }

  #slow(waiting: Waiting): void {
    waiting.isSlow = true
    const leftMs = waiting.sentMs + LOST_AFTER_MS - this.#clock.nowMs()
    waiting.timer = this.#clock.setTimer(leftMs, () => this.#lost(waiting))
    waiting.events.onSlow?.()
  }

  #lost(waiting: Waiting): void {
    if (!this.#waiting.delete(waiting.key)) return
    waiting.timer.cancel()
    waiting.wake?.cancel()
    const silence = this.#silent.get(silenceKey(waiting.to))
    let held: readonly Waiting[] = []
    if (silence && waiting.isSent) {
      silence.out = Math.max(0, silence.out - 1)
      if (silence.out === 0) held = silence.held.splice(0)
    } else if (silence) silence.held = silence.held.filter((each) => each !== waiting)
    waiting.events.onOutcome({ kind: 'lost' })
    for (const each of held) this.#lost(each)
  }

  /** Somebody is there: what waited for that is asked now. */
  #heard(from: SocketAddress): void {
    const key = silenceKey(from)
    const held = this.#silent.get(key)?.held ?? []
    this.#silent.delete(key)
    for (const waiting of held) this.#begin(waiting)
  }

  #silenceOf(to: SocketAddress, nowMs: number): Silence {
    const key = silenceKey(to)
    const known = this.#silent.get(key)
    const isOver = known && known.out === 0 && nowMs - known.sinceMs >= SILENCE_MS
    if (known && !isOver) return known
    const fresh: Silence = { count: 0, out: 0, sinceMs: nowMs, held: [] }
    this.#silent.delete(key)
    this.#silent.set(key, fresh)
    const [oldest] = this.#silent.keys()
    if (this.#silent.size > LIMITS.dhtSilent && oldest !== undefined) this.#silent.delete(oldest)
    return fresh
  }
}

function isAsked({ count }: Silence): boolean {
  return count >= LIMITS.dhtQuestionsToSilent
}

function keyOf(address: SocketAddress, transaction: Uint8Array): string {
  return `${addressKey(address)} ${toHex(transaction)}`
}

/** On this machine and its network many nodes share an address. */
function silenceKey(to: SocketAddress): string {
  return addressBlock(to.host) === null ? addressKey(to) : to.host
}
