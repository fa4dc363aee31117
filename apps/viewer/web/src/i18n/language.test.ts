import { test } from 'node:test'
import assert from 'node:assert/strict'
import { pickLanguage } from './language.ts'

test('the choice of before wins, then the first of the browser languages that we have, then English', () => {
  assert.equal(pickLanguage('fr', ['en-GB']), 'fr')
  assert.equal(pickLanguage(null, ['pt-BR', 'fr-CA', 'en']), 'fr')
  assert.equal(pickLanguage(null, ['de-AT', 'en']), 'de')
  assert.equal(pickLanguage('klingon', ['pl']), 'en')
  assert.equal(pickLanguage(null, ['frr', 'en-US']), 'en')
})
