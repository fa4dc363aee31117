import { assert } from '@matinee/base'
import { parseCalendarDate, type CalendarDate } from '@matinee/rights'
import { canonicalJson } from '../json/canonical-json.ts'
import type { JsonObject } from '../json/json-pointer.ts'
import { FORMAT_VERSION } from '../record/work-record.ts'
import { parseFeedHead } from '../signed/feed-head.ts'

/** What a publisher says of the feed: the fields of feed-format 12.7 but for `trust` and `issued`. */
export interface HeadOrder {
  readonly fields: JsonObject
  /** The head that was published last; `null` = none. */
  readonly published: Uint8Array | null
}

/** feed.json; its date moves only when something else in it does, so that an unchanged feed has an unchanged head. Throws TrustError. */
export function nextHead({ fields, published }: HeadOrder, nowMs: number): Uint8Array {
  const bytesOn = (issued: string): Uint8Array =>
    canonicalJson({
      ...fields,
      type: 'matinee-feed',
      version: FORMAT_VERSION,
      trust: 'signed',
      issued,
    })
  if (published !== null) {
    const parsed = parseFeedHead(published)
    if (parsed.kind === 'head') {
      const same = bytesOn(parsed.head.issued)
      if (new TextDecoder().decode(same) === new TextDecoder().decode(published)) return same
    }
  }
  const bytes = bytesOn(dayOf(nowMs))
  // Whoever wrote the fields hears of a mistake before anything is signed.
  parseFeedHead(bytes)
  return bytes
}

/** The day of a moment, in UTC. */
export function dayOf(ms: number): CalendarDate {
  const day = parseCalendarDate(new Date(ms).toISOString().slice(0, 10))
  assert(day !== null, 'a moment has a day')
  return day
}
