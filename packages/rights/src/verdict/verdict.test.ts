import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FRANCE, GERMANY, JAPAN, SPAIN, TODAY, US, day, entry, work } from '../../test/entries.ts'
import { lacks, no, yes } from '../../test/judge.ts'
import * as known from '../../test/known-films.ts'
import type { Basis } from '../entry/rights-entry.ts'
import { NO } from '../permission.ts'
import { componentVerdict } from './verdict.ts'

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
