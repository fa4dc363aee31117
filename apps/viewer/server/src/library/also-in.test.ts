import { test } from 'node:test'
import assert from 'node:assert/strict'
import { utf8Bytes } from '@matinee/base'
import {
  parseFeedId,
  parseRecord,
  summaryOf,
  type FeedId,
  type WorkRecord,
} from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import { madeWorks } from '@matinee/testkit'
import { alsoIn } from './also-in.ts'

type Store = Parameters<typeof alsoIn>[0]

const TODAY = parseCalendarDate('2026-11-21')
assert.ok(TODAY !== null)
const VIEWER = { languages: ['fr', 'en'], language: 'fr', territory: null, today: TODAY } as const

function feedId(text: string): FeedId {
  const id = parseFeedId(text)
  assert.ok(id !== null)
  return id
}

function records(): readonly WorkRecord[] {
  return [...madeWorks({ seed: 6, count: 2 })].map((made) => {
    const parsed = parseRecord(utf8Bytes(JSON.stringify(made)))
    assert.ok(parsed.kind === 'record')
    return parsed.record
  })
}

/** A catalogue in which a search finds all there is. */
function storeOf(feeds: readonly (readonly [FeedId, WorkRecord])[]): Store {
  return {
    feeds: async () =>
      feeds.map(([id]) => ({
        id,
        version: '1',
        trust: 'signed',
        names: { en: `${id} in English`, fr: `${id} en français` },
        workCount: 1,
        loadedOn: '2026-11-21',
      })),
    search: async () => ({
      total: feeds.length,
      works: feeds.map(([id, record]) => ({
        ...summaryOf(record, '2026-01-01'),
        feedId: id,
        licence: '',
      })),
      facets: null,
      correction: null,
    }),
    work: async (wanted) => {
      const [id, record] = feeds.find((feed) => feed[0] === wanted.feedId) ?? []
      return id === undefined || record === undefined
        ? { kind: 'none' }
        : { kind: 'offered', feedId: id, record, added: '2026-01-01' }
    },
  }
}

test('a work is also in the feeds that have its very files, by their names in their order, and in none that only calls its own alike', async () => {
  const [work, other] = records()
  assert.ok(work !== undefined && other !== undefined)
  const [own, first, unlike, second] = ['own', 'first', 'unlike', 'second'].map(feedId)
  assert.ok(own !== undefined && first !== undefined)
  assert.ok(unlike !== undefined && second !== undefined)
  const store = storeOf([
    [first, work],
    [own, work],
    [unlike, { ...other, title: work.title }],
    [second, work],
  ])
  assert.deepEqual(await alsoIn(store, { feedId: own, record: work }, VIEWER), [
    { workId: `first.${work.id}`, feed: 'first en français' },
    { workId: `second.${work.id}`, feed: 'second en français' },
  ])
  assert.deepEqual(await alsoIn(storeOf([[own, work]]), { feedId: own, record: work }, VIEWER), [])
})
