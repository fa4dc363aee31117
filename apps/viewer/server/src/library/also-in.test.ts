import { test } from 'node:test'
import assert from 'node:assert/strict'
import { parseFeedId, parseWorkId, type FeedId, type SameWork } from '@matinee/catalogue'
import { alsoIn } from './also-in.ts'

const VIEWER = { languages: ['fr', 'en'] } as const

function feedId(text: string): FeedId {
  const id = parseFeedId(text)
  assert.ok(id !== null)
  return id
}

/** A feed's record of one work. */
function record(feed: string, isOffered = true): SameWork {
  const id = parseWorkId(`work-of-${feed}`)
  assert.ok(id !== null)
  return { feedId: feedId(feed), id, isOffered }
}

test('a work is also in the feeds that offer it, by their names in their order', async () => {
  const feeds = ['first', 'own', 'unlike', 'second'].map((id) => ({
    id: feedId(id),
    version: '1',
    trust: 'signed' as const,
    names: { en: `${id} in English`, fr: `${id} en français` },
    workCount: 1,
    loadedOn: '2026-11-21',
  }))
  const store = { feeds: async () => feeds }
  const records = [record('own'), record('second'), record('first'), record('unlike', false)]
  assert.deepEqual(await alsoIn(store, feedId('own'), records, VIEWER), [
    { workId: 'first.work-of-first', feed: 'first en français' },
    { workId: 'second.work-of-second', feed: 'second en français' },
  ])
  assert.deepEqual(await alsoIn(store, feedId('own'), records.slice(0, 1), VIEWER), [])
})
