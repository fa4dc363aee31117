import {
  type BundledFeed,
  type RevocationMemory,
  type RightsBasis,
  type WorkRecord,
  decisionsByWork,
  rightsWorkOf,
} from '@matinee/catalogue'
import {
  type CalendarDate,
  type Scope,
  licenceOf,
  placesOf,
  rightsText,
  scopeText,
} from '@matinee/rights'
import { judgeWorks } from './judged-feed.ts'

/** A work as `matinee feed list` names it; words are English. */
export interface ListedWork {
  readonly id: string
  readonly title: string
  readonly year: number | null
  /** Of a series; `null` = it is none. */
  readonly episodes: ListedEpisodes | null
  /** Of the film itself. */
  readonly licence: string
  /** Where it is offered; of a work that waits, where its rights would let it be. */
  readonly places: string
  /** `null` for a work that is on offer. */
  readonly waitsFor: string | null
}

/** How much there is of a series. */
export interface ListedEpisodes {
  readonly seasons: number
  readonly count: number
  /** Of which a release has a film. */
  readonly filmed: number
}

/** The works on offer, in the feed's order. */
export function listOffered(feed: BundledFeed): readonly ListedWork[] {
  return judgeWorks(feed.offered, feed).map(({ work, places }) => listed(work.record, places, null))
}

/** The works of a signed feed, withdrawn ones with the reason in the place of their licence's places. */
export function listSigned(
  records: readonly WorkRecord[],
  decisions: RevocationMemory,
  date: CalendarDate,
): readonly ListedWork[] {
  const revoked = decisionsByWork(decisions)
  return records.map((record) => {
    const [decision] = revoked.get(record.id) ?? []
    const work = listed(record, placesOfAll(record, date), null)
    if (decision === undefined) return work
    const { effect, reason, on } = decision.revocation
    return { ...work, places: `nowhere: withdrawn on ${on} (${effect}, ${reason})` }
  })
}

/** Where a work is offered in any of its releases: later episodes may rest on other rights than the first. */
function placesOfAll(record: WorkRecord, date: CalendarDate): readonly Scope[] {
  const { releases } = record
  const works =
    releases.length === 0
      ? [rightsWorkOf(record)]
      : releases.map((each) => rightsWorkOf(record, each))
  return [...new Set(works.flatMap((work) => placesOf(work, date)))]
}

/** The works that wait, and what for. */
export function listCandidates(feed: BundledFeed): readonly ListedWork[] {
  return judgeWorks(feed.candidates, feed).map(({ work, places }) => {
    const waits = work.entry.waitsFor.map((each) => WAITS[each] ?? each).join(', ')
    return listed(work.record, places, waits === '' ? 'nothing that was named' : waits)
  })
}

/** feed-format 7.3; the vocabulary is open. */
const WAITS: Readonly<Record<string, string>> = {
  release: 'a torrent',
  rights: 'rights that somebody verified',
  attribution: 'the words of its credit',
  review: 'a second look',
}

function listed(record: WorkRecord, places: readonly Scope[], waitsFor: string | null): ListedWork {
  const film = record.rights.find(({ component }) => component === 'film')
  return {
    id: record.id,
    title: record.title.text,
    year: record.year ?? null,
    episodes: episodesOf(record),
    licence: film === undefined ? 'not known' : licenceWords(film.basis),
    places: placesWords(places),
    waitsFor,
  }
}

function episodesOf({ kind, seasons, releases }: WorkRecord): ListedEpisodes | null {
  if (kind !== 'series') return null
  const ids = seasons.flatMap(({ episodes }) => episodes.map(({ id }) => id))
  const filmed = new Set(releases.flatMap(({ videos }) => videos.map(({ episode }) => episode)))
  return {
    seasons: seasons.length,
    count: ids.length,
    filmed: ids.filter((id) => filmed.has(id)).length,
  }
}

/** The name of a licence, or of another reason why a work is free. */
function licenceWords(basis: RightsBasis): string {
  const id =
    basis.kind === 'licence'
      ? basis.licence
      : basis.kind === 'submission' && basis.terms.kind === 'licence'
        ? basis.terms.licence
        : null
  if (id === null) return rightsText('en', `rights.basis.${basis.kind}`).toLowerCase()
  return licenceOf(id)?.shortName ?? id
}

function placesWords(places: readonly Scope[]): string {
  if (places.length === 0) return 'nowhere yet'
  if (places.includes('worldwide')) return 'everywhere'
  const [first, ...others] = places.map((place) => scopeText('en', place))
  return others.length > 4
    ? `${first} and ${others.length} other places`
    : [first, ...others].join(', ')
}
