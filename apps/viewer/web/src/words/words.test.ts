import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { TonightReason } from '#api'
import { spokenWords, madeCard } from '../../test/spoken-words.ts'
import { doubleBillOfList, doubleBillOfRow, totalSeconds } from './bill.ts'
import { captionText, factsText, makerText } from './card-words.ts'
import { genreText, rowWords } from './row-words.ts'
import { tonightSentence } from './tonight-words.ts'

const english = spokenWords('en')
const french = spokenWords('fr')

test('every reason for tonight is one sentence, in both languages', () => {
  const reasons: TonightReason[] = [
    { kind: 'new' },
    { kind: 'list', title: 'Two canals' },
    { kind: 'anniversary', years: 100 },
    { kind: 'short', minutes: 7 },
    { kind: 'favourite' },
    { kind: 'elsewhere', country: 'JP' },
    { kind: 'wordless' },
    { kind: 'never-seen' },
  ]
  const said = (words: typeof english): string[] =>
    reasons.map((reason) => {
      const { key, values } = tonightSentence(reason, words.language)
      return words.say(key, values)
    })
  assert.equal(new Set(said(english)).size, reasons.length)
  assert.deepEqual(said(english).slice(1, 4), [
    'From the list “Two canals”.',
    'First shown 100 years ago.',
    'Over in 7 minutes.',
  ])
  assert.equal(said(english)[5], 'Japan: somewhere new for you.')
  assert.equal(said(french)[5], 'Japon\u202f: un pays nouveau pour vous.')
  for (const sentence of [...said(english), ...said(french)]) assert.match(sentence, /^\S[^.]*\.$/u)
})

test('a card says who, when, how long and in which language, and is silent of what nobody knows', () => {
  const film = madeCard('a', { durationSeconds: 720, languages: ['en', 'fr'], year: 2015 })
  assert.equal(captionText(film, english), '2015, 12 min')
  assert.equal(
    factsText(film, english),
    'Odile Marchevent, 2015. 12 minutes, in English and French.',
  )
  assert.equal(
    factsText(film, french),
    'Odile Marchevent, 2015. 12 minutes, en anglais et français.',
  )
  const bare = { makers: [], year: null, durationSeconds: null, languages: [], genres: [] }
  assert.equal(factsText(madeCard('b', bare), english), '')
  assert.equal(captionText(madeCard('b', bare), english), '')
  const many = { makers: ['Ama D', 'Kofi A', 'Zofia Ł'] }
  assert.equal(makerText(madeCard('c', many), english), 'Ama D and 2 others, 1926')
  assert.equal(captionText(madeCard('d', { durationSeconds: 12 }), english), '1926, 1 min')
})

test('a silent film is called silent, one without words wordless, and a series has years', () => {
  const silent = madeCard('a', { languages: ['zxx'], genres: ['silent'] })
  assert.match(factsText(silent, english), /90 minutes, silent\.$/u)
  assert.match(factsText({ ...silent, genres: ['animation'] }, english), /without words\.$/u)
  const series = madeCard('b', {
    kind: 'series',
    durationSeconds: null,
    episodeCount: 18,
    year: 2022,
    endYear: 2024,
  })
  assert.equal(captionText(series, english), '2022 to 2024, 18 episodes')
  assert.equal(captionText({ ...series, endYear: null }, english), 'since 2022, 18 episodes')
  assert.equal(captionText({ ...series, endYear: 2022 }, french), '2022, 18 épisodes')
})

test('a curated list of two films is a double bill; other rows, longer lists and series are not', () => {
  const [one, two, three] = [madeCard('1'), madeCard('2'), madeCard('3')]
  const heading = { kind: 'list', listId: 'l', title: 'Two', note: null } as const
  const row = { heading, works: [one, two], total: 2, browse: null }
  assert.deepEqual(doubleBillOfRow(row), [one, two])
  assert.equal(doubleBillOfRow({ ...row, total: 40 }), null)
  assert.equal(doubleBillOfRow({ ...row, heading: { kind: 'new' } }), null)
  const list = { id: 'l', title: 'Two', note: null, works: [one, two], chosen: null }
  assert.deepEqual(doubleBillOfList(list), [one, two])
  assert.equal(doubleBillOfList({ ...list, works: [one] }), null)
  assert.equal(doubleBillOfList({ ...list, works: [one, two, three] }), null)
  assert.equal(doubleBillOfList({ ...list, works: [one, { ...two, kind: 'series' }] }), null)
  // Somebody's list of twelve of which two are here is no evening that they made.
  const chosen = { by: 'Ada', notes: {}, named: 12, missing: 10, notOffered: 0 }
  assert.equal(doubleBillOfList({ ...list, chosen }), null)
})

test('an evening is as long as its films, and of unknown length when one is', () => {
  assert.equal(totalSeconds([madeCard('1'), madeCard('2', { durationSeconds: 600 })]), 6000)
  assert.equal(totalSeconds([madeCard('1'), madeCard('2', { durationSeconds: null })]), null)
})

test('rows have words of their own, lists bring theirs, and unknown genres and places stay readable', () => {
  assert.equal(
    rowWords({ kind: 'place', country: 'DE', decade: 1920 }, english).heading,
    'Germany, the 1920s',
  )
  assert.equal(
    rowWords({ kind: 'place', country: null, decade: 1920 }, french).heading,
    'Les années 1920',
  )
  assert.equal(rowWords({ kind: 'place', country: 'JP', decade: null }, english).heading, 'Japan')
  assert.equal(rowWords({ kind: 'genre', genre: 'noir' }, english).heading, 'Film noir')
  assert.equal(genreText('city-symphony', english), 'City symphony')
  const list = { kind: 'list', listId: 'x', title: 'Два', note: 'n' } as const
  assert.deepEqual(rowWords(list, french), { heading: 'Два', note: 'n' })
})
