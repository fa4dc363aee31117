import { test } from 'node:test'
import assert from 'node:assert/strict'
import { EMPTY_QUERY } from '../../api/browse-search.ts'
import { spokenWords } from '../../../test/spoken-words.ts'
import {
  addressOfQuery,
  decadeBars,
  lengthOf,
  optionsOf,
  queryOfPage,
  toggled,
  withoutFilters,
} from './browse-choice.ts'
import { filterChips } from './filter-chips.ts'

const words = spokenWords('en')

test("a tab's kind can't be chosen away, and doesn't stand in its address", () => {
  const query = queryOfPage('feature', 'kinds=series&genres=comedy')
  assert.deepEqual(query, { ...EMPTY_QUERY, kinds: ['feature'], genres: ['comedy'] })
  assert.equal(addressOfQuery('feature', query), '?genres=comedy')
  assert.equal(addressOfQuery(null, query), '?kinds=feature&genres=comedy')
  assert.equal(addressOfQuery('feature', withoutFilters('feature', query)), '')
})

test('a value goes in and out of its filter, and a word that the filter does not know stays out', () => {
  const one = toggled(EMPTY_QUERY, 'genres', 'silent', true)
  const two = toggled(one, 'genres', 'comedy', true)
  assert.deepEqual(two.genres, ['silent', 'comedy'])
  assert.deepEqual(toggled(two, 'genres', 'silent', false).genres, ['comedy'])
  assert.deepEqual(toggled(EMPTY_QUERY, 'uses', 'sell', true).uses, [])
})

test('a filter keeps its values in their places, those without works and the chosen ones too', () => {
  const all = [
    { value: 'drama', count: 9 },
    { value: 'war', count: 2 },
  ]
  assert.deepEqual(optionsOf(all, [{ value: 'drama', count: 1 }], ['opera']), [
    { value: 'drama', count: 1, isOn: false },
    { value: 'war', count: 0, isOn: false },
    { value: 'opera', count: 0, isOn: true },
  ])
})

test('decades stand as bars from the first to the last, gaps included', () => {
  const all = ['1920', '1950'].map((value) => ({ value, count: 5 }))
  assert.deepEqual(decadeBars(all, [{ value: '1950', count: 3 }]), {
    firstDecade: 1920,
    counts: [0, 0, 0, 3],
  })
  assert.equal(decadeBars(all.slice(0, 1), all), null)
})

test('each choice is a chip whose cross takes away just that choice', () => {
  const query = {
    ...EMPTY_QUERY,
    text: 'lamp',
    sort: 'match' as const,
    kinds: ['feature' as const],
    subtitles: ['fr'],
    languages: ['zxx'],
    yearFrom: 1920,
    yearTo: 1969,
    minutesTo: 15,
  }
  const chips = filterChips(query, 'feature', words)
  assert.deepEqual(
    chips.map(({ text }) => text),
    ['“lamp”', '1920 to 1969', 'Under 15 minutes', 'Without words', 'French subtitles'],
  )
  assert.deepEqual(chips[0]?.without, { ...query, text: '', sort: null })
  assert.deepEqual(chips[1]?.without, { ...query, yearFrom: null, yearTo: null })
  assert.deepEqual(chips[4]?.without, { ...query, subtitles: [] })
})

test('a length is chosen only when both of its ends are', () => {
  assert.equal(lengthOf({ ...EMPTY_QUERY, minutesFrom: 15, minutesTo: 60 }), 'to-60')
  assert.equal(lengthOf({ ...EMPTY_QUERY, minutesFrom: 15 }), null)
  assert.equal(lengthOf(EMPTY_QUERY), null)
})
