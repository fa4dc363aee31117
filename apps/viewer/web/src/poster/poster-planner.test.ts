import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { isMeasured } from './advance.ts'
import { contrastOf } from './contrast.ts'
import { ALL_INKS, inksOf } from './palette.ts'
import { layoutOf } from './poster-choice.ts'
import { MEASURES } from './poster-measure.ts'
import { BEAM, SHEET, type Layer, type Line } from './poster-plan.ts'
import { planPoster } from './poster-planner.ts'
import type { PosterRecord } from './poster-record.ts'
import { titleUnits } from './title-block.ts'

const RECORD: PosterRecord = {
  id: 'a-film',
  title: 'A Film',
  makers: ['Somebody Else'],
  year: 1999,
  kind: 'feature',
  durationSeconds: 5400,
  episodeCount: 0,
}

const words = fc.oneof(
  fc.constantFrom(
    'The',
    'of',
    'a',
    'Night',
    'Cinema',
    'Überraschung',
    'Étoile',
    'MMMM',
    'i',
    '—',
    '1917',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 18 }),
  fc.constantFrom('電影', 'кино', 'فيلم', 'सिनेमा', '🎬', 'Donaudampfschifffahrtsgesellschaft'),
)
const records: fc.Arbitrary<PosterRecord> = fc.record({
  id: fc.string({ minLength: 1, maxLength: 40 }),
  title: fc.array(words, { minLength: 1, maxLength: 24 }).map((parts) => parts.join(' ')),
  makers: fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 4 }),
  year: fc.option(fc.integer({ min: 1888, max: 2030 })),
  kind: fc.constantFrom('feature', 'short', 'series'),
  durationSeconds: fc.option(fc.integer({ min: 0, max: 100_000 })),
  episodeCount: fc.integer({ min: 0, max: 400 }),
})

function plan(record: PosterRecord, mode: 'poster' | 'art' = 'poster'): readonly Layer[] {
  return planPoster({ record, inks: inksOf(record), mode, makersWays: [record.makers.join(', ')] })
    .layers
}

function linesOf(record: PosterRecord): readonly { line: Line; turnDegrees: number }[] {
  return plan(record).flatMap(({ lines, turnDegrees }) =>
    lines.map((line) => ({ line, turnDegrees })),
  )
}

/** The corners of a line's box on the sheet: ascent 0.75 and descent 0.2 of its size. */
function cornersOf(line: Line, turnDegrees: number): readonly { x: number; y: number }[] {
  const length = line.isStretched === true ? line.room : measured(line)
  const left =
    line.anchor === 'end'
      ? line.x - length
      : line.anchor === 'middle'
        ? line.x - length / 2
        : line.x
  const turn = (turnDegrees * Math.PI) / 180
  const [top, bottom] = [line.y - line.size * 0.72, line.y + line.size * 0.2]
  return [left, left + length].flatMap((x) =>
    [top, bottom].map((y) => {
      const [dx, dy] = [x - SHEET.width / 2, y - SHEET.height / 2]
      return {
        x: SHEET.width / 2 + dx * Math.cos(turn) - dy * Math.sin(turn),
        y: SHEET.height / 2 + dx * Math.sin(turn) + dy * Math.cos(turn),
      }
    }),
  )
}

function measured(line: Line): number {
  return MEASURES[line.face](line.text, line.width ?? 100) * line.size
}

test('a work has the same poster every time, and another work another one', () => {
  fc.assert(
    fc.property(records, (record) => {
      assert.deepEqual(plan(record), plan({ ...record }))
    }),
  )
  const posters = new Set(
    Array.from({ length: 60 }, (_, at) => {
      const record = { ...RECORD, id: `film-${at}` }
      return JSON.stringify([inksOf(record), plan(record)])
    }),
  )
  assert.ok(posters.size > 40, `${posters.size} different posters of 60`)
})

