import {
  type BundledFeed,
  type FeedFiles,
  type FeedProblem,
  type FeedWork,
  type ReadFeed,
  offeredReleases,
  readBundledFeed,
  rightsWorkOf,
} from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import {
  type CalendarDate,
  type Country,
  type Scope,
  type Verdict,
  EU_COUNTRIES,
  missingText,
  placesOf,
  verdict,
} from '@matinee/rights'

/** A work of a feed, and what its rights come to on a day. */
export interface JudgedWork {
  readonly work: FeedWork
  /** Where it may be offered: `worldwide`, or places; empty = nowhere. */
  readonly places: readonly Scope[]
  /** For a viewer in the first of the places; worldwide when there is none. */
  readonly verdict: Verdict
}

/**
 * Reads a feed as the application would, and asks besides that the rights of every offered work let it
 * and each of its releases be offered somewhere on the day the feed was issued.
 */
export function judgeFeed(files: FeedFiles): ReadFeed {
  const read = readBundledFeed(files, systemHash())
  if (read.kind !== 'feed') return read
  const { feed } = read
  const problems = feed.offered.flatMap((work) => rightsProblems(work, feed.manifest.issued))
  return problems.length === 0 ? read : { kind: 'refused', problems }
}

/** What the rights of each work of a feed come to, in the feed's order. */
export function judgeWorks(
  works: readonly FeedWork[],
  { manifest }: BundledFeed,
): readonly JudgedWork[] {
  return works.map((work) => judgeWork(work, manifest.issued))
}

function judgeWork(work: FeedWork, date: CalendarDate): JudgedWork {
  const judged = rightsWorkOf(work.record)
  const places = placesOf(judged, date)
  return { work, places, verdict: verdict(judged, countryIn(places[0]), date) }
}

/** A country of a scope; `null` for the whole world. */
function countryIn(scope: Scope | undefined): Country | null {
  if (scope === 'EU') return EU_COUNTRIES[0] ?? null
  return scope === undefined || scope === 'worldwide' ? null : scope
}

function rightsProblems(work: FeedWork, date: CalendarDate): FeedProblem[] {
  const { record } = work
  const file = `records/${record.id}.json`
  const { places, verdict: judged } = judgeWork(work, date)
  if (places.length === 0) {
    const lacks = judged.missing.map((each) => missingText('en', each)).join(', ')
    const why = `is offered nowhere${lacks === '' ? '' : `: what lacks is ${lacks}`}`
    return [{ file, code: 'not-offerable', at: '/rights', why }]
  }
  const where = countryIn(places[0])
  const offered = new Set(offeredReleases(record, where, date))
  return record.releases.flatMap((release, index) =>
    offered.has(release)
      ? []
      : [{ file, code: 'not-offerable', at: `/releases/${index}`, why: 'is covered by no entry' }],
  )
}
