import { test } from 'node:test'
import assert from 'node:assert/strict'
import { parseSubtitles } from '@matinee/media'
import { lineAt, linesWith, transcriptOf } from './transcript.ts'

const CUES = parseSubtitles(
  new TextEncoder().encode(`1
00:00:01,000 --> 00:00:02,000
Déjà <i>vu</i>,
said the ferryman

2
00:00:05,000 --> 00:00:06,000
♪

3
00:00:09,000 --> 00:00:12,000
The river again
`),
).cues
const LINES = transcriptOf(CUES)

test('a transcript is what is said, cue by cue, without its styles', () => {
  assert.deepEqual(
    LINES.map(({ text }) => text),
    ['Déjà vu, said the ferryman', '♪', 'The river again'],
  )
})

test('a line is found by its words, without accents and in any order', () => {
  const found = (search: string) => linesWith(LINES, search).map(({ index }) => index)
  assert.deepEqual(found('FERRYMAN deja'), [0])
  assert.deepEqual(found('river ferry'), [])
  assert.deepEqual(found('  '), [0, 1, 2])
})

test('between two lines the last one said is where the film is', () => {
  assert.equal(lineAt(LINES, 0.5), -1)
  assert.equal(lineAt(LINES, 3), 0)
  assert.equal(lineAt(LINES, 100), 2)
})
