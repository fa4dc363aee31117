import {
  ACTS,
  NO,
  type CalendarDate,
  type Country,
  type Credit,
  type Permissions,
  type RightsEntry as JudgedEntry,
  type RightsWork,
  type Scope,
  type SubmissionTerms,
  type TermFacts,
  parseScope,
  verdict,
  yesIf,
} from '@matinee/rights'
import type { Release } from './release.ts'
import { type RightsBasis, type RightsEntry, deniesRights } from './rights-entry.ts'
import type { RecordTermFacts } from './term-facts.ts'
import type { WorkRecord } from './work-record.ts'

/**
 * The bridge from a record to the verdicts of the rights package: what that judges, made of what a
 * record says, and nothing else. Where a record speaks of a place that no viewer can be in (`SU`), the
 * cautious reading is taken: see {@link rightsWorkOf}.
 */

type OwnTerms = Extract<RightsBasis, { readonly kind: 'submission' }>['terms']

/**
 * What a verdict about a record is given. `entries` are the record's `rights`, in their order.
 *
 * @param release the one that is to be played: rights may cover some editions only. Left out: the first,
 * or the work in general when the record has none.
 *
 * A place whose code isn't assigned: a grant doesn't reach it; a grant that excepts one reaches nowhere;
 * a denial in one reaches everywhere.
 */
export function rightsWorkOf(
  record: WorkRecord,
  release: Release | undefined = record.releases[0],
): RightsWork {
  return {
    entries: record.rights.map(judgedEntry),
    term: record.term === undefined ? null : termFacts(record.term),
    releaseHashes: release === undefined ? [] : hashesOf(release),
    // A bundled feed takes nothing back: a new version of the application replaces it (feed-format 7.7).
    withdrawal: null,
  }
}

/** The releases of a record that may be played in a place on a day; `null` = the place isn't known. */
export function offeredReleases(
  record: WorkRecord,
  territory: Country | null,
  date: CalendarDate,
): readonly Release[] {
  return record.releases.filter(
    (release) => verdict(rightsWorkOf(record, release), territory, date).kind === 'offered',
  )
}

/**
 * Who is to be named for a work, by the entry that a verdict rests on (`verdict.entry`, also of another
 * thread).
 *
 * @param title the work's title in the viewer's language, for entries that don't name one
 */
export function creditOf(
  record: WorkRecord,
  entry: JudgedEntry,
  title: string = record.title.text,
): Credit {
  const judged = JSON.stringify(entry)
  const said = record.rights.find(
    (each) => JSON.stringify(judgedEntry(each)) === judged,
  )?.attribution
  return {
    title: said?.title ?? title,
    authors: said?.creators ?? [],
    year: record.year ?? null,
    sourceUrl: said?.source ?? null,
    requestedForm: said?.requested ?? null,
    copyrightNotice: said?.notice ?? null,
    modifications: said?.changes ?? null,
    creditsMustPlay: said?.creditsMustPlay ?? false,
  }
}

/** Everything that `covers` of an entry may name of a release (feed-format 6.2). */
function hashesOf(release: Release): string[] {
  const { infoHashes, videos, audios, subtitles } = release
  const files = [...videos, ...audios, ...subtitles].map((file) =>
    'root' in file ? file.root : file.sha256,
  )
  const own = release.kind === 'release' ? [release.infoHashes.v2, release.twin] : []
  return [infoHashes.v1, ...own, ...files].filter((hash) => hash !== undefined)
}

function judgedEntry(entry: RightsEntry): JudgedEntry {
  const { component, from, until, covers, evidence, checks, verified } = entry
  return {
    component,
    ...placesOf(entry),
    basis: judgedBasis(entry.basis),
    from: from ?? null,
    until: until ?? null,
    covers: covers.length === 0 ? null : covers,
    evidence,
    checks,
    verified,
  }
}

function placesOf(entry: RightsEntry): Pick<JudgedEntry, 'territories' | 'except'> {
  const territories = knownScopes(entry.territories)
  const except = knownScopes(entry.except)
  const isWhole =
    territories.length === entry.territories.length && except.length === entry.except.length
  if (isWhole) return { territories, except }
  if (deniesRights(entry)) return { territories: ['worldwide'], except: [] }
  return { territories: except.length === entry.except.length ? territories : [], except }
}

function knownScopes(codes: readonly string[]): Scope[] {
  return codes.map(parseScope).filter((scope) => scope !== null)
}

function judgedBasis(basis: RightsBasis): JudgedEntry['basis'] {
  return basis.kind === 'submission' ? { ...basis, terms: judgedTerms(basis.terms) } : basis
}

function judgedTerms(terms: OwnTerms): SubmissionTerms {
  if (terms.kind === 'licence') return terms
  const { kind, sha256, acts } = terms
  return { kind, sha256, permissions: permissionsOf(acts) }
}

/** What a maker's own text allows: credit is always asked for, and what it doesn't name it doesn't allow. */
function permissionsOf(allowed: readonly string[]): Permissions {
  const answers = ACTS.map((act) => [act, allowed.includes(act) ? yesIf('attribution') : NO])
  return Object.fromEntries(answers) as Permissions
}

/** A doubt about a place that can't be found is a doubt about all of them. */
function termFacts({ film, parts, doubts }: RecordTermFacts): TermFacts {
  const judged = doubts.map(({ territory, text }) => ({
    territory: parseScope(territory) ?? ('worldwide' as const),
    text,
  }))
  return { film, parts, doubts: judged }
}
