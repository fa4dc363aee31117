import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  FRANCE,
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
import * as known from '../../test/known-films.ts'
import type { CalendarDate } from '../calendar-date.ts'
import type { Basis } from '../entry/rights-entry.ts'
import { EVERYTHING, NO } from '../permission.ts'
import type { Country } from '../territory.ts'
import {
  type NotOffered,
  type Offered,
  type RightsWork,
  componentVerdict,
  verdict,
} from './verdict.ts'

function yes(given: RightsWork, where: Country | null = FRANCE, date = TODAY): Offered {
  const found = verdict(given, where, date)
  assert(found.kind === 'offered', `expected an offer: ${JSON.stringify(found)}`)
  return found
}

function no(given: RightsWork, where: Country | null = FRANCE, date = TODAY): NotOffered {
  const found = verdict(given, where, date)
  assert(found.kind === 'not-offered', 'expected no offer')
  return found
}

function lacks(given: RightsWork, where: Country | null = FRANCE, date?: CalendarDate): string[] {
  return no(given, where, date).missing.map((each) => each.kind)
}

const TERM: Basis = { kind: 'public-domain-term' }

test('a work under a verified worldwide licence is offered everywhere, always', () => {
  const sintel = work([entry()])
  for (const where of [FRANCE, US, JAPAN, null]) {
    const found = yes(sintel, where)
    assert.equal(found.scope, 'worldwide')
    assert.equal(found.confidence, 'high')
    assert.deepEqual(found.missing, [])
    assert.deepEqual(found.permissions.share, { kind: 'yes-if', conditions: ['attribution'] })
  }
  yes(sintel, FRANCE, day('1990-01-01'))
  yes(sintel, FRANCE, day('2190-01-01'))
})

test('a work without a verified entry is offered nowhere', () => {
  assert.deepEqual(lacks(work([])), ['rights-entry'])
  assert.deepEqual(lacks(work([entry({ verified: false })])), ['verification'])
  assert.deepEqual(lacks(work([entry({ evidence: [], checks: [] })])), ['evidence', 'check'])
})

test('an entry counts only where it reaches', () => {
  const american = work([entry({ territories: [US] })])
  yes(american, US)
  assert.deepEqual(lacks(american), ['rights-entry'])
  const european = work([entry({ territories: ['EU', US], except: [SPAIN] })])
  assert.equal(yes(european).scope, 'EU')
  assert.equal(yes(european, US).scope, 'US')
  no(european, SPAIN)
  no(european, JAPAN)
})

test('who doesn’t say where they are is offered what is free worldwide only', () => {
  assert.deepEqual(lacks(work([entry({ territories: ['EU', US] })]), null), ['country'])
  no(work([entry({ except: [JAPAN] })]), null)
  no(work([entry(), entry({ territories: [JAPAN], basis: { kind: 'in-copyright' } })]), null)
})

test('a denial stops the offer where it reaches, verified or not, and only while it holds', () => {
  const denial = entry({
    territories: [GERMANY],
    basis: { kind: 'in-copyright' },
    verified: false,
    until: day('2046-12-31'),
  })
  const given = work([entry(), denial])
  assert.deepEqual(no(given, GERMANY).refusal, { kind: 'denied', entry: denial })
  yes(given)
  yes(given, GERMANY, day('2047-01-01'))
  no(work([entry(), entry({ basis: { kind: 'disputed' } })]))
})

test('an entry counts only on the days on which it holds', () => {
  const since2013 = work([
    entry({ basis: { kind: 'licence', licence: 'CC0-1.0' }, from: day('2013-01-18') }),
  ])
  assert.deepEqual(lacks(since2013, FRANCE, day('2013-01-17')), ['validity'])
  yes(since2013, FRANCE, day('2013-01-18'))
  const ending = work([entry({ until: day('2026-05-31') })])
  assert.deepEqual(lacks(ending), ['validity'])
})

test('an entry about another edition proves nothing for this one', () => {
  const full = entry({ covers: ['aa'] })
  yes(work([full], { releaseHashes: ['aa', 'cc'] }))
  assert.deepEqual(lacks(work([full], { releaseHashes: ['bb'] })), ['rights-entry'])
  assert.deepEqual(lacks(work([full])), ['rights-entry'])
  const restored = entry({ covers: ['bb'], basis: { kind: 'in-copyright' } })
  yes(work([entry(), restored], { releaseHashes: ['aa'] }))
  no(work([entry(), restored], { releaseHashes: ['bb'] }))
})

test('the first entry that grants is the basis', () => {
  const both = [entry({ basis: { kind: 'licence', licence: 'CC0-1.0' } }), entry()]
  assert.equal(yes(work(both)).entry, both[0])
  const weakFirst = [entry({ verified: false }), entry()]
  assert.equal(yes(work(weakFirst)).entry, weakFirst[1])
})

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

test('music and story with rights of their own must be free too', () => {
  const music = entry({
    component: 'music',
    territories: [US],
    basis: { kind: 'licence', licence: 'CC-BY-NC-4.0' },
  })
  const given = work([entry(), music])
  const found = yes(given, US)
  assert.deepEqual(found.permissions.sell, NO)
  assert.deepEqual(found.permissions.share, {
    kind: 'yes-if',
    conditions: ['attribution', 'non-commercial'],
  })
  assert.equal(no(given).component, 'music')
  const denial = entry({
    component: 'underlying',
    territories: [GERMANY],
    basis: { kind: 'in-copyright' },
  })
  assert.equal(no(work([entry(), denial]), GERMANY).component, 'underlying')
  yes(work([entry(), denial]), FRANCE)
})

test('a part with an entry of its own is judged by that and not by the film’s term', () => {
  const film = entry({ territories: [US], basis: TERM })
  const play = entry({ component: 'underlying', territories: [US] })
  const licensed = work([film, play], { term: known.HIS_GIRL_FRIDAY })
  yes(licensed, US, day('2020-01-01'))
  const computed = work([film, { ...play, basis: TERM }], { term: known.HIS_GIRL_FRIDAY })
  assert.equal(no(computed, US, day('2023-12-31')).component, 'underlying')
  yes(computed, US, day('2024-01-01'))
})

test('posters and subtitles are judged by themselves and never stop the film', () => {
  const poster = entry({ component: 'poster', verified: false })
  yes(work([entry(), poster]))
  assert.equal(
    componentVerdict(work([entry(), poster]), 'poster', FRANCE, TODAY).kind,
    'not-offered',
  )
  assert.equal(componentVerdict(work([entry()]), 'subtitles', FRANCE, TODAY).kind, 'not-offered')
})

test('a withdrawn work is offered until the day of its withdrawal', () => {
  const withdrawal = {
    on: day('2026-05-04'),
    cause: 'licence-error',
    reason: 'The licence covered an earlier cut.',
    noticeUrl: null,
  } as const
  const given = work([entry()], { withdrawal })
  yes(given, FRANCE, day('2026-05-03'))
  assert.deepEqual(no(given, FRANCE, day('2026-05-04')).refusal, { kind: 'withdrawn', withdrawal })
})
