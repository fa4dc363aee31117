import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  GERMANY,
  JAPAN,
  MAKERS_PAGE,
  SPAIN,
  TODAY,
  US,
  day,
  entry,
  work,
} from '../../test/entries.ts'
import { lacks, no, yes } from '../../test/judge.ts'
import * as known from '../../test/known-films.ts'
import type { Basis } from '../entry/rights-entry.ts'
import { EVERYTHING, NO } from '../permission.ts'
import type { RightsWork } from './verdict.ts'

const TERM: Basis = { kind: 'public-domain-term' }

test('a licence that isn’t known, or a mark passed off as one, frees nothing', () => {
  const under = (licence: string): RightsWork =>
    work([entry({ basis: { kind: 'licence', licence } })])
  assert.deepEqual(lacks(under('CC-BY')), ['licence-terms'])
  assert.deepEqual(lacks(under('CC-PDM-1.0')), ['determination'])
  yes(under('LicenseRef-CC-BY-SA-3.0-FR'))
})

test('a permission must be the public’s, and its text must be kept', () => {
  const under = (sha256: string | null, share = EVERYTHING.share): RightsWork =>
    work([
      entry({
        basis: {
          kind: 'submission',
          terms: { kind: 'own-text', sha256, permissions: { ...EVERYTHING, share } },
        },
      }),
    ])
  yes(under('b'.repeat(64)))
  assert.deepEqual(lacks(under(null)), ['permission-text'])
  assert.deepEqual(lacks(under('b'.repeat(64), NO)), ['permission-to-share'])
  const licensed = yes(
    work([
      entry({ basis: { kind: 'submission', terms: { kind: 'licence', licence: 'CC-BY-ND-4.0' } } }),
    ]),
  )
  assert.deepEqual(licensed.permissions.translate, NO)
})

test('an archive’s statement and a public domain mark go as far as they are conclusive', () => {
  const noCopyrightUs = entry({ basis: { kind: 'rights-statement', statement: 'NoC-US' } })
  assert.equal(yes(work([noCopyrightUs]), US).confidence, 'medium')
  assert.deepEqual(lacks(work([noCopyrightUs])), ['determination'])
  assert.deepEqual(lacks(work([noCopyrightUs]), null), ['determination', 'country'])
  const nothingKnown = entry({ basis: { kind: 'rights-statement', statement: 'NKC' } })
  assert.deepEqual(lacks(work([nothingKnown]), US), ['determination'])
  const marked = (by: 'holder' | 'other'): RightsWork =>
    work([entry({ territories: [US], basis: { kind: 'public-domain-mark', by } })])
  assert.equal(yes(marked('holder'), US).confidence, 'medium')
  assert.deepEqual(lacks(marked('other'), US), ['determination'])
})

test('public domain by its term begins on the day that the calculation gives', () => {
  const vertov = work([entry({ territories: ['EU', US], basis: TERM })], {
    term: known.MAN_WITH_A_MOVIE_CAMERA,
  })
  const found = yes(vertov, GERMANY, day('2025-01-01'))
  assert.equal(found.term?.kind, 'public-domain')
  assert.equal(found.confidence, 'high')
  assert.deepEqual(lacks(vertov, GERMANY, day('2024-12-31')), ['shorter-term'])
  assert.deepEqual(lacks(vertov, SPAIN), ['shorter-term'])
  const hawks = work([entry({ territories: [US], basis: TERM })], { term: known.HIS_GIRL_FRIDAY })
  assert.deepEqual(no(hawks, US, day('2023-12-31')).refusal, {
    kind: 'protected',
    until: '2023-12-31',
  })
  yes(hawks, US, day('2024-01-01'))
})

test('a verified entry doesn’t make up for facts that nobody checked, or that aren’t there', () => {
  const murnau = work([entry({ territories: ['EU', US], basis: TERM })], { term: known.NOSFERATU })
  yes(murnau, US)
  assert.deepEqual(no(murnau).missing, [
    { kind: 'death', name: 'Henrik Galeen', of: null },
    { kind: 'death', name: 'Hans Erdmann', of: null },
  ])
  assert.deepEqual(lacks(work([entry({ territories: [US], basis: TERM })]), US), ['term-facts'])
})

test('a term never frees a work where no rule is known, or where the country isn’t', () => {
  const anywhere = work([entry({ basis: TERM })], { term: known.NOSFERATU })
  yes(anywhere, US)
  assert.deepEqual(lacks(anywhere, JAPAN), ['term-rule'])
  assert.deepEqual(lacks(anywhere, null), ['country'])
})

test('a doubt lowers the confidence and one checker too few is missing', () => {
  const charade = work(
    [
      entry({ territories: [US], basis: TERM, checks: [{ by: 'ada', on: TODAY }] }),
      entry({ territories: ['EU'], basis: TERM, verified: false }),
    ],
    { term: known.CHARADE },
  )
  const found = yes(charade, US)
  assert.equal(found.confidence, 'medium')
  assert.deepEqual(found.missing, [{ kind: 'second-check', of: null }])
  assert.equal(lacks(charade)[0], 'verification')
  assert(lacks(charade).includes('author'))
})

test('somebody else’s word gives little confidence, and a page that wasn’t kept less than one that was', () => {
  const weak = yes(work([entry({ evidence: [{ ...MAKERS_PAGE, speaker: 'third-party' }] })]))
  assert.equal(weak.confidence, 'low')
  assert.deepEqual(weak.missing, [{ kind: 'first-hand-evidence', of: null }])
  const unkept = yes(work([entry({ evidence: [{ ...MAKERS_PAGE, sha256: null }] })]))
  assert.equal(unkept.confidence, 'medium')
  const one = yes(work([entry({ checks: [{ by: 'ada', on: TODAY }] })]))
  assert.equal(one.confidence, 'high', 'a licence by who holds the rights takes one check')
})
