import { test } from 'node:test'
import assert from 'node:assert/strict'
import { pickDescription } from './described-choice.ts'

const english = { language: 'en', label: 'English', url: '/media/a/1' }
const german = { language: 'de', label: 'Deutsch', url: '/media/a/2' }

test('who wants films described hears it in their language, or else as there is one', () => {
  assert.equal(pickDescription([english, german], 'de'), german)
  assert.equal(pickDescription([english, german], 'fr'), english)
  assert.equal(pickDescription([], 'de'), null)
})

test('who never asked hears the film as it is', () => {
  assert.equal(pickDescription([english], null), null)
})
