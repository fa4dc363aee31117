import { SECOND_MS } from '@matinee/base'
import type { SourceId } from '../pick/block-source.ts'

/** How often who is served is thought over (BEP 3). */
export const RECHOKE_EVERY_MS = 10 * SECOND_MS
/** The slot for newcomers passes on after so long (BEP 3). */
const OPTIMISTIC_MS = 30 * SECOND_MS
/** Where we only give, a turn ends after so many bytes, if others wait. */
const TURN_BYTES = 8 * 1024 * 1024

/** A peer, as far as it matters for who is served. */
export interface ChokeFacts {
  readonly id: SourceId
  readonly isInterested: boolean
  readonly isUnchoked: boolean
  /** Payload that came from it since the last look. */
  readonly gaveBytes: number
  /** Payload that it got in this turn: since it was unchoked. */
  readonly turnBytes: number
  /** When its turn ended, or when it came. */
  readonly servedMs: number
}

/** The slot for newcomers: whoever has it is served although others give us more. */
export interface OptimisticSlot {
  readonly id: SourceId | null
  readonly sinceMs: number
}

/** Who is served from now on. */
export interface ChokePlan {
  readonly unchoked: ReadonlySet<SourceId>
  readonly optimistic: OptimisticSlot
}

/** What a plan is made from. */
export interface ChokeWorld {
  readonly peers: readonly ChokeFacts[]
  /** Peers served at the same time, the newcomer included; 0 = nobody. */
  readonly slots: number
  /** Whether we want something ourselves: then those who give to us are served first. */
  readonly isFetching: boolean
  readonly optimistic: OptimisticSlot
  readonly nowMs: number
}

/**
 * Tit for tat with one slot for newcomers (BEP 3) while we fetch; turns by need when we only give: who has waited
 * longest comes next, and nobody loses a turn while nobody else waits.
 */
export function planChokes(world: ChokeWorld): ChokePlan {
  const { slots, nowMs } = world
  const interested = world.peers.filter(({ isInterested }) => isInterested)
  if (slots === 0) return { unchoked: new Set(), optimistic: { id: null, sinceMs: nowMs } }
  const ranked = interested.toSorted(world.isFetching ? byGift : byNeed)
  if (interested.length <= slots)
    return { unchoked: idsOf(interested), optimistic: { id: null, sinceMs: nowMs } }
  const regular = ranked.slice(0, slots - 1)
  const others = ranked.slice(slots - 1)
  const { optimistic } = world
  const isTimeUp = nowMs - optimistic.sinceMs >= OPTIMISTIC_MS
  if (!isTimeUp && others.some(({ id }) => id === optimistic.id))
    return { unchoked: idsOf(regular).add(optimistic.id ?? -1), optimistic }
  const [newcomer] = others
    .filter(({ isUnchoked }) => !isUnchoked)
    .toSorted((a, b) => a.servedMs - b.servedMs)
  const next = newcomer ?? others[0]
  const unchoked = idsOf(regular)
  if (next) unchoked.add(next.id)
  return { unchoked, optimistic: { id: next?.id ?? null, sinceMs: nowMs } }
}

/** Most given first; who is being served stays where nothing else speaks. */
function byGift(a: ChokeFacts, b: ChokeFacts): number {
  return (
    b.gaveBytes - a.gaveBytes ||
    Number(b.isUnchoked) - Number(a.isUnchoked) ||
    a.servedMs - b.servedMs
  )
}

/** Whose turn isn't over, then who has waited longest. */
function byNeed(a: ChokeFacts, b: ChokeFacts): number {
  return Number(isInTurn(b)) - Number(isInTurn(a)) || waitedSince(a) - waitedSince(b)
}

function isInTurn({ isUnchoked, turnBytes }: ChokeFacts): boolean {
  return isUnchoked && turnBytes < TURN_BYTES
}

/** Those whose turn is over stand at the end of the queue. */
function waitedSince({ isUnchoked, servedMs }: ChokeFacts): number {
  return isUnchoked ? Number.POSITIVE_INFINITY : servedMs
}

function idsOf(peers: readonly ChokeFacts[]): Set<SourceId> {
  return new Set(peers.map(({ id }) => id))
}
