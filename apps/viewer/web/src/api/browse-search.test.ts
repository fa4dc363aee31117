import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { SORTS, USES, WORK_KINDS, browseQuerySchema, type BrowseQuery } from '#api'
import { EMPTY_QUERY, queryOfSearch, searchOfQuery } from './browse-search.ts'

const token = fc.stringMatching(/^[a-z][a-z-]{0,9}$/u)
const tokens = fc.uniqueArray(token, { maxLength: 4 })
const number = fc.option(fc.nat({ max: 9999 }))
const inOrder = <Value>(values: readonly Value[]) => fc.subarray([...values])

const query: fc.Arbitrary<BrowseQuery> = fc.record(
  {
    text: fc.string({ maxLength: 30, unit: 'binary' }).map((text) => text.toWellFormed()),
    kinds: inOrder(WORK_KINDS),
    genres: tokens,
    countries: tokens,
    languages: tokens,
    subtitles: tokens,
    descriptions: tokens,
    licences: tokens,
    uses: inOrder(USES),
    list: fc.option(fc.string({ minLength: 1, maxLength: 30 })),
    yearFrom: number,
    yearTo: number,
    minutesFrom: number,
    minutesTo: number,
    sort: fc.option(fc.constantFrom(...SORTS)),
    offset: fc.constant(0),
    limit: fc.constant(EMPTY_QUERY.limit),
  },
  { noNullPrototype: true },
)

test('a query comes back whole from the address that it was written into', () => {
  fc.assert(
    fc.property(query, (asked) => {
      const address = searchOfQuery(asked).toString()
      assert.deepEqual(queryOfSearch(new URLSearchParams(address)), asked)
    }),
  )
})

test('an address that anybody wrote is a query that the server takes', () => {
  const names = Object.keys(EMPTY_QUERY)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...names), fc.string({ maxLength: 300 }))),
      (pairs) => {
        const read = queryOfSearch(new URLSearchParams(pairs))
        assert.equal(browseQuerySchema.safeParse(read).success, true)
      },
    ),
  )
})

test('a page of the answer is asked for only where it is wanted', () => {
  assert.equal(searchOfQuery({ ...EMPTY_QUERY, offset: 60 }).toString(), '')
  assert.equal(
    searchOfQuery({ ...EMPTY_QUERY, offset: 60 }, { withPage: true }).toString(),
    'offset=60&limit=60',
  )
})

test('what an address says twice is asked for once, and an unknown word says nothing', () => {
  const read = queryOfSearch(
    new URLSearchParams('genres=silent,silent,<b>&kinds=feature,opera&sort=best&yearFrom=-3'),
  )
  assert.deepEqual(read, { ...EMPTY_QUERY, genres: ['silent'], kinds: ['feature'] })
})
