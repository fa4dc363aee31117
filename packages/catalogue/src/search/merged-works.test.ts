import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WorkRecord } from '@matinee/catalogue'
import { madeRecord, MADE_BOOK } from '@matinee/testkit'
import fc from 'fast-check'
import { date, feedId, madeRecords, recordOf } from '../../test/made-records.ts'
import { type FeedsWork, mergeWorks } from '../../test/naive-merge.ts'
import { systemIdentityPlaces, textSha256 } from '../node/system.ts'
import { searchIndex } from './catalogue-index.ts'
import { countWorks } from './catalogue-counts.ts'
import { curatedLists } from './curated-lists.ts'
import { dayNumber } from './day-number.ts'
import { FeedMerging } from './feed-merging.ts'
import { rowHits } from './programme-row.ts'
import { SegmentBuilder } from './segment-builder.ts'
import { SegmentView } from './segment-view.ts'
import { textHash } from './text-hash.ts'
import { withheldWorks } from './withheld-works.ts'

const [BOOK] = MADE_BOOK.works
const TODAY = date('2026-11-21')
const DAY = dayNumber(TODAY)
const EVERYWHERE = { territory: null } as const
const FREE = madeRecords(6, 1)[0]?.rights ?? []

/** A work of a feed, with these ids and file roots. */
function work(
  feed: string,
  id: string,
  ids: Readonly<Record<string, string>> = {},
  root = `${feed}${id}`,
  more: Readonly<Record<string, unknown>> = {},
): FeedsWork {
  assert.ok(BOOK !== undefined)
  const made = JSON.parse(JSON.stringify(madeRecord(BOOK))) as {
    releases: { videos: { root: string }[] }[]
  }
  const hex = Buffer.from(root).toString('hex').padEnd(64, '0').slice(0, 64)
  for (const release of made.releases) for (const video of release.videos) video.root = hex
  return { feed: feedId(feed), record: recordOf({ ...made, rights: FREE, id, ids, ...more }) }
}

/** The index of some feeds in this order, and what its numbers are. */
class Index {
  readonly views: readonly SegmentView[]
  readonly #records: ReadonlyMap<SegmentView, readonly WorkRecord[]>

  constructor(works: readonly FeedsWork[], withheld: readonly string[] = [], by = 'other') {
    const byFeed = Map.groupBy(works, ({ feed }) => feed)
    const made = [...byFeed].map(([feed, own]): [SegmentView, readonly WorkRecord[]] => {
      const builder = new SegmentBuilder(TODAY, textSha256)
      for (const { record } of own) builder.add(record, '2026-10-01')
      const ids = own.map(({ record }) => record.id)
      const lists = [{ id: 'list', kind: 'list', translations: {}, works: ids }]
      const segment = builder.build(feed, JSON.parse(JSON.stringify(lists)))
      const left = withheldWorks(segment, [{ feedId: by, hashes: withheld }], textSha256)
      return [new SegmentView(segment, left), own.map(({ record }) => record)]
    })
    this.#records = new Map(made)
    this.views = made.map(([view]) => view)
    // Joins the views.
    void new FeedMerging(this.views, systemIdentityPlaces(), null)
  }

  name({ view, work: number }: { readonly view: SegmentView; readonly work: number }): string {
    return `${view.segment.feed.id}.${this.#records.get(view)?.[number]?.id}`
  }

  /** All cards, each with the other records of its work that are offered. */
  cards(): string[][] {
    const { hits } = searchIndex(this.views, { ...EVERYWHERE, limit: 200 }, DAY)
    return hits
      .map(({ view, work: number }) =>
        view
          .group(number, EVERYWHERE, DAY)
          .filter((each) => each.view.offeredAlone(EVERYWHERE, DAY).isOffered[each.work] === 1)
          .map((each) => this.name(each)),
      )
      .toSorted(byFirst)
  }
}

function byFirst([a = '']: readonly string[], [b = '']: readonly string[]): number {
  return a < b ? -1 : 1
}

