import { test } from 'node:test'
import assert from 'node:assert/strict'
import english from './en.json' with { type: 'json' }
import { pseudoStrings, pseudoText } from './pseudo-catalogue.ts'

test('the pseudo-language is longer than English, runs from right to left, and keeps its values', () => {
  assert.equal(
    pseudoText('Out by {{time}}'),
    '\u202eOouut\u202c \u202ebyy\u202c \u2068{{time}}\u2069',
  )
  const plain = Object.values(english).join('')
  const turned = [...pseudoStrings(new Map(Object.entries(english))).values()]
    .join('')
    .replaceAll(/[\u202a-\u202e\u2066-\u2069]/gu, '')
  assert(turned.length > plain.length * 1.25)
})
