import { LIMITS, SECOND_MS, addressKey, type SocketAddress } from '@matinee/base'
import { addressBlock } from './address-block.ts'

interface Sender {
  secondMs: number
  inSecond: number
  windowMs: number
  inWindow: number
  blockedUntilMs: number
}

/**
 * How often strangers are heard: a few times a second each, and spammers not at all. An IPv6 /64 is one of them; on
 * this machine and its network each port is.
 */
export class SenderPace {
  readonly #senders = new Map<string, Sender>()

  /** Whether a message of this address may be read. Counts it. */
  mayHear(from: SocketAddress, nowMs: number): boolean {
    const block = addressBlock(from.host)
    const isIpv6 = from.host.includes(':')
    const key = block === null ? addressKey(from) : isIpv6 ? block : from.host
    const sender = this.#senders.get(key) ?? this.#enter(key, nowMs)
    if (nowMs < sender.blockedUntilMs) return false
    if (nowMs - sender.windowMs >= LIMITS.dhtSpamWindowMs) {
      sender.windowMs = nowMs
      sender.inWindow = 0
    }
    if (++sender.inWindow > LIMITS.dhtSpamMessages) {
      sender.blockedUntilMs = nowMs + LIMITS.dhtBlockedMs
      return false
    }
    if (nowMs - sender.secondMs >= SECOND_MS) {
      sender.secondMs = nowMs
      sender.inSecond = 0
    }
    return ++sender.inSecond <= LIMITS.dhtAnswersPerSecond
  }

  #enter(key: string, nowMs: number): Sender {
    const [oldest] = this.#senders.keys()
    if (this.#senders.size >= LIMITS.dhtSenders && oldest !== undefined)
      this.#senders.delete(oldest)
    const fresh = { secondMs: nowMs, inSecond: 0, windowMs: nowMs, inWindow: 0, blockedUntilMs: 0 }
    this.#senders.set(key, fresh)
    return fresh
  }
}
