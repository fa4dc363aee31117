import { MINUTE_MS, SECOND_MS } from '@matinee/base'
import { addressBlock } from './address-block.ts'

/** Messages of one address that are read in a second (threats.md T6). */
const MOST_PER_SECOND = 5
/** Who sends so many in {@link SPAM_WINDOW_MS} is not heard for {@link BLOCKED_MS} (T5). */
const SPAM_MESSAGES = 100
const SPAM_WINDOW_MS = 10 * SECOND_MS
const BLOCKED_MS = 5 * MINUTE_MS
/** Addresses remembered; of more the longest known are forgotten. */
const MOST_SENDERS = 5000

interface Sender {
  secondMs: number
  inSecond: number
  windowMs: number
  inWindow: number
  blockedUntilMs: number
}

/** How often strangers are heard: a few times a second each, and spammers not at all. An IPv6 /64 is one of them. */
export class SenderPace {
  readonly #senders = new Map<string, Sender>()

  /** Whether a message of this address may be read. Counts it. */
  mayHear(host: string, nowMs: number): boolean {
    const key = (host.includes(':') ? addressBlock(host) : null) ?? host
    const sender = this.#senders.get(key) ?? this.#enter(key, nowMs)
    if (nowMs < sender.blockedUntilMs) return false
    if (nowMs - sender.windowMs >= SPAM_WINDOW_MS) {
      sender.windowMs = nowMs
      sender.inWindow = 0
    }
    if (++sender.inWindow > SPAM_MESSAGES) {
      sender.blockedUntilMs = nowMs + BLOCKED_MS
      return false
    }
    if (nowMs - sender.secondMs >= SECOND_MS) {
      sender.secondMs = nowMs
      sender.inSecond = 0
    }
    return ++sender.inSecond <= MOST_PER_SECOND
  }

  #enter(key: string, nowMs: number): Sender {
    const [oldest] = this.#senders.keys()
    if (this.#senders.size >= MOST_SENDERS && oldest !== undefined) this.#senders.delete(oldest)
    const fresh = { secondMs: nowMs, inSecond: 0, windowMs: nowMs, inWindow: 0, blockedUntilMs: 0 }
    this.#senders.set(key, fresh)
    return fresh
  }
}
