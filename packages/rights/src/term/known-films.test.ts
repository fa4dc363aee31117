import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as known from '../../test/known-films.ts'
import { status, told } from '../../test/term-words.ts'
import type { TermFacts } from './term-facts.ts'

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
