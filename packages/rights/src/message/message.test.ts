import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GERMANY, day, entry } from '../../test/entries.ts'
import { YES, yesIf } from '../permission.ts'
import { TERM_RULE_LAWS } from '../term/term-rule.ts'
import { ENGLISH } from './english.ts'
import {
  RIGHTS_MESSAGES,
  dateText,
  missingText,
  permissionText,
  refusalText,
  rightsText,
  scopeText,
} from './message.ts'

test('every language has the same messages with the same values', () => {
  const values = (text: string): string[] =>
    [...text.matchAll(/\{\{(\w+)\}\}/gu)].map((match) => match[0]).toSorted()
  for (const [language, messages] of Object.entries(RIGHTS_MESSAGES)) {
    const texts = new Map(Object.entries(messages))
    assert.deepEqual([...texts.keys()], Object.keys(ENGLISH), language)
    for (const [key, text] of Object.entries(ENGLISH)) {
      const said = texts.get(key) ?? ''
      assert.deepEqual(values(said), values(text), `${language} ${key}`)
      assert.notEqual(said.trim(), '', `${language} ${key}`)
      if (language !== 'en' && text.length > 20) assert.notEqual(said, text, `${language} ${key}`)
    }
  }
})

test('French uses its own typography', () => {
  for (const text of Object.values(RIGHTS_MESSAGES.fr)) {
    assert.doesNotMatch(
      text,
      /'| [?!:;»]|« /u,
      'no straight apostrophe, no plain space before a sign',
    )
  }
})

test('every rule of law has words', () => {
  for (const rule of Object.keys(TERM_RULE_LAWS)) {
    assert(Object.hasOwn(ENGLISH, `rights.rule.${rule}`), rule)
  }
})

test('permissions are said with their conditions', () => {
  const nc = yesIf('attribution', 'non-commercial')
  assert.equal(permissionText('en', nc), 'yes, with credit, without payment')
  assert.equal(permissionText('fr', nc), 'oui, en citant, sans paiement')
  assert.equal(permissionText('fr', YES), 'oui')
})

test('what is missing is said with the name, the role and the part that it’s about', () => {
  assert.equal(
    missingText('en', { kind: 'death', name: 'Henrik Galeen', of: null }),
    'when Henrik Galeen died',
  )
  assert.equal(
    missingText('en', { kind: 'author', role: 'composer', of: 'A song' }),
    'who was the composer (“A song”)',
  )
  assert.equal(missingText('fr', { kind: 'term-rule', of: null }), 'la règle de ce pays')
})

test('a refusal is one sentence', () => {
  const until = day('2046-12-31')
  assert.equal(
    refusalText('en', { kind: 'protected', until }),
    'It is protected until 31 December 2046 at least.',
  )
  assert.equal(
    refusalText('fr', { kind: 'protected', until }),
    'Il est protégé au moins jusqu’au 31 décembre 2046.',
  )
  assert.match(refusalText('en', { kind: 'protected', until: null }), /no end is known/u)
  assert.match(refusalText('en', { kind: 'denied', entry: entry() }), /isn’t free here/u)
})

test('dates and places are said as people say them', () => {
  assert.equal(dateText('fr', day('2026-03-01')), '1 mars 2026')
  assert.equal(dateText('de', day('2026-03-01')), '1. März 2026')
  assert.equal(dateText('es', day('2026-03-01')), '1 de marzo de 2026')
  assert.equal(scopeText('en', 'EU'), 'European Union')
  assert.equal(scopeText('fr', GERMANY), 'Allemagne')
  assert.equal(scopeText('fr', 'worldwide'), 'Partout')
})

test('a value is put in as it is, whatever it looks like', () => {
  const text = rightsText('en', 'rights.credit.title', { title: '$& {{title}}' })
  assert.equal(text, '“$& {{title}}”')
  assert.equal(rightsText('en', 'rights.credit.title'), '“{{title}}”')
})
