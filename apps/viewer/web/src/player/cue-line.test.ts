import { test } from 'node:test'
import assert from 'node:assert/strict'
import { parseSubtitles } from '@matinee/media'
import fc from 'fast-check'
import { CueLine } from './cue-line.ts'

function lineOf(spans: readonly (readonly [number, number])[]): CueLine {
  const place = { linePercent: null, positionPercent: null, align: 'center' } as const
  const cues = spans.map(([startSeconds, endSeconds]) => ({
    startSeconds,
    endSeconds,
    lines: [[{ text: `${startSeconds}`, isItalic: false, isBold: false }]],
    place,
  }))
  return new CueLine(cues.toSorted((a, b) => a.startSeconds - b.startSeconds))
}

test('a cue shows from its start until just before its end', () => {
  const line = lineOf([[1, 2]])
  assert.deepEqual(
    [0.99, 1, 1.99, 2].map((seconds) => line.at(seconds).length),
    [0, 1, 1, 0],
  )
})

test('what shows at a moment is what a look at every cue finds, however long and crossed they are', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 40 }))
    .map(([start, length]) => [start, start + length] as const)
  fc.assert(
    fc.property(fc.array(span, { maxLength: 30 }), fc.integer({ min: 0, max: 110 }), (all, at) => {
      const expected = all.filter(([start, end]) => start <= at && at < end).length
      assert.equal(lineOf(all).at(at).length, expected)
    }),
  )
})

test('S1: markup of a page in a cue is at most text when it comes to the screen', () => {
  const text = '1\n00:00:01,000 --> 00:00:02,000\n<img src=x onerror=alert(1)><i>Hi</i> <script>\n'
  const { cues } = parseSubtitles(new TextEncoder().encode(text))
  const shown = new CueLine(cues).at(1.5).flatMap(({ lines }) => lines.flat())
  for (const run of shown)
    assert.deepEqual(Object.keys(run).toSorted(), ['isBold', 'isItalic', 'text'])
})