test('no line of a poster is wider than its room, and none leaves the sheet, whatever the record says', () => {
  fc.assert(
    fc.property(records, (record) => {
      for (const { line, turnDegrees } of linesOf(record)) {
        if (line.isPicture === true) continue
        assert.ok(line.size > 0 && Number.isFinite(line.size), line.text)
        if (line.isStretched !== true)
          assert.ok(measured(line) <= line.room + 0.5, `${line.text}: ${measured(line)}`)
        for (const { x, y } of cornersOf(line, turnDegrees)) {
          assert.ok(x >= 8 && x <= SHEET.width - 8, `${line.text}: x ${x}`)
          assert.ok(y >= 0 && y <= SHEET.height, `${line.text}: y ${y}`)
        }
      }
    }),
    { numRuns: 2000 },
  )
})

test('a line that is stretched over the measure is never distorted by more than an eighth', () => {
  fc.assert(
    fc.property(records, (record) => {
      for (const { line } of linesOf(record))
        if (line.isStretched === true && line.text.length > 3)
          assert.ok(
            measured(line) / line.room < 1.125,
            `${line.text}: ${measured(line) / line.room}`,
          )
    }),
    { numRuns: 500 },
  )
})

test('text stands apart from what it stands on: 5.3 for ink on ground, 4.5 for every title', () => {
  for (const { ground, ink } of ALL_INKS)
    assert.ok(contrastOf(ground, ink) >= 5.3, `${ground} ${ink}`)
  for (let at = 0; at < 4000; at++) {
    const record = { ...RECORD, id: `work-${at}`, title: `The Work ${at}`, year: 1900 + (at % 130) }
    const inks = inksOf(record)
    for (const { line } of linesOf(record)) {
      if (line.isPicture === true) continue
      const contrast = contrastOf(inks[line.ink], inks[line.on])
      assert.ok(contrast >= 4.5, `${JSON.stringify(inks)} ${line.ink} on ${line.on}: ${contrast}`)
    }
  }
})

test('no line of a title ends on an article or another little word', () => {
  for (const { line } of linesOf({ ...RECORD, title: 'The Cabinet of Dr. Caligari', year: 1920 }))
    assert.doesNotMatch(line.text, /(?:^| )(?:the|of|dr\.)$/iu)
  assert.deepEqual(titleUnits('The Man in the Moon'), ['The Man', 'in the Moon'])
})

test('titles in scripts that the faces lack are neither stretched nor turned, and break where they may', () => {
  for (const title of ['羅生門', 'Броненосец «Потёмкин»', 'باب الحديد', 'पथेर पांचाली']) {
    assert.equal(isMeasured(title), false)
    for (let at = 0; at < 40; at++)
      assert.ok(
        ['eclipse', 'beam'].includes(layoutOf({ ...RECORD, id: `f${at}`, title }, title)),
        title,
      )
  }
  const long = '東京物語、または長い題名の映画。それでも終わらない。'
  for (const { line } of linesOf({ ...RECORD, title: long }))
    assert.doesNotMatch(line.text, /^[、。]/u)
})

test('a title of more than seventy letters leaves its subtitle to smaller type, and its end out', () => {
  const record = {
    ...RECORD,
    title:
      'Dr. Strangelove: Or How I Learned to Stop Worrying, Love the Bomb, and Write Very Long Titles for Films Besides',
  }
  const lines = linesOf(record).map(({ line }) => line)
  const large = lines.filter(({ size }) => size > 40).map(({ text }) => text)
  assert.equal(large.join(' '), 'Dr. Strangelove')
  assert.ok(lines.some(({ text }) => text.endsWith('…')))
})

test('art has no words', () => {
  fc.assert(
    fc.property(records, (record) => {
      for (const { lines } of plan(record, 'art'))
        for (const line of lines) assert.equal(line.isPicture, true, line.text)
    }),
  )
  assert.ok(Math.abs(BEAM - Math.tan((12 * Math.PI) / 180)) < 0.0001)
})
