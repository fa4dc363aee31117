import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as known from '../../test/known-films.ts'
import { parseCalendarDate } from '../calendar-date.ts'
import { country } from '../territory.ts'
import type { TermFacts } from './term-facts.ts'
import type { TermRule } from './term-rule.ts'
import { type TermStatus, partStatus, termStatus } from './term-status.ts'

const { checked, film, heard, nobody, people } = known

function day(text: string): NonNullable<ReturnType<typeof parseCalendarDate>> {
  const date = parseCalendarDate(text)
  assert(date !== null)
  return date
}

function status(facts: TermFacts, where: string, date: string): TermStatus {
  return termStatus(facts, country(where), day(date))
}

/** `PD 2023-01-01 high us-95y`, `protected 2022-12-31 high us-95y`, `unknown`. */
function told(found: TermStatus): string {
  const rule: TermRule | '' = found.rules[0] ?? ''
  switch (found.kind) {
    case 'public-domain':
      return `PD ${found.since} ${found.confidence} ${rule}`
    case 'protected':
      return `protected ${found.isExact ? '' : 'at least '}${found.until ?? 'open'} ${found.confidence}`
    case 'unknown':
      return 'unknown'
  }
}

interface Case {
  readonly facts: TermFacts
  readonly where: string
  readonly date: string
  readonly expected: string
  /** Where the reference says so. */
  readonly reference: string
}