function cards(works: readonly FeedsWork[]): string[][] {
  return new Index(works).cards()
}

test('works with the same file are one, shown as the first feed has it', () => {
  const merged = cards([work('a', 'x', {}, 'file'), work('a', 'y'), work('b', 'z', {}, 'file')])
  assert.deepEqual(merged, [['a.x', 'b.z'], ['a.y']])
})

test('works with the same id elsewhere are one; the same title is nothing', () => {
  const merged = cards([
    work('a', 'x', { wikidata: 'Q1' }),
    work('b', 'y', { wikidata: 'Q1' }),
    work('b', 'x'),
  ])
  assert.deepEqual(merged, [['a.x', 'b.y'], ['b.x']])
})

test('C13: no feed can make one of two works of another, nor one of its own', () => {
  const bridge = work('b', 'bridge', { wikidata: 'Q1', imdb: 'tt0000002' })
  const works = [work('a', 'x', { wikidata: 'Q1' }), work('a', 'y', { imdb: 'tt0000002' }), bridge]
  const [joined = '', alone = ''] = textHash('x') < textHash('y') ? ['a.x', 'a.y'] : ['a.y', 'a.x']
  assert.deepEqual(cards(works), [[joined, 'b.bridge'], [alone]].toSorted(byFirst))
  const third = work('c', 'z', { wikidata: 'Q1', imdb: 'tt0000002' })
  assert.deepEqual(
    cards([...works, third]),
    [[joined, 'b.bridge', 'c.z'], [alone]].toSorted(byFirst),
  )
  // Nor by way of a third one.
  const far = work('c', 'far', { imdb: 'tt0000002' })
  const near = [work('a', 'x', { wikidata: 'Q1' }), bridge, far]
  assert.deepEqual(cards(near), [['a.x', 'b.bridge'], ['c.far']])
  const twice = [work('a', 'x', { wikidata: 'Q1' }), work('a', 'y', { wikidata: 'Q1' })]
  assert.deepEqual(cards(twice), [['a.x'], ['a.y']])
  const four = [...twice, work('b', 'v', { wikidata: 'Q1' }), work('b', 'w', { wikidata: 'Q1' })]
  assert.equal(cards(four).length, 3)
})

test('C13: a person is no work', () => {
  const id = { isni: '0000000121032683' }
  assert.deepEqual(cards([work('a', 'x', id), work('b', 'y', id)]), [['a.x'], ['b.y']])
})

test('feeds merge as a plain walk through all their records merges them', () => {
  const some = fc.record({
    feed: fc.constantFrom('a', 'b', 'c'),
    wikidata: fc.integer({ min: 1, max: 4 }),
    imdb: fc.integer({ min: 1, max: 9 }),
    root: fc.integer({ min: 1, max: 6 }),
    isFree: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(some, { maxLength: 12 }), (made) => {
      const works = made
        .map(({ feed, wikidata, imdb, root, isFree }, at) =>
          work(
            feed,
            `w${at}`,
            { wikidata: `Q${wikidata}`, imdb: `tt000000${imdb}` },
            `root${root}`,
            isFree ? {} : { rights: [] },
          ),
        )
        .toSorted((a, b) => {
          if (a.feed !== b.feed) return a.feed < b.feed ? -1 : 1
          return textHash(a.record.id) - textHash(b.record.id)
        })
      const index = new Index(works)
      const offered = works.filter(({ record }) => record.rights.length > 0)
      const expected = mergeWorks(offered).map(({ shown, alsoIn }) => [
        `${shown.feed}.${shown.record.id}`,
        ...alsoIn.map(({ feed, id }) => `${feed}.${id}`),
      ])
      assert.deepEqual(index.cards(), expected.toSorted(byFirst))
      const all = [...offered, ...works.filter(({ record }) => record.rights.length === 0)]
      const counts = countWorks(index.views, EVERYWHERE, DAY)
      assert.equal(counts.offered, expected.length)
      assert.equal(counts.offered + counts.notOffered, mergeWorks(all).length)
    }),
    { numRuns: 200 },
  )
})

