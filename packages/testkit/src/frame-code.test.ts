import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { FILM_CODE_PLACE, REEL_CODE_PLACE, frameCells, readFrameNumber } from './frame-code.ts'

/** A picture with the frame's cells in two greys on a noisy ground. */
function paint(frame: number, width: number, height: number, dark = 16, light = 235): Uint8Array {
  const rgba = new Uint8Array(4 * width * height)
  const cells = frameCells(frame)
  for (let y = 0; y < height; y++) {
    const isRow = y >= height * FILM_CODE_PLACE.top && y < height * FILM_CODE_PLACE.bottom
    for (let x = 0; x < width; x++) {
      const cell = cells[Math.floor((x / width) * cells.length)] === true
      const grey = isRow ? (cell ? light : dark) : (x * 7 + y * 13) % 256
      rgba.fill(grey, 4 * (y * width + x), 4 * (y * width + x) + 3)
    }
  }
  return rgba
}

test('every number is read back from pictures of all sizes and contrasts', () => {
  const sizes = fc.record({
    width: fc.integer({ min: 96, max: 500 }),
    height: fc.integer({ min: 54, max: 300 }),
  })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65_535 }), sizes, (frame, { width, height }) => {
      assert.equal(readFrameNumber(paint(frame, width, height, 60, 180), width, height), frame)
    }),
    { numRuns: 50 },
  )
})

test('a picture without a number, or with a damaged one, gives none', () => {
  const width = 240
  const height = 135
  assert.equal(readFrameNumber(new Uint8Array(4 * width * height), width, height), null)
  assert.equal(readFrameNumber(new Uint8Array(4 * width * height).fill(255), width, height), null)
  const noise = paint(0, width, height).map((_, i) => (i * 7919) % 251)
  assert.equal(readFrameNumber(noise, width, height), null)
  const damaged = paint(1234, width, height)
  for (let y = 0; y < height; y++) damaged.fill(16, 4 * (y * width + 100), 4 * (y * width + 110))
  assert.equal(readFrameNumber(damaged, width, height), null)
  assert.equal(readFrameNumber(new Uint8Array(10), width, height), null)
})

test('the small row at the foot is read where there is none below the top', () => {
  const [width, height] = [640, 360]
  const { left, right, top, bottom } = REEL_CODE_PLACE
  const rgba = new Uint8Array(4 * width * height).fill(90)
  const cells = frameCells(1439)
  for (let y = Math.ceil(height * top); y < height * bottom; y++)
    for (let x = Math.ceil(width * left); x < width * right; x++) {
      const cell = Math.floor(((x / width - left) / (right - left)) * cells.length)
      rgba.fill(cells[cell] === true ? 235 : 16, 4 * (y * width + x), 4 * (y * width + x) + 3)
    }
  assert.equal(readFrameNumber(rgba, width, height), 1439)
})
