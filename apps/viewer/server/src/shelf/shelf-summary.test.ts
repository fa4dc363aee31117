import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ShelfEntry } from './shelf-entries.ts'
import { SUMMARY_PLACES, differences, summarise, summaryPlace } from './shelf-summary.ts'

const favourite = (work: string, atMs: number): ShelfEntry => ({
  kind: 'favourite',
  key: [work],
  atMs,
  value: { addedAtMs: 1 },
})

test('two shelves that know the same have one summary, in whatever order', () => {
  const entries = Array.from({ length: 500 }, (_, at) => favourite(`work-${at}`, at))
  const summary = summarise(entries)
  assert.equal(summary.length, SUMMARY_PLACES)
  assert.deepEqual(summarise(entries.toReversed()), summary)
})

test('one word that differs shows at its own place and nowhere else', () => {
  const entries = Array.from({ length: 500 }, (_, at) => favourite(`work-${at}`, at))
  const changed = favourite('work-7', 1000)
  const other = entries.map((entry) => (entry.key[0] === 'work-7' ? changed : entry))
  assert.deepEqual(differences(summarise(entries), summarise(other)), [summaryPlace(changed)])
  const removed: ShelfEntry = { kind: 'favourite', key: ['work-7'], atMs: 7, value: null }
  const without = entries.map((entry) => (entry.key[0] === 'work-7' ? removed : entry))
  assert.deepEqual(differences(summarise(entries), summarise(without)), [summaryPlace(removed)])
})
