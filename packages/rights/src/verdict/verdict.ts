import type { CalendarDate } from '../calendar-date.ts'
import { type Confidence, leastConfidence } from '../confidence.ts'
import {
  type Component,
  type RightsEntry,
  entriesCovering,
  entryReaches,
  holdsOn,
  isDenial,
  scopeOf,
} from '../entry/rights-entry.ts'
import { type Missing, distinctMissing, missing } from '../missing.ts'
import { type Permissions, bothPermissions } from '../permission.ts'
import type { TermFacts } from '../term/term-facts.ts'
import { type TermStatus, partStatus, termStatus } from '../term/term-status.ts'
import type { Country, Scope } from '../territory.ts'
import { type EntryWeight, type TermLookup, weighEntry } from './entry-weight.ts'
import type { Withdrawal } from './withdrawal.ts'

/** What a verdict is given about a work; all of it from one feed. */
export interface RightsWork {
  /** In the curator's order: of several that grant, the first is the basis. */
  readonly entries: readonly RightsEntry[]
  /** What terms are computed from, or `null`. */
  readonly term: TermFacts | null
  /**
   * Hashes of the release in question, as `covers` of the entries names them. Empty = the work in
   * general: then only entries about every edition count.
   */
  readonly releaseHashes: readonly string[]
  readonly withdrawal: Withdrawal | null
}

/** A yes, and why. */
export interface Offered {
  readonly kind: 'offered'
  /** Where the viewer is; `null` = not known, and the work is free worldwide. */
  readonly territory: Country | null
  /** How far the entry that grants it reaches. */
  readonly scope: Scope
  /** The verified entry of the film itself. */
  readonly entry: RightsEntry
  /** What one may do with film, music and story together. */
  readonly permissions: Permissions
  readonly confidence: Confidence
  /** What would make it more certain. */
  readonly missing: readonly Missing[]
  /** The calculation that the film's entry rests on, if any. */
  readonly term: TermStatus | null
}

/** Why not. */
export type Refusal =
  /** The feed took it back. */
  | { readonly kind: 'withdrawn'; readonly withdrawal: Withdrawal }
  /** An entry says that it isn't free there, or that it's disputed. */
  | { readonly kind: 'denied'; readonly entry: RightsEntry }
  /** Its protection lasts until this day at least; `null` = no end is known. */
  | { readonly kind: 'protected'; readonly until: CalendarDate | null }
  /** Nobody has shown that it's free there. */
  | { readonly kind: 'unproven' }

/** A no, and what would have to be found out. */
export interface NotOffered {
  readonly kind: 'not-offered'
  readonly territory: Country | null
  /** The part that it failed on. */
  readonly component: Component
  readonly refusal: Refusal
  readonly missing: readonly Missing[]
}

/** Whether a work may be offered to a viewer. */
export type Verdict = Offered | NotOffered

const PARTS = ['underlying', 'music'] as const
type Part = (typeof PARTS)[number]

/**
 * Whether a work may be offered to a viewer in a territory on a day.
 *
 * The film needs a verified entry that reaches the territory; so do music and underlying work where the
 * record has entries for them. Without a verified entry nothing is offered, and a denial of any of the
 * three stops it, whoever wrote it. With `null` for the territory (the viewer didn't say) only what is free worldwide is offered.
 */
export function verdict(work: RightsWork, territory: Country | null, date: CalendarDate): Verdict {
  const { withdrawal } = work
  if (withdrawal !== null && withdrawal.on <= date) {
    const refusal: Refusal = { kind: 'withdrawn', withdrawal }
    return { kind: 'not-offered', territory, component: 'film', refusal, missing: [] }
  }
  const film = componentVerdict(work, 'film', territory, date)
  if (film.kind === 'not-offered') return film
  let whole = film
  const denied = deniedPart(work, territory, date)
  if (denied !== undefined) return componentVerdict(work, denied, territory, date)
  for (const component of separateParts(work)) {
    const part = componentVerdict(work, component, territory, date)
    if (part.kind === 'not-offered') return part
    whole = {
      ...whole,
      permissions: bothPermissions(whole.permissions, part.permissions),
      confidence: leastConfidence(whole.confidence, part.confidence),
      missing: distinctMissing([...whole.missing, ...part.missing]),
    }
  }
  return whole
}

/**
 * The same for one component alone, withdrawal aside: for a poster or subtitles that somebody adds. A
 * component without entries isn't offered by this; {@link verdict} asks only for those that have some.
 */
export function componentVerdict(
  work: RightsWork,
  component: Component,
  territory: Country | null,
  date: CalendarDate,
): Verdict {
  const refuse = (refusal: Refusal, lacks: readonly Missing[]): NotOffered => ({
    kind: 'not-offered',
    territory,
    component,
    refusal,
    missing: distinctMissing(lacks),
  })
  const denial = denialOf(work, component, territory, date)
  if (denial) return refuse({ kind: 'denied', entry: denial }, [])
  const termOf: TermLookup = (entry, where) => lookUpTerm(work, entry, where, date)
  const entries = covering(work).filter(
    (entry) => entry.component === component && !isDenial(entry),
  )
  const weights = entries
    .filter((entry) => entryReaches(entry, territory))
    .map((entry) => weighEntry(entry, territory, date, termOf))
  for (const weight of weights) {
    if (weight.kind !== 'grants') continue
    const { entry, permissions, confidence, missing: lacks, term } = weight
    const scope = scopeOf(entry, territory) ?? 'worldwide'
    return {
      kind: 'offered',
      territory,
      scope,
      entry,
      permissions,
      confidence,
      missing: lacks,
      term,
    }
  }
  const lacks = weights.flatMap((weight) => weight.missing)
  if (territory === null && entries.length > 0) lacks.push(missing('country'))
  else if (weights.length === 0) lacks.push(missing('rights-entry'))
  return refuse(refusalOf(weights), lacks)
}

function covering(work: RightsWork): readonly RightsEntry[] {
  return entriesCovering(work.entries, work.releaseHashes)
}

/** Parts of what one sees and hears that the record judges apart from the film. */
function separateParts(work: RightsWork): readonly Part[] {
  const named = new Set(
    covering(work)
      .filter((entry) => !isDenial(entry))
      .map((entry) => entry.component),
  )
  return PARTS.filter((component) => named.has(component))
}

/** A part is judged when it has entries; one that only says no is heard too, and stops the whole. */
function deniedPart(work: RightsWork, where: Country | null, date: CalendarDate): Part | undefined {
  return PARTS.find((part) => denialOf(work, part, where, date) !== undefined)
}

function denialOf(
  work: RightsWork,
  component: Component,
  where: Country | null,
  date: CalendarDate,
): RightsEntry | undefined {
  return covering(work).find(
    (entry) =>
      entry.component === component &&
      isDenial(entry) &&
      entryReaches(entry, where) &&
      holdsOn(entry, date),
  )
}

function lookUpTerm(
  work: RightsWork,
  entry: RightsEntry,
  where: Country,
  date: CalendarDate,
): TermStatus | null {
  if (work.term === null) return null
  const { component } = entry
  if (component === 'underlying' || component === 'music') {
    return partStatus(work.term, component, where, date)
  }
  if (component !== 'film') return null
  const separate = separateParts(work)
  return termStatus(work.term, where, date, (part) => !separate.includes(part))
}

function refusalOf(weights: readonly EntryWeight[]): Refusal {
  for (const { term } of weights) {
    if (term?.kind === 'protected') return { kind: 'protected', until: term.until }
  }
  return { kind: 'unproven' }
}
