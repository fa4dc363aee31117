import assert from 'node:assert/strict'
import {
  type FeedEntry,
  type FeedId,
  type FeedWork,
  type WorkRecord,
  parseFeedId,
  parseRecord,
  parseSha256,
} from '@matinee/catalogue'
import { type CalendarDate, type Country, parseCalendarDate, parseCountry } from '@matinee/rights'
import { type MadeRecord, madeWorks } from '@matinee/testkit'

/** A validated record with some fields set otherwise. */
export function recordOf(made: Readonly<Record<string, unknown>>): WorkRecord {
  const parsed = parseRecord(new TextEncoder().encode(JSON.stringify(made)))
  assert.ok(parsed.kind === 'record')
  return parsed.record
}

/** Made-up works, validated, each with fields of its own. */
export function madeRecords(
  seed: number,
  count: number,
  change: (made: MadeRecord, number: number) => Readonly<Record<string, unknown>> = (made) => made,
): WorkRecord[] {
  return [...madeWorks({ seed, count })].map((made, number) => recordOf(change(made, number)))
}

/** Works as a feed's manifest has them. */
export function feedWorks(
  records: readonly WorkRecord[],
  state: FeedEntry['state'] = 'offered',
): FeedWork[] {
  const sha256 = parseSha256('0'.repeat(64))
  assert.ok(sha256 !== null)
  return records.map((record) => ({
    entry: { id: record.id, sha256, length: 1, state, added: date('2026-10-01'), waitsFor: [] },
    record,
  }))
}

/** A feed's id in a test. */
export function feedId(text: string): FeedId {
  const id = parseFeedId(text)
  assert.ok(id !== null)
  return id
}

/** A day in a test. */
export function date(text: string): CalendarDate {
  const day = parseCalendarDate(text)
  assert.ok(day !== null)
  return day
}

/** A country in a test. */
export function country(text: string): Country {
  const found = parseCountry(text)
  assert.ok(found !== null)
  return found
}
