import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { FAILURE_CODES, type FollowedFeed } from '#api'
import {
  confirmedSentence,
  lookProblem,
  movedFeeds,
  reasonKey,
  sinceText,
  sourceSentence,
} from './feed-words.ts'

const NOW = new Date('2026-11-21T20:00:00Z')
const FEED: FollowedFeed = {
  id: 'feed-1',
  kind: 'signed',
  name: 'Night films',
  operator: 'A. Curator',
  fingerprint: 'ab'.repeat(32),
  works: 3,
  confirmedOn: '2026-11-21T19:58:00Z',
  state: { kind: 'fresh' },
  sources: [],
  decidesSafety: false,
  progress: { kind: 'idle' },
}

test('time is said in minutes, hours and days, each rounded down, and not at all within a minute', () => {
  assert.equal(sinceText('2026-11-21T19:59:30Z', NOW, 'en'), null)
  assert.equal(sinceText('2026-11-21T19:58:01Z', NOW, 'en'), '1 minute ago')
  assert.equal(sinceText('2026-11-21T18:01:00Z', NOW, 'en'), '1 hour ago')
  assert.equal(sinceText('2026-11-20T19:00:00Z', NOW, 'en'), '25 hours ago')
  assert.equal(sinceText('2026-11-09T19:00:00Z', NOW, 'en'), '12 days ago')
  assert.equal(sinceText('2026-11-09T19:00:00Z', NOW, 'fr'), 'il y a 12 jours')
  // A clock that was put back, and what isn't a moment.
  assert.equal(sinceText('2027-01-01T00:00:00Z', NOW, 'en'), null)
  assert.equal(sinceText('yesterday', NOW, 'en'), null)
})

test('a feed that has expired counts its days, one that came with Matinee has none', () => {
  const said = (more: Partial<FollowedFeed>): unknown =>
    confirmedSentence({ ...FEED, ...more }, NOW, 'en')
  assert.deepEqual(said({}), { key: 'feeds.confirmed', values: { since: '2 minutes ago' } })
  assert.deepEqual(said({ confirmedOn: NOW.toISOString() }), { key: 'feeds.confirmed-now' })
  assert.deepEqual(said({ state: { kind: 'expired', days: 12 } }), {
    key: 'feeds.confirmed-days',
    values: { count: 12 },
  })
  assert.deepEqual(said({ confirmedOn: null }), { key: 'feeds.never-confirmed' })
  assert.deepEqual(said({ kind: 'bundled', confirmedOn: null }), { key: 'feeds.bundled' })
})

test('a source that failed says why, also in words that this page has never heard', () => {
  const source = { address: 'https://a.example', kind: 'https', lastOkOn: null } as const
  const said = (state: 'failed' | 'demoted', why: string | null): unknown =>
    sourceSentence({ ...source, state, why }, NOW, 'en')
  assert.deepEqual(said('failed', 'too-slow'), {
    kind: 'bad',
    sentence: { key: 'feeds.why-slow' },
  })
  assert.deepEqual(said('demoted', 'rollback'), {
    kind: 'bad',
    sentence: { key: 'feeds.why-older' },
  })
  assert.equal(reasonKey('constructor'), 'feeds.why-else')
  assert.deepEqual(sourceSentence({ ...source, state: 'ok', why: null }, NOW, 'en'), {
    kind: 'good',
    sentence: { key: 'feeds.answered' },
  })
})

test('every refusal of an address has a sentence', () => {
  for (const code of FAILURE_CODES)
    assert.match(lookProblem(code), /^(?:feeds|settings)\.[a-z-]+$/u)
  assert.notEqual(lookProblem('no-feed'), lookProblem('bad-request'))
})

test('one step up or down loses no feed, and undoes itself', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.constantFrom(-1 as const, 1 as const),
      (ids, nth, by) => {
        const id = ids[nth % ids.length] ?? ''
        const moved = movedFeeds(ids, id, by)
        assert.deepEqual(moved.toSorted(), ids.toSorted())
        const isEnd = by === -1 ? ids[0] === id : ids.at(-1) === id
        assert.equal(moved.indexOf(id), ids.indexOf(id) + (isEnd ? 0 : by))
        if (!isEnd) assert.deepEqual(movedFeeds(moved, id, by === -1 ? 1 : -1), ids)
      },
    ),
  )
})
