import type { CalendarDate } from '../calendar-date.ts'
import { type Confidence, leastConfidence } from '../confidence.ts'
import { countCheckers, isFirstHand } from '../entry/evidence.ts'
import { type RightsEntry, holdsOn } from '../entry/rights-entry.ts'
import { licenceOf } from '../licence/licence.ts'
import { type Missing, type PlainMissing, missing } from '../missing.ts'
import { EVERYTHING, type Permissions, isAllowed } from '../permission.ts'
import { rightsStatementOf } from '../rights-statement.ts'
import type { TermStatus } from '../term/term-status.ts'
import { type Country, reaches } from '../territory.ts'

/** What one rights entry is worth in a place on a day. */
export type EntryWeight =
  | {
      readonly kind: 'grants'
      readonly entry: RightsEntry
      readonly permissions: Permissions
      readonly confidence: Confidence
      /** What would make it more certain. */
      readonly missing: readonly Missing[]
      /** The calculation that it rests on, if any. */
      readonly term: TermStatus | null
    }
  | {
      readonly kind: 'lacks'
      readonly entry: RightsEntry
      /** What keeps it from granting; never empty unless the term says `protected`. */
      readonly missing: readonly Missing[]
      readonly term: TermStatus | null
    }

/** What a basis alone comes to, before anybody asks who checked it. */
interface BasisWeight {
  readonly permissions: Permissions
  readonly lacks: readonly Missing[]
  readonly term: TermStatus | null
  /** The best confidence that this kind of basis can have. */
  readonly best: Confidence
  /** Public domain and permissions take two people (content-and-rights.md 3.5). */
  readonly needsTwo: boolean
}

/** Computes the term for an entry of a work; `null` where there is nothing to compute it from. */
export type TermLookup = (entry: RightsEntry, where: Country) => TermStatus | null

/**
 * Weighs an entry that reaches the place and denies nothing. It grants only when a person verified it on
 * evidence, it holds on the day, and its basis lets everybody pass copies on.
 */
export function weighEntry(
  entry: RightsEntry,
  where: Country | null,
  date: CalendarDate,
  termOf: TermLookup,
): EntryWeight {
  const basis = weighBasis(entry, where, termOf)
  const lacks: Missing[] = []
  const need = (isThere: boolean, kind: PlainMissing): void => {
    if (!isThere) lacks.push(missing(kind))
  }
  need(entry.verified, 'verification')
  need(entry.evidence.length > 0, 'evidence')
  need(entry.checks.length > 0, 'check')
  need(holdsOn(entry, date), 'validity')
  lacks.push(...basis.lacks)
  const { term } = basis
  const isFree = term === null || term.kind === 'public-domain'
  if (lacks.length === 0 && isFree && !isAllowed(basis.permissions.share)) {
    lacks.push(missing('permission-to-share'))
  }
  if (lacks.length > 0 || !isFree) return { kind: 'lacks', entry, missing: lacks, term }
  const { confidence, weak } = trust(entry, basis)
  return { kind: 'grants', entry, permissions: basis.permissions, confidence, missing: weak, term }
}

function weighBasis(entry: RightsEntry, where: Country | null, termOf: TermLookup): BasisWeight {
  const { basis } = entry
  switch (basis.kind) {
    case 'licence':
      return weighLicence(basis.licence)
    case 'submission': {
      const { terms } = basis
      if (terms.kind === 'licence') return weighLicence(terms.licence)
      const lacks = terms.sha256 === null ? [missing('permission-text')] : []
      return { permissions: terms.permissions, lacks, term: null, best: 'high', needsTwo: true }
    }
    case 'public-domain-term':
      return weighTerm(where === null ? null : termOf(entry, where), where)
    case 'public-domain-mark': {
      const lacks = basis.by === 'holder' ? [] : [missing('determination')]
      return { permissions: EVERYTHING, lacks, term: null, best: 'medium', needsTwo: true }
    }
    case 'rights-statement': {
      const statement = rightsStatementOf(basis.statement)
      const isEnough = statement?.conclusiveIn.some((scope) => reaches(scope, where)) ?? false
      return {
        permissions: statement?.permissions ?? EVERYTHING,
        lacks: isEnough ? [] : [missing('determination')],
        term: null,
        best: 'medium',
        needsTwo: true,
      }
    }
    case 'in-copyright':
    case 'disputed':
      return {
        permissions: EVERYTHING,
        lacks: [missing('determination')],
        term: null,
        best: 'low',
        needsTwo: true,
      }
  }
}

function weighLicence(id: string): BasisWeight {
  const licence = licenceOf(id)
  const isGrant = licence !== null && licence.kind !== 'mark'
  const lack = licence === null ? 'licence-terms' : 'determination'
  return {
    permissions: licence?.permissions ?? EVERYTHING,
    lacks: isGrant ? [] : [missing(lack)],
    term: null,
    best: 'high',
    needsTwo: false,
  }
}

function weighTerm(term: TermStatus | null, where: Country | null): BasisWeight {
  const common = { permissions: EVERYTHING, best: 'high', needsTwo: true } as const
  // No rule covers the whole world, so a term never makes a work free where the country isn't known.
  if (where === null) return { ...common, lacks: [missing('country')], term: null }
  if (term === null) return { ...common, lacks: [missing('term-facts')], term }
  if (term.kind === 'protected') return { ...common, lacks: [], term }
  if (term.kind === 'unknown') return { ...common, lacks: term.missing, term }
  // A verified entry can't make up for facts that nobody checked.
  if (term.confidence === 'low') return { ...common, lacks: term.missing, term }
  return { ...common, lacks: [], term, best: term.confidence }
}

function trust(
  entry: RightsEntry,
  basis: BasisWeight,
): { confidence: Confidence; weak: readonly Missing[] } {
  const weak: PlainMissing[] = []
  let confidence = basis.best
  const weaken = (to: Confidence, kind: PlainMissing): void => {
    confidence = leastConfidence(confidence, to)
    weak.push(kind)
  }
  if (basis.needsTwo && countCheckers(entry.checks) < 2) weaken('medium', 'second-check')
  if (!entry.evidence.some((evidence) => evidence.sha256 !== null)) weaken('medium', 'snapshot')
  // A term is computed from facts with sources of their own; nobody's word decides it.
  const isComputed = basis.term !== null
  if (!isComputed && !entry.evidence.some(isFirstHand)) weaken('low', 'first-hand-evidence')
  return { confidence, weak: weak.map((kind) => missing(kind)) }
}
