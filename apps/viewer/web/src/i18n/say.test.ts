import { test } from 'node:test'
import assert from 'node:assert/strict'
import { createSay } from './say.ts'

const STRINGS = new Map([
  ['home.title', 'Tonight'],
  ['card.minutes_one', '{{count}} minute'],
  ['card.minutes_other', '{{count}} minutes'],
  ['home.why-list', '“{{title}}”'],
])

test('a count chooses its form by the rules of the language', () => {
  const say = createSay('en', STRINGS)
  assert.equal(say('home.title'), 'Tonight')
  assert.equal(say('card.minutes', { count: 1 }), '1 minute')
  assert.equal(say('card.minutes', { count: 0 }), '0 minutes')
  assert.equal(createSay('fr', STRINGS)('card.minutes', { count: 0 }), '0 minute')
})

test('what a stranger wrote is put in as it is, and never read as a string of ours', () => {
  const say = createSay('en', STRINGS)
  assert.equal(say('home.why-list', { title: '{{count}} $& <b>' }), '“{{count}} $& <b>”')
})
