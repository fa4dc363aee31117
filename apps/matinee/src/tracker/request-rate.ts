import { MINUTE_MS } from '@matinee/base'
import { TRACKER_LIMITS } from './tracker-limits.ts'

/** Counts the requests of each IP address within a minute. Its memory has an end. */
export class RequestRate {
  readonly #counts = new Map<string, { startMs: number; requests: number }>()

  /** Counts one request; false = one too many. */
  allow(ip: string, nowMs: number): boolean {
    const known = this.#counts.get(ip)
    if (known && nowMs - known.startMs < MINUTE_MS) {
      known.requests++
      return known.requests <= TRACKER_LIMITS.requestsPerMinute
    }
    // Deleted first, so that the map's order is the order of their minutes.
    this.#counts.delete(ip)
    if (this.#counts.size >= TRACKER_LIMITS.countedIps) {
      const oldest = this.#counts.keys().next()
      if (oldest.done !== true) this.#counts.delete(oldest.value)
    }
    this.#counts.set(ip, { startMs: nowMs, requests: 1 })
    return true
  }

  /** Addresses that are remembered. */
  get size(): number {
    return this.#counts.size
  }
}
