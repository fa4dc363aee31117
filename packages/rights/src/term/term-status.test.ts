import assert from 'node:assert/strict'
import { test } from 'node:test'
import { day } from '../../test/entries.ts'
import * as known from '../../test/known-films.ts'
import { status, told } from '../../test/term-words.ts'
import { country } from '../territory.ts'
import type { TermFacts } from './term-facts.ts'
import { partStatus, termStatus } from './term-status.ts'

const { checked, film, heard, nobody, people } = known

test('everything published 96 years ago or earlier is free in the US, and nothing else by that rule', () => {
  const of = (year: number): TermFacts =>
    film({ published: checked({ year }), origin: checked('DE'), authors: [] })
  assert.equal(told(status(of(1930), 'US', '2026-01-01')), 'PD 2026-01-01 high us-95y')
  assert.equal(told(status(of(1931), 'US', '2026-01-01')), 'protected 2026-12-31 high')
})

test('a film of 1978 to February 1989 without a notice is free only when it wasn’t registered', () => {
  const of = (
    year: number,
    month: number | undefined,
    registered: boolean | undefined,
  ): TermFacts =>
    film({
      published: checked(month === undefined ? { year } : { year, month }),
      origin: checked('US'),
      notice: checked(false),
      forHire: checked(true),
      ...(registered === undefined ? {} : { registered: checked(registered) }),
      authors: [],
    })
  const free = 'PD 1983-01-01 high us-no-notice-1978'
  assert.equal(told(status(of(1982, undefined, false), 'US', '2026-01-01')), free)
  assert.equal(
    told(status(of(1982, undefined, true), 'US', '2026-01-01')),
    'protected 2077-12-31 high',
  )
  assert.equal(told(status(of(1982, undefined, undefined), 'US', '2026-01-01')), 'unknown')
  const last = 'PD 1990-01-01 high us-no-notice-1978'
  assert.equal(told(status(of(1989, 2, false), 'US', '2026-01-01')), last)
  assert.equal(told(status(of(1989, 3, false), 'US', '2026-01-01')), 'protected 2084-12-31 high')
  assert.equal(told(status(of(1989, -9, false), 'US', '2026-01-01')), 'unknown')
  const undated = status(of(1989, undefined, false), 'US', '2026-01-01')
  assert.deepEqual(undated.kind === 'unknown' && undated.missing, [
    { kind: 'publication', of: null },
  ])
})

test('a foreign film keeps its US protection whatever formalities it missed', () => {
  const facts = film({
    published: checked({ year: 1955 }),
    origin: checked('FR'),
    notice: checked(false),
    renewed: checked(false),
    authors: [],
  })
  assert.equal(told(status(facts, 'US', '2026-01-01')), 'protected 2050-12-31 high')
})

test('a film of the federal government is free in the US', () => {
  const facts = film({
    published: checked({ year: 1990 }),
    government: checked(true),
    authors: [],
  })
  assert.equal(told(status(facts, 'US', '2026-01-01')), 'PD 1991-01-01 high us-government')
})

test('what was made by a person since 1978 is protected for 70 years after the last death', () => {
  const of = (createdYear: number | undefined): TermFacts =>
    film({
      published: checked({ year: 1980 }),
      forHire: checked(false),
      ...(createdYear === undefined ? {} : { createdYear: checked(createdYear) }),
      notice: checked(true),
      authors: [people('director', { name: 'A', died: checked(1970) })],
    })
  assert.equal(told(status(of(1969), 'US', '2026-01-01')), 'protected 2047-12-31 high')
  const made = film({
    published: checked({ year: 1995 }),
    forHire: checked(false),
    createdYear: checked(1995),
    authors: [
      people('director', { name: 'A', died: checked(2000) }, { name: 'B', died: checked(2010) }),
    ],
  })
  assert.equal(told(status(made, 'US', '2026-01-01')), 'protected 2080-12-31 high')
})

