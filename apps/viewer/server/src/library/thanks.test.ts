import { utf8Bytes } from '@matinee/base'
import { parseRecord, type WorkRecord } from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import { madeFeedFiles } from '@matinee/testkit'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { thanksFor, type RecordSigner } from './thanks.ts'
import type { Viewer } from './viewer.ts'

const today = parseCalendarDate('2026-01-01')
assert.ok(today !== null)
const VIEWER: Viewer = { language: 'en', languages: ['en'], territory: null, today }
const BUNDLED: RecordSigner = { kind: 'bundled' }

function recordOf(id: string, donations: readonly object[]): WorkRecord {
  const made = madeFeedFiles().get(`records/${id}.json`)
  const fields = JSON.parse(new TextDecoder().decode(made)) as object
  const parsed = parseRecord(utf8Bytes(JSON.stringify({ ...fields, donations })))
  assert.ok(parsed.kind === 'record')
  return parsed.record
}

function labels(record: WorkRecord): readonly string[] {
  const thanks = thanksFor(record, record.releases[0], BUNDLED, VIEWER)
  return thanks?.channels.map(({ label }) => label) ?? []
}

const gift = (id: string, payee: string): object => ({
  id,
  kind: 'payment-link',
  payee,
  url: `https://${id}.example/give`,
})

test('beside a work for non-commercial use only its licensor may be thanked', () => {
  const channels = [gift('maker', 'ewald strassenreuther'), gift('shop', 'A Shop')]
  assert.deepEqual(labels(recordOf('eismeer-minuten', channels)), ['ewald strassenreuther'])
  assert.deepEqual(labels(recordOf('the-salt-clock', channels)).length, 2)
})

test('a way that nobody can open is left out, and without any there is no card', () => {
  const manifest = { ...gift('a', 'A'), kind: 'funding-manifest' }
  const wallet = { ...gift('b', 'B'), kind: 'web-monetization' }
  const record = recordOf('the-salt-clock', [manifest, wallet])
  assert.equal(thanksFor(record, record.releases[0], BUNDLED, VIEWER), null)
})

test('a Lightning address is shown as one, an account as the payee’s own page', () => {
  const record = recordOf('the-salt-clock', [
    { id: 'a', kind: 'lightning', payee: 'Ada', address: 'ada@example.org' },
    { id: 'b', kind: 'liberapay', payee: 'Ada', account: 'ada.l' },
  ])
  const thanks = thanksFor(record, record.releases[0], BUNDLED, VIEWER)
  assert.deepEqual(
    thanks?.channels.map(({ way }) => way),
    [
      { kind: 'lightning', address: 'ada@example.org' },
      { kind: 'page', url: 'https://liberapay.com/ada.l' },
    ],
  )
})

test('the card says no more than is known: whose record names the ways', () => {
  const record = recordOf('the-salt-clock', [gift('maker', 'Ada')])
  const proof = (signer: RecordSigner): string =>
    thanksFor(record, record.releases[0], signer, VIEWER)?.proof ?? ''
  assert.match(proof(BUNDLED), /came with Matinee/u)
  assert.match(proof({ kind: 'signed', name: 'Open Screens' }), /signed by Open Screens/u)
})

test('the heading is true of the work: made by hand, everyone’s, or neither', () => {
  const tone = (id: string): string | undefined => {
    const record = recordOf(id, [gift('maker', 'Ada')])
    return thanksFor(record, record.releases[0], BUNDLED, VIEWER)?.tone
  }
  assert.equal(tone('paper-lighthouse'), 'hand-made')
  assert.equal(tone('telegram-for-nobody'), 'everyone')
  assert.equal(tone('the-weather-archive'), 'plain')
})