test('a work is one card in a search for a title of either feed, in rows, lists and counts', () => {
  const named = (text: string) => ({ title: { text, language: 'en' }, translations: {} })
  const works = [
    work('a', 'x', { wikidata: 'Q1' }, 'x', named('The Harbour')),
    work('a', 'y', {}, 'y', named('The Harbour Again')),
    work('b', 'z', { wikidata: 'Q1' }, 'z', named('Am Hafenbecken')),
  ]
  const index = new Index(works)
  const named_ = (hits: readonly { view: SegmentView; work: number }[]): string[] =>
    hits.map((hit) => index.name(hit)).toSorted()
  for (const [text, found] of [
    ['harbour', ['a.x', 'a.y']],
    ['hafenbecken', ['a.x']],
    ['hafenbeken', ['a.x']],
    ['', ['a.x', 'a.y']],
  ] as const) {
    const { hits, total, facets } = searchIndex(index.views, { ...EVERYWHERE, text }, DAY)
    assert.deepEqual(named_(hits), found, text)
    assert.equal(total, found.length)
    assert.equal(
      facets?.feeds.reduce((sum, { count }) => sum + count, 0),
      found.length,
    )
  }
  const row = rowHits(index.views, { ...EVERYWHERE, row: { kind: 'pick', seed: 's' } }, DAY)
  assert.deepEqual(named_(row.hits), ['a.x', 'a.y'])
  const lists = curatedLists(index.views, EVERYWHERE, DAY)
  assert.deepEqual(
    lists.map(({ summary, hits }) => [summary.feedId, summary.workCount, ...named_(hits)]),
    [
      ['a', 2, 'a.x', 'a.y'],
      ['b', 1, 'a.x'],
    ],
  )
  assert.equal(countWorks(index.views, EVERYWHERE, DAY).offered, 2)
})

test('C14: a record that is withheld is no card: the other feed’s is, unless it has the withdrawn file too', () => {
  const own = work('a', 'x', { wikidata: 'Q1' }, 'one')
  const other = work('b', 'y', { wikidata: 'Q1' }, 'two')
  const same = work('c', 'z', { wikidata: 'Q1' }, 'one')
  const [root] = own.record.releases.flatMap((release) =>
    release.kind === 'release' ? release.videos.map((video) => video.root) : [],
  )
  assert.ok(root !== undefined)
  assert.deepEqual(new Index([own, other, same]).cards(), [['a.x', 'b.y', 'c.z']])
  assert.deepEqual(new Index([own, other, same], [root]).cards(), [['b.y']])
  // Its own decisions are about works, not about files.
  assert.deepEqual(new Index([own, other, same], [root], 'a').cards(), [['a.x', 'b.y']])
  const { offered, notOffered } = countWorks(new Index([own, same], [root]).views, EVERYWHERE, DAY)
  assert.deepEqual([offered, notOffered], [0, 0])
})

test('O4: no record stands for one that is made for older people', () => {
  const rated = { ages: [{ scheme: 'de-fsk', label: 'FSK 16', minYears: 16 }] }
  const works = [
    work('a', 'x', { wikidata: 'Q1' }, 'x', rated),
    work('b', 'y', { wikidata: 'Q1' }),
    work('b', 'z'),
  ]
  const { views } = new Index(works)
  const found = (years: number): number =>
    searchIndex(views, { ...EVERYWHERE, ages: { years, withUnrated: true } }, DAY).total
  assert.deepEqual([found(16), found(12)], [2, 1])
  const [, view] = views
  const isShown = (years: number): boolean | undefined =>
    view?.isShown(0, { ...EVERYWHERE, ages: { years, withUnrated: true } }, DAY)
  assert.deepEqual([isShown(16), isShown(12)], [true, false])
})
