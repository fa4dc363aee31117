import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escapeXml } from '@matinee/base'
import { cpuTimeOf } from '@matinee/testkit'
import fc from 'fast-check'
import { CAST_LIMITS } from '../cast-limits.ts'
import { findXml, parseXml, xmlText } from './xml.ts'

test('elements, text, CDATA, comments and the five entities are read; prefixes are left out', () => {
  const root = parseXml(
    '\ufeff<?xml version="1.0"?>\n<!-- x --><s:a xmlns:s="urn:x" b=\'1\'><c>1 &lt; 2 &#38; &#x41;</c><d/><![CDATA[<e>]]></s:a>\n',
  )
  assert.ok(root)
  assert.equal(root.name, 'a')
  assert.equal(xmlText(root, 'c'), '1 < 2 & A')
  assert.equal(root.text, '<e>')
  assert.equal(findXml(root, 'e'), null)
})

test('T8: a document with a DOCTYPE is not read, so that no entity is ever expanded', () => {
  const bomb = `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(50)}"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>`
  assert.equal(parseXml(bomb), null)
  assert.equal(parseXml('<!DOCTYPE a SYSTEM "http://192.0.2.1/x.dtd"><a/>'), null)
  assert.equal(parseXml('<a>&c;</a>')?.text, '&c;', 'text like any other')
})

test('T8: what is too long, too deep or too many is not read', () => {
  assert.equal(parseXml(`<a>${'x'.repeat(CAST_LIMITS.xmlBytes)}</a>`), null)
  const depth = CAST_LIMITS.xmlDepth + 1
  assert.equal(parseXml('<a>'.repeat(depth) + '</a>'.repeat(depth)), null)
  assert.equal(parseXml(`<a>${'<b/>'.repeat(CAST_LIMITS.xmlElements)}</a>`), null)
  assert.ok(parseXml(`<a>${'<b/>'.repeat(CAST_LIMITS.xmlElements - 1)}</a>`))
})

test('what is not well formed is not read', () => {
  for (const text of [
    '',
    'a',
    '<a>',
    '<a></b>',
    '</a>',
    '<a/><b/>',
    '<a><!--</a>',
    '<a b=c/>',
    '<a',
    '<a/>x',
  ])
    assert.equal(parseXml(text), null, text)
})

test('a tag that never ends takes time that grows with its length, not faster', () => {
  for (const piece of [' ', ' b="1"', ' b', 'b', ':b', '"'])
    assert.ok(
      cpuTimeOf(() => parseXml(`<a${piece.repeat(Math.floor(60_000 / piece.length))}`)) < 500,
      piece,
    )
})

const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code))

test('any text comes back as it was escaped, and never as an element', () => {
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 200 }), (text) => {
      const root = parseXml(`<a>${escapeXml(text)}</a>`)
      assert.ok(root)
      assert.equal(root.children.length, 0)
      // oxlint-disable-next-line no-control-regex
      const kept = text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '')
      assert.equal(root.text, kept.replaceAll(/\p{Cs}/gu, ''))
    }),
  )
})
