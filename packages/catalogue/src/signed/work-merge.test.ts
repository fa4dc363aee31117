import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FeedsWork, mergeWorks } from '@matinee/catalogue'
import { madeRecord, MADE_BOOK } from '@matinee/testkit'
import { feedId, recordOf } from '../../test/made-records.ts'

const [BOOK] = MADE_BOOK.works

/** A work of a feed, with these ids and file roots. */
function work(
  feed: string,
  id: string,
  ids: Readonly<Record<string, string>> = {},
  root = `${feed}${id}`,
): FeedsWork {
  assert.ok(BOOK !== undefined)
  const made = JSON.parse(JSON.stringify(madeRecord(BOOK))) as {
    releases: { videos: { root: string }[] }[]
  }
  const hex = Buffer.from(root).toString('hex').padEnd(64, '0').slice(0, 64)
  for (const release of made.releases) for (const video of release.videos) video.root = hex
  return { feed: feedId(feed), record: recordOf({ ...made, id, ids }) }
}

function shown(works: readonly FeedsWork[]) {
  return mergeWorks(works).map(({ shown: { feed, record }, alsoIn }) => [
    `${feed}.${record.id}`,
    ...alsoIn.map((also) => `${also.feed}.${also.id}`),
  ])
}

test('works with the same file are one, shown as the first feed has it', () => {
  const merged = shown([work('a', 'x', {}, 'file'), work('a', 'y'), work('b', 'z', {}, 'file')])
  assert.deepEqual(merged, [['a.x', 'b.z'], ['a.y']])
})

test('works with the same id elsewhere are one; the same title is nothing', () => {
  const merged = shown([
    work('a', 'x', { wikidata: 'Q1' }),
    work('b', 'y', { wikidata: 'Q1' }),
    work('b', 'x'),
  ])
  assert.deepEqual(merged, [['a.x', 'b.y'], ['b.x']])
})

test('C13: no feed can make one of two works of another, nor one of its own', () => {
  const bridge = work('b', 'bridge', { wikidata: 'Q1', imdb: 'tt0000002' })
  const works = [work('a', 'x', { wikidata: 'Q1' }), work('a', 'y', { imdb: 'tt0000002' }), bridge]
  assert.deepEqual(shown(works), [['a.x', 'b.bridge'], ['a.y']])
  const third = work('c', 'z', { imdb: 'tt0000002' })
  assert.deepEqual(shown([...works, third]), [
    ['a.x', 'b.bridge'],
    ['a.y', 'c.z'],
  ])
  const twice = [work('a', 'x', { wikidata: 'Q1' }), work('a', 'y', { wikidata: 'Q1' })]
  assert.deepEqual(shown(twice), [['a.x'], ['a.y']])
})

test('a person is no work', () => {
  const id = { isni: '0000000121032683' }
  assert.deepEqual(shown([work('a', 'x', id), work('b', 'y', id)]), [['a.x'], ['b.y']])
})
