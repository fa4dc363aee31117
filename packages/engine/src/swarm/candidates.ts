import { addressKey, LIMITS, SECOND_MS, type LearnedFrom, type SocketAddress } from '@matinee/base'

/** An address where a peer may be, and who named it. */
export interface KnownAddress {
  readonly address: SocketAddress
  readonly learnedFrom: LearnedFrom
}

/** An address with what trying it has taught. */
interface Candidate extends KnownAddress {
  /** A peer was there once. */
  hasAnswered: boolean
  state:
    | {
        readonly kind: 'idle'
        readonly sinceMs: number
        readonly fromMs: number
        readonly failures: number
      }
    | { readonly kind: 'busy'; readonly failures: number }
}

/** First wait after a failure; doubles up to {@link LIMITS.dialBackOffMs}. */
const FIRST_WAIT_MS = 5 * SECOND_MS
/** Longest waits while somebody watches and nobody is connected; where a peer was before, the network was away. */
const URGENT_WAIT_MS = 10 * SECOND_MS
const ANSWERED_WAIT_MS = SECOND_MS

/**
 * The addresses of one torrent that may be dialed, at most {@link LIMITS.candidates}. An address is
 * idle (until a time) or busy (being dialed, or connected). A banned host is neither dialed nor let in.
 */
export class Candidates {
  readonly #byAddress = new Map<string, Candidate>()
  readonly #bannedHosts = new Set<string>()

  /** Whether there is an address that was never dialed. */
  get hasUntried(): boolean {
    for (const { state } of this.#byAddress.values())
      if (state.kind === 'idle' && state.failures === 0) return true
    return false
  }

  get count(): number {
    return this.#byAddress.size
  }

  /** All of them, in the order they came. */
  get known(): readonly KnownAddress[] {
    return Array.from(this.#byAddress.values(), ({ address, learnedFrom }) => ({
      address,
      learnedFrom,
    }))
  }

  /** Addresses that have never failed: not tried, being tried, or connected. */
  get untriedCount(): number {
    let count = 0
    for (const candidate of this.#byAddress.values()) if (failuresOf(candidate) === 0) count++
    return count
  }

  /** True = it was new. A full list and a known address change nothing. */
  add(address: SocketAddress, learnedFrom: LearnedFrom): boolean {
    const key = addressKey(address)
    if (this.#bannedHosts.has(address.host) || this.#byAddress.has(key)) return false
    if (this.#byAddress.size >= LIMITS.candidates) return false
    const state = { kind: 'idle', sinceMs: 0, fromMs: 0, failures: 0 } as const
    this.#byAddress.set(key, { address, learnedFrom, hasAnswered: false, state })
    return true
  }

  /**
   * Up to `most` addresses to dial now, explicit ones first; they are busy from here on.
   *
   * @param isUrgent somebody watches and nobody is connected: who failed often is tried again soon
   */
  take(
    most: number,
    nowMs: number,
    isUrgent = false,
  ): readonly Pick<Candidate, 'address' | 'learnedFrom' | 'hasAnswered'>[] {
    const ready: Candidate[] = []
    for (const candidate of this.#byAddress.values()) {
      const { state } = candidate
      if (state.kind !== 'idle') continue
      const waitMs = candidate.hasAnswered ? ANSWERED_WAIT_MS : URGENT_WAIT_MS
      const urgentMs = isUrgent ? state.sinceMs + waitMs : Infinity
      if (Math.min(state.fromMs, urgentMs) <= nowMs) ready.push(candidate)
    }
    ready.sort((a, b) => failuresOf(a) - failuresOf(b) || trust(a) - trust(b))
    const taken = ready.slice(0, most)
    for (const candidate of taken)
      candidate.state = { kind: 'busy', failures: failuresOf(candidate) }
    return taken
  }

  /** The connection worked and has ended: it may be dialed again after a short wait. */
  ended(address: SocketAddress, nowMs: number): void {
    const candidate = this.#byAddress.get(addressKey(address))
    if (candidate?.state.kind !== 'busy') return
    candidate.hasAnswered = true
    candidate.state = { kind: 'idle', sinceMs: nowMs, fromMs: nowMs + FIRST_WAIT_MS, failures: 1 }
  }

  /** Dialing or the handshake failed. */
  failed(address: SocketAddress, nowMs: number): void {
    const candidate = this.#byAddress.get(addressKey(address))
    if (candidate?.state.kind !== 'busy') return
    const failures = candidate.state.failures + 1
    if (failures >= LIMITS.dialFailures && trust(candidate) > 1) {
      this.#byAddress.delete(addressKey(address))
      return
    }
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** (failures - 1), LIMITS.dialBackOffMs)
    candidate.state = { kind: 'idle', sinceMs: nowMs, fromMs: nowMs + waitMs, failures }
  }

  /** Sent wrong data or broke the protocol on purpose: never dialed again, never let in. */
  ban(host: string): void {
    this.#bannedHosts.add(host)
    for (const [key, candidate] of this.#byAddress)
      if (candidate.address.host === host) this.#byAddress.delete(key)
  }

  isBanned(host: string): boolean {
    return this.#bannedHosts.has(host)
  }
}

function failuresOf(candidate: Candidate): number {
  return candidate.state.failures
}

/** Explicit addresses before a stranger's word. */
function trust(candidate: Candidate): number {
  return candidate.learnedFrom === 'own' ? 0 : candidate.learnedFrom === 'user' ? 1 : 2
}
