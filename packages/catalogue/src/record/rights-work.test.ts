import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { test } from 'node:test'
import {
  type WorkRecord,
  creditOf,
  offeredReleases,
  parseRecord,
  rightsWorkOf,
} from '@matinee/catalogue'
import {
  country,
  creditLine,
  creditTerms,
  isAllowed,
  parseCalendarDate,
  rightsCard,
  verdict,
} from '@matinee/rights'
import { edited, readFixture } from '../../test/fixture-record.ts'

const STARTER = new URL('../../../../feeds/starter/records/', import.meta.url)
const TODAY = parseCalendarDate('2026-11-21')
assert.ok(TODAY !== null)
const DATE = TODAY

async function starterRecords(): Promise<WorkRecord[]> {
  const names = await readdir(STARTER)
  return Promise.all(
    names.toSorted().map(async (name) => parsed(await readFile(new URL(name, STARTER)))),
  )
}

function parsed(bytes: Uint8Array): WorkRecord {
  const read = parseRecord(bytes)
  assert.equal(read.kind, 'record')
  assert.ok(read.kind === 'record')
  return read.record
}

/** A fixture whose only rights are those of the film itself. */
function edit(name: string, set: Record<string, unknown>): WorkRecord {
  const record = edited(readFixture(`records/${name}.json`), {
    set: set as never,
    remove: name === 'film' ? ['/rights/1'] : [],
  })
  return parsed(new TextEncoder().encode(JSON.stringify(record)))
}

test('every starter film that is offered is free worldwide, to watch and to share, and can be credited', async () => {
  const films = (await starterRecords()).filter(({ releases }) => releases.length > 0)
  assert.deepEqual(
    films.map(({ id }) => String(id)).filter((id) => id !== 'test-reel'),
    ['big-buck-bunny', 'sintel', 'tears-of-steel'],
  )
  for (const record of films) {
    const work = rightsWorkOf(record)
    const card = rightsCard(work, null, DATE)
    assert.equal(card.verdict.kind, 'offered', record.id)
    assert.ok(card.verdict.kind === 'offered')
    assert.deepEqual(card.places, ['worldwide'])
    // Its music is under a licence without adaptations.
    assert.equal(card.answer, record.id === 'tears-of-steel' ? 'yes-but' : 'yes')
    assert.ok(isAllowed(card.verdict.permissions.share))
    const terms = creditTerms(card.verdict.entry.basis, card.places)
    assert.ok(terms !== null)
    const line = creditLine('en', creditOf(record, structuredClone(card.verdict.entry)), terms)
    assert.match(line, /^“.+” by .+, .*CC(?: BY|0)/u, line)
    assert.equal(offeredReleases(record, null, DATE).length, record.releases.length)
  }
})

test('the verdict on the starter films that wait is what their records say', async () => {
  const answers = (await starterRecords())
    .filter(({ releases }) => releases.length === 0)
    .map((record) => {
      const { answer, places } = rightsCard(rightsWorkOf(record), null, DATE)
      return [String(record.id), answer, String(places[0])]
    })
  assert.deepEqual(answers, [
    ['elephants-dream', 'yes', 'worldwide'],
    // Not in Spain, where the term is longer: the first of 27 countries that are named one by one.
    ['man-with-a-movie-camera', 'depends', 'AT'],
    ['sita-sings-the-blues', 'yes', 'worldwide'],
    ['the-internets-own-boy', 'yes-but', 'worldwide'],
    ['valkaama', 'yes', 'worldwide'],
  ])
})

test('an entry that covers one release says nothing about another', () => {
  const other = 'c0'.repeat(32)
  const record = edit('film', { '/rights/0/covers': [other] })
  assert.equal(verdict(rightsWorkOf(record), country('FR'), DATE).kind, 'not-offered')
  assert.deepEqual(offeredReleases(record, country('FR'), DATE), [])
  const covered = edit('film', { '/rights/0/covers': ['c3'.repeat(32)] })
  assert.equal(verdict(rightsWorkOf(covered), country('FR'), DATE).kind, 'offered')
})

test("a maker's own text allows what it names, with credit, and nothing else", () => {
  const basis = {
    kind: 'submission',
    terms: { kind: 'own-text', sha256: '0a'.repeat(32), acts: ['watch', 'share'] },
  }
  const given = verdict(
    rightsWorkOf(edit('film', { '/rights/0/basis': basis })),
    country('FR'),
    DATE,
  )
  assert.ok(given.kind === 'offered')
  assert.deepEqual(given.permissions.share, { kind: 'yes-if', conditions: ['attribution'] })
  assert.deepEqual(given.permissions.screen, { kind: 'no' })
})

test('a place that no map has makes a grant smaller and a denial larger', () => {
  const lost = edit('film', { '/rights/0/territories': ['SU', 'FR'] })
  assert.equal(verdict(rightsWorkOf(lost), country('FR'), DATE).kind, 'offered')
  assert.equal(verdict(rightsWorkOf(lost), null, DATE).kind, 'not-offered')
  const excepted = edit('film', { '/rights/0/except': ['SU'] })
  assert.equal(verdict(rightsWorkOf(excepted), country('FR'), DATE).kind, 'not-offered')
  const denied = edit('film', {
    '/rights/-': {
      component: 'film',
      territories: ['SU'],
      basis: { kind: 'disputed' },
      verified: false,
    },
  })
  assert.equal(verdict(rightsWorkOf(denied), country('FR'), DATE).kind, 'not-offered')
})

test('term facts of a record are computed with, and a doubt about a lost place is heard everywhere', () => {
  const record = edit('public-domain', {})
  const work = rightsWorkOf(record)
  assert.notEqual(work.term, null)
  assert.deepEqual(work.term?.film, record.term?.film)
  const doubted = edit('public-domain', {
    '/term/doubts': [{ territory: 'SU', text: 'Somebody says otherwise.' }],
  })
  assert.equal(rightsWorkOf(doubted).term?.doubts[0]?.territory, 'worldwide')
})
