import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BugError } from '@matinee/base'
import {
  COUNTRIES,
  EU_COUNTRIES,
  UNITED_STATES,
  country,
  parseCountry,
  parseScope,
  reaches,
} from './territory.ts'

test('the table holds the 249 countries of ISO 3166-1, sorted, each with a name', () => {
  assert.equal(COUNTRIES.length, 249)
  assert.deepEqual(COUNTRIES.toSorted(), COUNTRIES)
  assert.equal(new Set(COUNTRIES).size, 249)
  const names = new Intl.DisplayNames('en', { type: 'region' })
  for (const code of COUNTRIES) assert.notEqual(names.of(code), code)
  assert.equal(EU_COUNTRIES.length, 27)
})

test('codes are read in any case, and what isn’t assigned is no country', () => {
  assert.equal(parseCountry('fr'), 'FR')
  for (const text of ['EU', 'UK', 'SU', 'XX', 'FRA', '', '*'])
    assert.equal(parseCountry(text), null)
  assert.equal(parseScope('worldwide'), 'worldwide')
  assert.equal(parseScope('EU'), 'EU')
  assert.equal(parseScope('de'), 'DE')
  assert.equal(parseScope('Worldwide'), null)
  assert.throws(() => country('EU'), BugError)
})

test('the Union reaches its members only, and nothing but the world reaches the unknown', () => {
  assert(reaches('EU', country('FR')))
  for (const code of ['GB', 'CH', 'NO', 'US', 'RE']) assert(!reaches('EU', country(code)))
  assert(reaches('worldwide', UNITED_STATES) && reaches('worldwide', null))
  assert(!reaches('EU', null) && !reaches(UNITED_STATES, null))
})
