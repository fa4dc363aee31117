import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { nextFocus, type Box, type Direction } from './next-focus.ts'

function box(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height }
}

/** Two rows of posters under a wide button; the second row is moved on by half a poster. */
const WIDE = box(0, 0, 400, 60)
const FIRST = [0, 220, 440].map((left) => box(left, 100, 200, 300))
const SECOND = [110, 330, 550].map((left) => box(left, 440, 200, 300))
const ALL = [WIDE, ...FIRST, ...SECOND]

function go(from: number, direction: Direction): number | null {
  const others = ALL.filter((_, at) => at !== from)
  const found = nextFocus(ALL[from] ?? WIDE, others, direction)
  return found === null ? null : ALL.indexOf(others[found] ?? WIDE)
}

test('arrows go along a row and stop at its end', () => {
  assert.equal(go(1, 'right'), 2)
  assert.equal(go(2, 'right'), 3)
  assert.equal(go(3, 'left'), 2)
  assert.equal(go(1, 'left'), null)
})

test('up and down lead to the row beside, to what is most straight ahead', () => {
  assert.equal(go(0, 'down'), 1)
  assert.ok([4, 5].includes(go(2, 'down') ?? -1))
  assert.ok([1, 2].includes(go(4, 'up') ?? -1))
  assert.equal(go(1, 'up'), 0)
  assert.equal(go(5, 'down'), null)
})

test('what is found always lies that way', () => {
  const boxes = fc
    .tuple(
      fc.nat(2000),
      fc.nat(2000),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 1, max: 400 }),
    )
    .map(([left, top, width, height]) => box(left, top, width, height))
  fc.assert(
    fc.property(boxes, fc.array(boxes, { maxLength: 20 }), (from, others) => {
      const found = nextFocus(from, others, 'right')
      if (found !== null) assert.ok((others[found]?.right ?? 0) > from.right)
    }),
  )
})
