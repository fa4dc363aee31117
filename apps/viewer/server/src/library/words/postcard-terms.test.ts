import { test } from 'node:test'
import assert from 'node:assert/strict'
import { utf8Bytes } from '@matinee/base'
import { parseRecord, type WorkRecord } from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import { MADE_BOOK, madeRecord } from '@matinee/testkit'
import type { Viewer } from '../viewer.ts'
import { postcardTerms } from './postcard-terms.ts'

const TODAY = parseCalendarDate('2026-11-01')
assert.ok(TODAY !== null)
const VIEWER: Viewer = { languages: ['en'], language: 'en', territory: null, today: TODAY }

/** A made-up work whose film is free by this basis. */
function recordWith(basis: unknown): WorkRecord {
  const [first] = MADE_BOOK.works
  assert.ok(first !== undefined)
  const made = madeRecord(first)
  const evidence = [
    {
      kind: 'page',
      speaker: 'rightholder',
      url: 'https://films.example/',
      on: '2026-05-04',
      sha256: null,
    },
  ]
  const checks = [{ by: 'quill', on: '2026-05-09' }]
  const where = { territories: ['worldwide'], except: [], covers: [] }
  const entry = { component: 'film', basis, ...where, evidence, checks, verified: true }
  const parsed = parseRecord(utf8Bytes(JSON.stringify({ ...made, rights: [entry] })))
  assert.ok(parsed.kind === 'record')
  return parsed.record
}

function termsOf(basis: unknown): ReturnType<typeof postcardTerms> {
  const record = recordWith(basis)
  const [release] = record.releases
  assert.ok(release !== undefined)
  return postcardTerms(record, VIEWER, record.title.text, release)
}

test('O5: a frame may be changed, has to stay plain, or isn’t handed on, as the licence has it', () => {
  assert.deepEqual(termsOf({ kind: 'licence', licence: 'CC-BY-SA-4.0' }), {
    rule: 'free',
    licenceUrl: 'https://creativecommons.org/licenses/by-sa/4.0/',
  })
  assert.equal(termsOf({ kind: 'licence', licence: 'CC-BY-NC-ND-4.0' }).rule, 'unmodified')
  const own = (...acts: readonly string[]): unknown => ({
    kind: 'submission',
    terms: { kind: 'own-text', sha256: 'ab'.repeat(32), acts },
  })
  assert.equal(termsOf(own('watch', 'share')).rule, 'unmodified')
  assert.equal(termsOf(own('watch', 'share', 'remix')).rule, 'free')
  assert.equal(termsOf(own('watch')).rule, 'none', 'to watch is not to pass on')
  assert.equal(termsOf({ kind: 'rights-statement', statement: 'UND' }).rule, 'none')
  assert.equal(termsOf({ kind: 'in-copyright' }).rule, 'none')
})