const CASES: Readonly<Record<string, Case[]>> = {
  'Night of the Living Dead': [
    {
      facts: known.NIGHT_OF_THE_LIVING_DEAD,
      where: 'US',
      date: '2026-01-01',
      expected: 'PD 1969-01-01 high us-no-notice',
      reference: 'content-and-rights.md 3.4 US (to 1977 without notice); starter-works.json notld',
    },
    {
      facts: known.NIGHT_OF_THE_LIVING_DEAD,
      where: 'FR',
      date: '2026-01-01',
      expected: 'unknown',
      reference: '3.4 EU: until a lawyer looked, US films are "EU: unknown"',
    },
  ],
  Charade: [
    {
      facts: known.CHARADE,
      where: 'US',
      date: '2026-01-01',
      expected: 'PD 1964-01-01 medium us-no-notice',
      reference: '3.4 US; starter-works.json charade2, doubt of charade4',
    },
    {
      facts: known.CHARADE,
      where: 'DE',
      date: '2026-01-01',
      expected: 'unknown',
      reference: '3.4 EU: US films are unknown',
    },
  ],
  'His Girl Friday': [
    {
      facts: known.HIS_GIRL_FRIDAY,
      where: 'US',
      date: '2023-12-31',
      expected: 'protected 2023-12-31 high',
      reference: '3.4 US: the play of 1928 protected it until 2024 [Ockerbloom]',
    },
    {
      facts: known.HIS_GIRL_FRIDAY,
      where: 'US',
      date: '2024-01-01',
      expected: 'PD 2024-01-01 high us-95y',
      reference: '3.4 US: the play of 1928 protected it until 2024 [Ockerbloom]',
    },
  ],
  Metropolis: [
    {
      facts: known.METROPOLIS,
      where: 'US',
      date: '2022-12-31',
      expected: 'protected 2022-12-31 high',
      reference:
        '3.4 US: restored in 1996, "until 2022" [plagiarismtoday]; not-renewed is for US works',
    },
    {
      facts: known.METROPOLIS,
      where: 'US',
      date: '2023-01-01',
      expected: 'PD 2023-01-01 high us-95y',
      reference: '3.4 US',
    },
    {
      facts: known.METROPOLIS,
      where: 'DE',
      date: '2046-12-31',
      expected: 'protected 2046-12-31 low',
      reference: '3.4 EU: Lang died in 1976 (from memory)',
    },
    {
      facts: known.METROPOLIS,
      where: 'DE',
      date: '2047-01-01',
      expected: 'PD 2047-01-01 low eu-life70',
      reference: '3.4 EU: Lang died in 1976 (from memory)',
    },
  ],
  Nosferatu: [
    {
      facts: known.NOSFERATU,
      where: 'US',
      date: '2018-01-01',
      expected: 'PD 2018-01-01 high us-95y',
      reference: 'starter-works.json: "PD in US since 2018-01-01"',
    },
    {
      facts: known.NOSFERATU,
      where: 'US',
      date: '2017-12-31',
      expected: 'protected 2017-12-31 high',
      reference: 'starter-works.json: "PD in US since 2018-01-01"',
    },
    {
      facts: known.NOSFERATU,
      where: 'DE',
      date: '2026-01-01',
      expected: 'PD 2020-01-01 low eu-life70',
      reference: 'starter-works.json: "PD since 2020-01-01", two deaths from memory',
    },
  ],
  'Man with a Movie Camera': [
    {
      facts: known.MAN_WITH_A_MOVIE_CAMERA,
      where: 'FR',
      date: '2024-12-31',
      expected: 'unknown',
      reference: '3.4 (EU 2024/2025); art. 7 for a Soviet film is unchecked',
    },
    {
      facts: known.MAN_WITH_A_MOVIE_CAMERA,
      where: 'FR',
      date: '2025-01-01',
      expected: 'PD 2025-01-01 high eu-life70',
      reference: '3.4 (EU 2024/2025); starter-works.json: "PD since 2025-01-01"',
    },
    {
      facts: known.MAN_WITH_A_MOVIE_CAMERA,
      where: 'US',
      date: '2025-01-01',
      expected: 'PD 2025-01-01 high us-95y',
      reference: 'starter-works.json: "PD in US since 2025-01-01"',
    },
    {
      facts: known.MAN_WITH_A_MOVIE_CAMERA,
      where: 'ES',
      date: '2026-01-01',
      expected: 'unknown',
      reference: 'Spain kept 80 years for who died before 7 December 1987',
    },
  ],
  'Battleship Potemkin': [
    {
      facts: known.BATTLESHIP_POTEMKIN,
      where: 'DE',
      date: '2026-01-01',
      expected: 'unknown',
      reference: '3.4 (unknown); starter-works.json: possibly protected until 2044',
    },
    {
      facts: known.BATTLESHIP_POTEMKIN,
      where: 'US',
      date: '2021-01-01',
      expected: 'PD 2021-01-01 high us-95y',
      reference: 'starter-works.json: "PD in US since 2021-01-01"',
    },
  ],
  'a US film of 1965 with a notice': [
    {
      facts: known.FILM_OF_1965,
      where: 'US',
      date: '2026-01-01',
      expected: 'protected 2060-12-31 high',
      reference: '3.4 US: 1964–1977 with notice, 95 years (automatic renewal)',
    },
    {
      facts: known.FILM_OF_1965,
      where: 'US',
      date: '2061-01-01',
      expected: 'PD 2061-01-01 high us-95y',
      reference: '3.4 US: terms run to 31 December',
    },
  ],
  Citizenfour: [
    {
      facts: known.CITIZENFOUR,
      where: 'US',
      date: '2026-01-01',
      expected: 'protected 2109-12-31 high',
      reference: '3.4 (protected); 0.1: a dataset lists it as free',
    },
    {
      facts: known.CITIZENFOUR,
      where: 'FR',
      date: '2026-01-01',
      expected: 'protected at least 2109-12-31 high',
      reference: '3.4 (protected): art. 7 can’t end before US law does',
    },
  ],
  'Plan 9 from Outer Space': [
    {
      facts: known.PLAN_9,
      where: 'US',
      date: '2026-01-01',
      expected: 'protected 2054-12-31 high',
      reference: '0.1: registered (PA0000102338) and renewed (RE0000279707)',
    },
  ],
  'D.O.A.': [
    {
      facts: known.DOA_1950,
      where: 'US',
      date: '2026-01-01',
      expected: 'PD 1979-01-01 high us-not-renewed',
      reference: '3.4 US: 1931–1963 not renewed in the 28th year',
    },
  ],
}

for (const [title, cases] of Object.entries(CASES)) {
  test(`${title} has the status that the reference gives it`, () => {
    for (const { facts, where, date, expected, reference } of cases) {
      assert.equal(told(status(facts, where, date)), expected, `${where} ${date}: ${reference}`)
    }
  })
}

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
