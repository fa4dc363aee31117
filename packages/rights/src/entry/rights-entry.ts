import type { CalendarDate } from '../calendar-date.ts'
import type { Permissions } from '../permission.ts'
import type { RightsStatementId } from '../rights-statement.ts'
import { type Country, type Scope, reaches } from '../territory.ts'
import type { Check, Evidence } from './evidence.ts'

/** The parts of a work that may have rights of their own. */
export const COMPONENTS = ['film', 'underlying', 'music', 'subtitles', 'poster'] as const

/** One of {@link COMPONENTS}; `underlying` is the play, novel or story that the film was made from. */
export type Component = (typeof COMPONENTS)[number]

/**
 * Why a work is free, or why it isn't, where the entry holds.
 *
 * - `licence`: who holds the rights gave everybody this licence (an identifier that `licenceOf` reads).
 * - `submission`: the maker sent the work in and gave leave, by a licence or by a text of its own, whose
 *   SHA-256 and meaning are recorded. Leave to Matinee isn't enough: viewers share, so the public needs it.
 * - `public-domain-term`: the protection ran out or never began; computed from the work's term facts.
 * - `public-domain-mark`: somebody marked it. Only the word of who held the rights (or the print) counts.
 * - `rights-statement`: an archive's statement.
 * - `in-copyright`, `disputed`: it isn't free, or somebody says with reason that it isn't. Either stops
 *   an offer wherever the entry reaches, verified or not.
 */
export type Basis =
  | { readonly kind: 'licence'; readonly licence: string }
  | { readonly kind: 'submission'; readonly terms: SubmissionTerms }
  | { readonly kind: 'public-domain-term' }
  | { readonly kind: 'public-domain-mark'; readonly by: 'holder' | 'other' }
  | { readonly kind: 'rights-statement'; readonly statement: RightsStatementId }
  | { readonly kind: 'in-copyright' }
  | { readonly kind: 'disputed' }

/** What a maker's own submission allows everybody. */
export type SubmissionTerms =
  | { readonly kind: 'licence'; readonly licence: string }
  | {
      readonly kind: 'own-text'
      /** SHA-256 of the text that the maker signed, 64 lower-case hexadecimal digits, or `null`. */
      readonly sha256: string | null
      readonly permissions: Permissions
    }

/** What is known about the rights in one component of a work in some places, and from whom. */
export interface RightsEntry {
  readonly component: Component
  readonly territories: readonly Scope[]
  /** Places that the territories would reach and the entry doesn't. */
  readonly except: readonly Scope[]
  readonly basis: Basis
  /** First day on which the entry holds; `null` = as far back as one likes. */
  readonly from: CalendarDate | null
  /** Last day on which it holds; `null` = without an end. */
  readonly until: CalendarDate | null
  /**
   * The bytes that it's about: info-hashes, file roots or SHA-256, lower-case hexadecimal. `null` = every
   * edition. A restoration or another cut may have other rights.
   */
  readonly covers: readonly string[] | null
  readonly evidence: readonly Evidence[]
  readonly checks: readonly Check[]
  /** A person decided, on this evidence, that the entry is right. Importers always write `false`. */
  readonly verified: boolean
}

/** Whether the entry says that something isn't free. */
export function isDenial(entry: RightsEntry): boolean {
  return entry.basis.kind === 'in-copyright' || entry.basis.kind === 'disputed'
}

/**
 * Whether an entry reaches a country. Without a country, one that grants must reach the whole world,
 * while one that denies anywhere reaches it: where the viewer is might be there.
 */
export function entryReaches(entry: RightsEntry, where: Country | null): boolean {
  if (where === null) {
    if (isDenial(entry)) return entry.territories.length > 0
    return entry.territories.includes('worldwide') && entry.except.length === 0
  }
  const isExcepted = entry.except.some((scope) => reaches(scope, where))
  return !isExcepted && entry.territories.some((scope) => reaches(scope, where))
}

/** Whether an entry holds on a day. */
export function holdsOn(entry: RightsEntry, date: CalendarDate): boolean {
  return (
    (entry.from === null || entry.from <= date) && (entry.until === null || date <= entry.until)
  )
}

/** The widest of an entry's scopes that reaches a country; `null` when none does. */
export function scopeOf(entry: RightsEntry, where: Country | null): Scope | null {
  const reaching = entry.territories.filter((scope) => reaches(scope, where))
  if (reaching.includes('worldwide')) return 'worldwide'
  return reaching.includes('EU') ? 'EU' : (reaching[0] ?? null)
}

/**
 * The entries that are about a release, given by its hashes: those about every edition, and those that
 * name one of them.
 */
export function entriesCovering(
  entries: readonly RightsEntry[],
  releaseHashes: readonly string[],
): readonly RightsEntry[] {
  return entries.filter(
    ({ covers }) => covers === null || covers.some((hash) => releaseHashes.includes(hash)),
  )
}
