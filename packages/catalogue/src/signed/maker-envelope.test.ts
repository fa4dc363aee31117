import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { openEnvelope } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { FIXTURES } from '../../test/fixture-record.ts'
import { writeEnvelopeFixture } from '../../test/signed/envelope-cases.ts'
import { envelopeCases } from '../../test/signed/small-fixtures.ts'

const CRYPTO = systemFeedCrypto()

for (const { name, row, step, text, code, payload, makers } of envelopeCases())
  test(`${row}: step ${step}, an envelope with ${name}: ${code ?? 'opened'}`, () => {
    const open = () => openEnvelope(new TextEncoder().encode(text), 'matinee-record', 'one', CRYPTO)
    if (code !== null) return assert.throws(open, { code })
    const opened = open()
    assert.equal(new TextDecoder().decode(opened.payload), payload)
    assert.deepEqual(opened.makers, makers)
  })

test('the envelopes that are written down are the ones that the script writes', () => {
  const file = new URL('signed/envelopes.json', FIXTURES)
  assert.equal(writeEnvelopeFixture(), readFileSync(file, 'utf8'))
})
