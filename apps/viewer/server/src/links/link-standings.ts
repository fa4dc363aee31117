import { MINUTE_MS } from '@matinee/base'
import type { LinkProblem } from '#api'

/** How a link does, as far as it isn't kept; times are the clock's `nowMs`. */
export interface LinkStanding {
  /** Since when something here isn't there; null = nothing that we know of. */
  changedMs: number | null
  /** When it was last tried; null = never yet. */
  triedMs: number | null
  problem: LinkProblem | null
  aheadMs: number
  /** Exchanges under way. */
  busy: number
}

/** How all links do, in memory. */
export class LinkStandings {
  readonly #standings = new Map<string, LinkStanding>()

  of(id: string): LinkStanding {
    const known = this.#standings.get(id)
    if (known !== undefined) return known
    const standing = { changedMs: null, triedMs: null, problem: null, aheadMs: 0, busy: 0 }
    this.#standings.set(id, standing)
    return standing
  }

  forget(id: string): void {
    this.#standings.delete(id)
  }
}

/** From how far apart two clocks decide what is later. */
const CLOCKS_APART_MS = 2 * MINUTE_MS

/** What a page says of two clocks: whole minutes, 0 = it doesn't matter. */
export function aheadMinutes(aheadMs: number): number {
  return Math.abs(aheadMs) < CLOCKS_APART_MS ? 0 : Math.round(aheadMs / MINUTE_MS)
}
