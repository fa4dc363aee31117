import { test } from 'node:test'
import assert from 'node:assert/strict'
import { utf8Bytes } from '@matinee/base'
import fc from 'fast-check'
import { parseSubtitles, writeVtt, type Cue } from '../index.ts'

const MARKS = [
  '<i>',
  '</b>',
  '&amp;',
  '&#65;',
  '{\\an8}',
  '-->',
  '<',
  '>',
  '&',
  '\\',
  '{',
  'é',
  'a',
]

const lineText = fc
  .array(fc.constantFrom(...MARKS, 'word'), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(''))

/** Neighbours differ in style, as the parser leaves them. */
const line = fc
  .array(lineText, { minLength: 1, maxLength: 3 })
  .map((texts) => texts.map((text, at) => ({ text, isItalic: at === 1, isBold: at > 0 })))

const cue: fc.Arbitrary<Cue> = fc
  .record({
    startSeconds: fc.integer({ min: 0, max: 3_600_000 }).map((ms) => ms / 1000),
    endSeconds: fc.integer({ min: 3_600_001, max: 9_000_000 }).map((ms) => ms / 1000),
    lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    place: fc.record({
      linePercent: fc.option(fc.integer({ min: 0, max: 100 })),
      positionPercent: fc.option(fc.integer({ min: 0, max: 100 })),
      align: fc.constantFrom('start' as const, 'center' as const, 'end' as const),
    }),
  })
  // Records of fast-check have no prototype; the parser's have one.
  .map((made) => ({ ...made, place: { ...made.place } }))

test('cues written as WebVTT read back as they were, whatever their text looks like', () => {
  fc.assert(
    fc.property(fc.array(cue, { minLength: 1, maxLength: 6 }), (cues) => {
      const sorted = cues.toSorted(
        (a, b) => a.startSeconds - b.startSeconds || a.endSeconds - b.endSeconds,
      )
      assert.deepEqual(parseSubtitles(utf8Bytes(writeVtt(sorted))).cues, sorted)
    }),
    { seed: 1, numRuns: 500 },
  )
})

test('what is written is WebVTT of its specification: header, blank lines, hours, milliseconds', () => {
  const { cues } = parseSubtitles(utf8Bytes('1\n1:01:02,5 --> 1:01:03\n{\\an8}<i>Hi</i> & bye\n'))
  assert.equal(
    writeVtt(cues),
    'WEBVTT\n\n01:01:02.500 --> 01:01:03.000 line:5%\n<i>Hi</i> &amp; bye\n',
  )
})
