import { HOUR_MS, type Clock } from '@matinee/base'
import { newSecret } from '../../session/secret.ts'

const MOST_OFFERS = 20
const OFFER_MS = HOUR_MS

/** What was found and shown, until the viewer has accepted it: the newest twenty, for an hour each. */
export class OfferBook<Found> {
  readonly #clock: Clock
  readonly #offers = new Map<string, { readonly found: Found; readonly sinceMs: number }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The name under which it's offered. */
  put(found: Found): string {
    const offer = newSecret()
    this.#offers.set(offer, { found, sinceMs: this.#clock.nowMs() })
    const [oldest] = this.#offers.keys()
    if (this.#offers.size > MOST_OFFERS && oldest !== undefined) this.#offers.delete(oldest)
    return offer
  }

  /** What was offered; null = nothing, or too long ago. */
  take(offer: string): Found | null {
    const kept = this.#offers.get(offer)
    if (kept === undefined || this.#clock.nowMs() - kept.sinceMs > OFFER_MS) return null
    return kept.found
  }
}
