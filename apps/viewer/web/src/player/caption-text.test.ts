import { test } from 'node:test'
import assert from 'node:assert/strict'
import { captionLines } from './caption-text.ts'

const plain = (text: string) => ({ text, isItalic: false, isBold: false })

test('a cue becomes lines of text with their italics and bolds', () => {
  assert.deepEqual(captionLines('C’était une minute. <i>Musique.</i>\nFin'), [
    [plain('C’était une minute. '), { text: 'Musique.', isItalic: true, isBold: false }],
    [plain('Fin')],
  ])
})

test('voices, classes, languages and times go, their words stay', () => {
  assert.deepEqual(captionLines('<v Anna><c.loud>Hi</c> <00:01.000><lang fr>toi</lang></v>'), [
    [plain('Hi'), plain(' '), plain('toi')],
  ])
})

test('entities are read once, and what they make is text', () => {
  assert.deepEqual(captionLines('&lt;script&gt; &amp;lt; &nbsp;&quot;'), [
    [plain('<script> &lt; \u00a0&quot;')],
  ])
})

test('markup of a page, unfinished tags and endless cues give little text and nothing else', () => {
  assert.deepEqual(captionLines('<script>alert(1)</script>'), [[plain('alert(1)')]])
  assert.deepEqual(captionLines('a <img src=x onerror=alert(1)'), [[plain('a ')]])
  assert.deepEqual(captionLines('   \n  '), [])
  assert.equal(captionLines('x\n'.repeat(1000)).length, 6)
  assert.equal(captionLines('x'.repeat(10_000))[0]?.[0]?.text.length, 400)
})