test('an unknown says which facts would settle it', () => {
  const facts = film({ published: checked({ year: 1950 }), authors: [] })
  const found = status(facts, 'US', '2026-01-01')
  assert(found.kind === 'unknown')
  assert.deepEqual(
    found.missing.map((each) => each.kind),
    ['origin', 'notice', 'renewal'],
  )
  const inFrance = status(known.BATTLESHIP_POTEMKIN, 'FR', '2026-01-01')
  assert(inFrance.kind === 'unknown')
  assert.deepEqual(inFrance.missing, [
    { kind: 'death', name: 'Nina Agadzhanova', of: null },
    { kind: 'death', name: 'Edmund Meisel', of: null },
    { kind: 'shorter-term', of: null },
  ])
})

test('facts that don’t matter are not asked for', () => {
  // Not renewed or renewed, noticed or not: 95 years are over.
  const facts = film({ published: checked({ year: 1928 }), renewed: heard(false), authors: [] })
  assert.equal(told(status(facts, 'US', '2024-01-01')), 'PD 2024-01-01 high us-95y')
})

test('a living author keeps a film protected without a known end', () => {
  const facts = film({
    published: checked({ year: 1960 }),
    origin: checked('FR'),
    authors: [people('director', { name: 'A', died: checked(null) }), ...nobody('dialogue')],
  })
  assert.equal(told(status(facts, 'FR', '2026-01-01')), 'protected at least open high')
})

test('an author who is alive leaves the end open, also in Spain', () => {
  const facts = film({
    published: checked({ year: 1960 }),
    origin: checked('ES'),
    authors: [people('director', { name: 'A', died: checked(null) })],
  })
  assert.equal(told(status(facts, 'ES', '2026-01-01')), 'protected at least open high')
})

test('the producer’s 50 years count when the authors died before the film came out', () => {
  const facts = film({
    published: checked({ year: 1990 }),
    origin: checked('FR'),
    authors: [
      people('director', { name: 'A', died: checked(1940) }),
      ...nobody('screenplay', 'dialogue', 'composer'),
    ],
  })
  assert.equal(told(status(facts, 'FR', '2026-01-01')), 'protected 2040-12-31 high')
  assert.equal(told(status(facts, 'FR', '2041-01-01')), 'PD 2041-01-01 high eu-producer50')
})

test('in the Union the older work inside a film is counted by its own author', () => {
  const old = known.NOSFERATU
  const withNovel: TermFacts = {
    ...old,
    parts: [
      {
        component: 'underlying',
        title: 'A novel',
        facts: {
          origin: checked('FR'),
          authors: [people('author', { name: 'N', died: checked(1980) })],
        },
      },
    ],
  }
  assert.equal(told(status(withNovel, 'DE', '2026-01-01')), 'protected at least 2050-12-31 high')
  const novel = partStatus(withNovel, 'underlying', country('DE'), day('2051-01-01'))
  assert.equal(told(novel), 'PD 2051-01-01 high eu-life70')
  assert.equal(partStatus(withNovel, 'music', country('DE'), day('2051-01-01')).kind, 'unknown')
  const alone = termStatus(withNovel, country('DE'), day('2026-01-01'), () => false)
  assert.equal(told(alone), 'PD 2020-01-01 low eu-life70')
})

test('countries without a rule are unknown, and say so', () => {
  const found = status(known.NOSFERATU, 'JP', '2026-01-01')
  assert(found.kind === 'unknown')
  assert.deepEqual(found.missing, [{ kind: 'term-rule', of: null }])
})

test('a year that can’t be is no fact, and makes nothing free', () => {
  const years = [0, 193, 1887, -5, 1931.5, 10_000, Number.NaN, Infinity, -Infinity]
  for (const year of years) {
    const facts = film({
      published: checked({ year }),
      origin: checked('FR'),
      createdYear: checked(year),
      authors: [
        people('director', { name: 'A', died: checked(year) }),
        ...nobody('screenplay', 'dialogue', 'composer'),
      ],
    })
    for (const where of ['US', 'FR', 'ES']) {
      assert.equal(status(facts, where, '2026-01-01').kind, 'unknown', `${year} in ${where}`)
    }
  }
})

test('a term that would end after the calendar does has no known end', () => {
  const facts = film({ published: checked({ year: 9990 }), forHire: checked(true), authors: [] })
  assert.equal(told(status(facts, 'US', '9999-12-31')), 'protected at least open high')
})
