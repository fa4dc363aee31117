import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serverLanguageOf } from '../language-choice.ts'
import { serverText } from './server-words.ts'

test('the server speaks the language of the pages, whatever its variant, and English to others', () => {
  assert.equal(serverLanguageOf('de-AT'), 'de')
  assert.equal(serverLanguageOf('es-419'), 'es')
  assert.equal(serverLanguageOf('fr-CA'), 'fr')
  assert.equal(serverLanguageOf('frr'), 'en')
  assert.equal(serverText('de', 'season.number', { number: '2' }), 'Staffel 2')
  assert.equal(serverText('es', 'season.number', { number: '2' }), 'Temporada 2')
})
