import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { gridShape, rowsInView } from './grid-window.ts'

test('few works have fewer and wider columns on a wide screen, and no others on a narrow one', () => {
  const columns = (width: number, total: number): number =>
    gridShape(width, 172, 20, 100, total).columns
  assert.equal(columns(1664, 200), 8)
  assert.equal(columns(1664, 6), 6)
  assert.equal(columns(1664, 2), 5)
  assert.equal(columns(350, 2), 2)
})

test('whatever its width and number, a grid fills its width, and every row that is seen is there', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 320, max: 4000 }),
      fc.integer({ min: 80, max: 400 }),
      fc.nat({ max: 10_000 }),
      fc.integer({ min: -10_000, max: 1_000_000 }),
      (width, posterWidth, total, top) => {
        const shape = gridShape(width, posterWidth, 20, 100, total)
        const filled = shape.columns * shape.itemWidth + (shape.columns - 1) * 20
        assert.ok(Math.abs(filled - width) < 1)
        assert.ok(shape.rows * shape.columns >= total)
        const { start, end } = rowsInView(shape, top, 900)
        assert.ok(start >= 0 && start <= end && end <= shape.rows)
        const seen = Math.floor((top + 450) / shape.rowHeight)
        if (seen >= 0 && seen < shape.rows) assert.ok(start <= seen && seen < end)
      },
    ),
  )
})
