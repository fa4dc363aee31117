import { SECOND_MS, type Clock } from '@matinee/base'
import { planShares, type ShareRank } from './share-plan.ts'

/** Shares are divided anew so often at most. */
const DIVIDE_EVERY_MS = SECOND_MS

/** What a torrent at work says of itself. */
export interface ShareFacts {
  readonly rank: ShareRank
  /** Connections that it could use. */
  readonly connections: number
  /** People who want something of it. */
  readonly uploads: number
  /** A film of it is about to stop for lack of data. */
  readonly isStarving: boolean
}

/** The part of a torrent in what the engine has. */
export interface Share {
  /** Connections that it may have; Infinity while there are enough for all. */
  connections(): number
  /** Peers that it may serve at the same time; Infinity while all can be served. */
  uploads(): number
  /** A film of any torrent is about to stop: whoever only gives waits for it. */
  isAnyStarving(): boolean
  /** The torrent is over. */
  leave(): void
}

interface Member {
  readonly facts: () => ShareFacts
  connections: number
  uploads: number
}

/** Divides the engine's connections and upload slots among the torrents that are at work. */
export class Shares {
  readonly #clock: Clock
  readonly #connections: number
  readonly #uploads: number
  readonly #members = new Set<Member>()
  #dividedMs = Number.NEGATIVE_INFINITY
  #isAnyStarving = false

  constructor(options: {
    readonly clock: Clock
    readonly maxConnections: number
    readonly maxUploads: number
  }) {
    this.#clock = options.clock
    this.#connections = options.maxConnections
    this.#uploads = options.maxUploads
  }

  /** A torrent begins to work. `facts` are asked about once a second. */
  join(facts: () => ShareFacts): Share {
    const member: Member = {
      facts,
      connections: Number.POSITIVE_INFINITY,
      uploads: Number.POSITIVE_INFINITY,
    }
    this.#members.add(member)
    this.#dividedMs = Number.NEGATIVE_INFINITY
    return {
      connections: () => {
        this.#divide()
        return member.connections
      },
      uploads: () => {
        this.#divide()
        return member.uploads
      },
      isAnyStarving: () => {
        this.#divide()
        return this.#isAnyStarving
      },
      leave: () => {
        this.#members.delete(member)
        this.#dividedMs = Number.NEGATIVE_INFINITY
      },
    }
  }

  #divide(): void {
    const nowMs = this.#clock.nowMs()
    if (nowMs - this.#dividedMs < DIVIDE_EVERY_MS) return
    this.#dividedMs = nowMs
    const members = [...this.#members]
    const facts = members.map((member) => member.facts())
    this.#isAnyStarving = facts.some(({ isStarving }) => isStarving)
    const connections = dividedAmong(facts, this.#connections, (one) => one.connections)
    const uploads = dividedAmong(facts, this.#uploads, (one) => one.uploads)
    for (const [i, member] of members.entries()) {
      member.connections = connections?.[i] ?? Number.POSITIVE_INFINITY
      member.uploads = uploads?.[i] ?? Number.POSITIVE_INFINITY
    }
  }
}

/** `null` = there is enough for all. */
function dividedAmong(
  facts: readonly ShareFacts[],
  total: number,
  wantedOf: (one: ShareFacts) => number,
): readonly number[] | null {
  const wishes = facts.map((one) => ({ rank: one.rank, wanted: wantedOf(one) }))
  return wishes.reduce((sum, { wanted }) => sum + wanted, 0) > total
    ? planShares(wishes, total)
    : null
}
