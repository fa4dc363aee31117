import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { RightsSlip, Withdrawal } from '#api'
import { parseCalendarDate } from '@matinee/rights'
import type { Viewer } from '../viewer.ts'
import { sourceWords } from './source-words.ts'
import { withdrawnSlip } from './withdrawn-slip.ts'

const TODAY = parseCalendarDate('2026-11-21')
assert.ok(TODAY !== null)
const VIEWER: Viewer = { languages: ['en'], language: 'en', territory: null, today: TODAY }

const SLIP: RightsSlip = {
  answer: 'yes',
  sentence: 'A free licence.',
  permissions: ['watch', 'share', 'sell'].map((use) => ({
    use,
    label: use,
    kind: 'yes',
    words: 'yes',
  })),
  licence: { name: 'Creative Commons BY 4.0', url: null },
  where: 'Everywhere',
  confidence: 'very sure',
  evidence: [],
  checked: null,
  source: 'Kino, which signed it.',
  missing: [],
  attribution: 'A film',
}
const WITHDRAWAL: Withdrawal = {
  by: 'Kino',
  on: '2026-05-04',
  reason: 'A court ordered it.',
  note: null,
  acts: true,
  copyPlays: false,
}

test('the slip of a withdrawn work answers "no longer", with who and when, and leaves what is about a copy alone', () => {
  const standing = { isOffered: false, isPlayed: true, isSeeded: false }
  const { answer, sentence, permissions } = withdrawnSlip(SLIP, WITHDRAWAL, standing, VIEWER)
  assert.equal(answer, 'no-longer')
  assert.equal(sentence, 'Kino withdrew it on 4 May 2026.')
  assert.deepEqual(
    permissions.map(({ use, kind, words }) => [use, kind, words]),
    [
      ['watch', 'yes-if', 'a copy that is here'],
      ['share', 'no', 'no'],
    ],
  )
})

test('the slip names the catalogue that signed the record, and since when it is out of date', () => {
  const signer = { kind: 'signed', name: 'Kino' } as const
  assert.equal(sourceWords({ kind: 'bundled' }, null, VIEWER), 'It came with Matinee.')
  assert.equal(sourceWords(signer, null, VIEWER), 'Kino, which signed it.')
  assert.equal(
    sourceWords(signer, 12, VIEWER),
    'Kino, which signed it. Last confirmed 12 days ago.',
  )
})
