import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FRANCE, JAPAN, SPAIN, TODAY, US, day, entry, work } from '../../test/entries.ts'
import * as known from '../../test/known-films.ts'
import { EU_COUNTRIES } from '../territory.ts'
import { placesOf, rightsCard } from './rights-card.ts'

const VERTOV = work([entry({ territories: ['EU', US], basis: { kind: 'public-domain-term' } })], {
  term: known.MAN_WITH_A_MOVIE_CAMERA,
})

test('the card says yes for what may be passed on with no more than credit', () => {
  const card = rightsCard(work([entry()]), FRANCE, TODAY)
  assert.equal(card.answer, 'yes')
  assert.deepEqual(card.places, ['worldwide'])
  assert.equal(rightsCard(VERTOV, FRANCE, TODAY).answer, 'yes')
})

test('it says yes, but, when something is forbidden or asks for more', () => {
  for (const licence of ['CC-BY-NC-SA-4.0', 'CC-BY-ND-3.0', 'GFDL-1.3-or-later']) {
    const given = work([entry({ basis: { kind: 'licence', licence } })])
    assert.equal(rightsCard(given, FRANCE, TODAY).answer, 'yes-but', licence)
  }
})

test('it says depends where a work isn’t offered but is elsewhere', () => {
  for (const where of [JAPAN, null])
    assert.equal(rightsCard(VERTOV, where, TODAY).answer, 'depends')
})

test('it says no longer of what was withdrawn, and no of what is offered nowhere', () => {
  const withdrawal = { on: TODAY, cause: 'makers-wish', reason: '', noticeUrl: null } as const
  assert.equal(rightsCard(work([entry()], { withdrawal }), FRANCE, TODAY).answer, 'no-longer')
  assert.equal(rightsCard(work([entry({ verified: false })]), FRANCE, TODAY).answer, 'no')
  assert.deepEqual(placesOf(work([]), TODAY), [])
})

test('places are the Union where all of it is meant, and countries otherwise', () => {
  const licensed = work([entry({ territories: ['EU', US] })])
  assert.deepEqual(placesOf(licensed, TODAY), ['EU', 'US'])
  const withoutSpain = EU_COUNTRIES.filter((each) => each !== SPAIN)
  assert.deepEqual(placesOf(VERTOV, TODAY), [...withoutSpain, 'US'])
  assert.deepEqual(placesOf(VERTOV, day('2035-01-01')), ['EU', 'US'])
})
