/** Which works of a feed a site shows: those that may be offered to whoever comes along, wherever that is. */
import {
  type PackLine,
  type SignedWork,
  type WorkId,
  offeredReleases,
  readSignedWork,
  rightsWorkOf,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { type CalendarDate, placesOf, refusalText, scopeText, verdict } from '@matinee/rights'
import type { FeedHeritage } from '../relaunch/feed-heritage.ts'
import type { LeftOut } from './site-model.ts'

/** What is shown, and what isn't. */
export interface ChosenWorks {
  /** By id. */
  readonly works: readonly SignedWork[]
  readonly leftOut: readonly LeftOut[]
}

const CRYPTO = systemFeedCrypto()
/** More places than this are no longer read. */
const MOST_PLACES = 6

/**
 * Chooses by the verdict about a viewer of whom nothing is known: a page can't know in which country it's read, so what is
 * free in some countries only isn't there at all. What the feed withdrew isn't either.
 */
export function chooseWorks(feed: FeedHeritage, today: CalendarDate): ChosenWorks {
  const works: SignedWork[] = []
  const leftOut: LeftOut[] = feed.decisions
    .filter(({ state, work }) => state === 'revoked' && !feed.works.has(work))
    .map(({ work, on, reason, effect }) => ({
      kind: 'work' as const,
      what: work,
      why: `withdrawn on ${on} (${effect}, ${reason})`,
    }))
  for (const [id, line] of feed.works) {
    const read = readWork(id, line)
    if (typeof read === 'string') leftOut.push({ kind: 'work', what: id, why: read })
    else {
      const why = whyNot(read, today)
      if (why === null) works.push(read)
      else leftOut.push({ kind: 'work', what: id, why })
    }
  }
  const byId = (a: string, b: string): number => (a < b ? -1 : 1)
  return {
    works: works.toSorted((a, b) => byId(a.record.id, b.record.id)),
    leftOut: leftOut.toSorted((a, b) => byId(a.what, b.what)),
  }
}

function readWork(id: WorkId, line: PackLine): SignedWork | string {
  const read = readSignedWork(line, `works/${id}`, CRYPTO)
  switch (read.kind) {
    case 'work':
      return read.work
    case 'newer':
      return 'needs a newer Matinee'
    case 'wrong':
      return `${read.refusal.why} (${read.refusal.code})`
  }
}

function whyNot({ record }: SignedWork, today: CalendarDate): string | null {
  if (offeredReleases(record, null, today).length > 0) return null
  const work = rightsWorkOf(record)
  const places = placesOf(work, today)
  if (places.length > 0 && !places.includes('worldwide')) {
    const names = places.slice(0, MOST_PLACES).map((place) => scopeText('en', place))
    const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : ''
    return `free in ${names.join(', ')}${more} only; a page can't know where it is read`
  }
  const judged = verdict(work, null, today)
  return judged.kind === 'not-offered'
    ? refusalText('en', judged.refusal)
    : 'none of its releases may be offered'
}
