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
  readonly to: SocketAddress
  readonly sentMs: number
  readonly events: AskEvents
  timer: Timer
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
  readonly #silent = new Map<string, { count: number; sinceMs: number }>()
  readonly #time = new AnswerTime()

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

  /** Sends a question, unless too many are out or the address has been silent before: then it is lost at once. */
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
    const key = keyOf(to, transaction)
    if (this.#waiting.size >= LIMITS.dhtQuestions || !this.#mayAsk(to, nowMs)) {
      queueMicrotask(() => events.onOutcome({ kind: 'lost' }))
      return
    }
    const slowMs = this.#time.slowMs
    const waiting: Waiting = {
      to,
      sentMs: nowMs,
      events,
      timer: this.#clock.setTimer(slowMs, () => {
        waiting.timer = this.#clock.setTimer(LOST_AFTER_MS - slowMs, () => {
          this.#waiting.delete(key)
          events.onOutcome({ kind: 'lost' })
        })
        events.onSlow?.()
      }),
    }
    this.#waiting.set(key, waiting)
    this.#noteSilence(to, nowMs)
    this.#send(encodeDhtQuery({ transaction, ...question }), to)
  }

  /** Takes an answer or a failure; false = nobody asked this address for it (threats.md T5). */
  received(
    message: Extract<DhtMessage, { kind: 'answer' | 'failure' }>,
    from: SocketAddress,
  ): boolean {
    const key = keyOf(from, message.transaction)
    const waiting = this.#waiting.get(key)
    if (!waiting) return false
    this.#waiting.delete(key)
    waiting.timer.cancel()
    this.#silent.delete(silenceKey(from))
    this.#time.note(this.#clock.nowMs() - waiting.sentMs)
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
    for (const { timer, events } of all) {
      timer.cancel()
      events.onOutcome({ kind: 'lost' })
    }
  }

  #mayAsk(to: SocketAddress, nowMs: number): boolean {
    const silence = this.#silent.get(silenceKey(to))
    if (!silence || silence.count < LIMITS.dhtQuestionsToSilent) return true
    if (nowMs - silence.sinceMs < SILENCE_MS) return false
    this.#silent.delete(silenceKey(to))
    return true
  }

  /** Every question counts until an answer comes. */
  #noteSilence(to: SocketAddress, nowMs: number): void {
    const key = silenceKey(to)
    const silence = this.#silent.get(key) ?? { count: 0, sinceMs: nowMs }
    silence.count++
    this.#silent.set(key, silence)
    const [oldest] = this.#silent.keys()
    if (this.#silent.size > LIMITS.dhtSilent && oldest !== undefined) this.#silent.delete(oldest)
  }
}

function keyOf(address: SocketAddress, transaction: Uint8Array): string {
  return `${addressKey(address)} ${toHex(transaction)}`
}

/** On this machine and its network many nodes share an address. */
function silenceKey(to: SocketAddress): string {
  return addressBlock(to.host) === null ? addressKey(to) : to.host
}
