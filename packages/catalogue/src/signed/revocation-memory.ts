import type { WorkId } from '../name/id.ts'
import { EFFECTS, type Effect, type Revocation } from './revocation.ts'
import type { RoleName } from './role-name.ts'

/** The newest decision of one authority of a feed about one work. */
export interface Decision {
  /** The publisher, or the curator whose work it is. */
  readonly authority: RoleName
  readonly revocation: Revocation
}

/**
 * Every decision of a feed that a reader has ever seen, the newest of each authority about each work. It's kept beside the
 * feed's files and through every change of keys: what was seen once is lifted by a higher serial only (feed-format 14.4).
 */
export type RevocationMemory = readonly Decision[]

/** What of a work remains. */
export interface Standing {
  readonly isOffered: boolean
  /** Whether a copy that is here may be played. */
  readonly isPlayed: boolean
  readonly isSeeded: boolean
}

const WHOLE: Standing = { isOffered: true, isPlayed: true, isSeeded: true }
const STANDINGS: Readonly<Record<Effect, Standing>> = {
  delisted: { isOffered: false, isPlayed: true, isSeeded: true },
  unshared: { isOffered: false, isPlayed: true, isSeeded: false },
  blocked: { isOffered: false, isPlayed: false, isSeeded: false },
}

/**
 * Adds what one authority of a feed says now (feed-format 14.4). What it says of works that it may not admit is left out,
 * and so is what has no higher serial than what is remembered.
 */
export function rememberRevocations(
  memory: RevocationMemory,
  authority: RoleName,
  said: readonly Revocation[],
  mayAdmit: (work: WorkId) => boolean,
): RevocationMemory {
  const known = new Map(
    memory
      .filter((decision) => decision.authority === authority)
      .map((decision) => [decision.revocation.work, decision]),
  )
  for (const revocation of said) {
    const before = known.get(revocation.work)
    const isNewer = before === undefined || revocation.serial > before.revocation.serial
    if (isNewer && mayAdmit(revocation.work)) known.set(revocation.work, { authority, revocation })
  }
  return [...memory.filter((decision) => decision.authority !== authority), ...known.values()]
}

/** The decisions that hold about works of the feed itself, by work, the strongest first (feed-format 14.5). */
export function decisionsByWork(
  memory: RevocationMemory,
): ReadonlyMap<WorkId, readonly Decision[]> {
  const standing = memory.filter(({ revocation }) => revocation.state === 'revoked')
  return Map.groupBy(strongestFirst(standing), ({ revocation }) => revocation.work)
}

/** The same about one work. */
export function decisionsOn(memory: RevocationMemory, work: WorkId): readonly Decision[] {
  return (
    decisionsByWork(memory.filter(({ revocation }) => revocation.work === work)).get(work) ?? []
  )
}

/**
 * The decisions of another feed that are about the same work, known by hashes that both name (feed-format 14.6). They
 * inform; whether they act is the viewer's decision about that feed.
 *
 * @param hashes info-hashes and file roots of the record
 */
export function foreignDecisionsOn(
  memory: RevocationMemory,
  hashes: ReadonlySet<string>,
): readonly Decision[] {
  const about = memory.filter(
    ({ revocation }) =>
      revocation.state === 'revoked' && revocation.covers.some((hash) => hashes.has(hash)),
  )
  return strongestFirst(about)
}

/** What remains of a work under decisions that act. */
export function standingUnder(decisions: readonly Decision[]): Standing {
  const strongest = Math.max(-1, ...decisions.map(strength))
  const effect = EFFECTS[strongest]
  return effect === undefined ? WHOLE : STANDINGS[effect]
}

function strongestFirst(decisions: readonly Decision[]): readonly Decision[] {
  return decisions.toSorted((a, b) => strength(b) - strength(a))
}

function strength({ revocation }: Decision): number {
  return EFFECTS.indexOf(revocation.effect)
}
