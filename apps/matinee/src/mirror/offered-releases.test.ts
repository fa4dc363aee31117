import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SILENT_LOG, utf8Bytes, type Clock } from '@matinee/base'
import { parseRecord, parseSha256, standingUnder, type WorkRecord } from '@matinee/catalogue'
import { MADE_BOOK, madeRecord } from '@matinee/testkit'
import { offeredByFeeds } from './offered-releases.ts'

const FINGERPRINT = parseSha256('ab'.repeat(32))

function* manyRecords(count: number): Generator<WorkRecord, void> {
  const [work] = MADE_BOOK.works
  assert.ok(work !== undefined)
  const parsed = parseRecord(utf8Bytes(JSON.stringify(madeRecord(work))))
  assert.ok(parsed.kind === 'record')
  for (let at = 0; at < count; at++) yield parsed.record
}

test('a mirror that looks through very many works lets others have their turn every few milliseconds, and can be stopped', async () => {
  assert.ok(FINGERPRINT !== null)
  const works = {
    safetyOf: () => ({ standing: standingUnder([]), decisions: [] }),
    headPack: async () => null,
  }
  let [ms, turns] = [0, 0]
  // Each work takes a millisecond.
  const clock: Clock = {
    nowMs: () => ms++,
    wallMs: () => Date.UTC(2026, 10, 21),
    setTimer: (_, run) => {
      turns++
      setImmediate(run)
      return { cancel: () => {} }
    },
  }
  const feed = { fingerprint: FINGERPRINT, ledger: { records: () => manyRecords(1000) } }
  const following = { desk: { feeds: [feed] }, works }
  const found = await offeredByFeeds(following, clock, SILENT_LOG, new AbortController().signal)
  assert.deepEqual([...found.works], [[FINGERPRINT, 1000]])
  assert.ok(turns >= 150, `${turns} turns`)

  const stop = new AbortController()
  const looking = offeredByFeeds(following, clock, SILENT_LOG, stop.signal)
  stop.abort(new DOMException('closing', 'AbortError'))
  await assert.rejects(looking, { name: 'AbortError' })
})
