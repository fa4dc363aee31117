import { test } from 'node:test'
import assert from 'node:assert/strict'
import { frameCode, readFrameNumber } from './frame-code.ts'

/** A grey picture with the code of a frame drawn in it. */
function picture(frame: number, width: number, height: number): Uint8Array {
  const rgba = new Uint8Array(width * height * 4).fill(128)
  const { quiet, cells } = frameCode(frame, width, height)
  for (const box of [{ ...quiet, white: false }, ...cells])
    for (let y = Math.round(box.y); y < Math.round(box.y + box.height); y++)
      for (let x = Math.round(box.x); x < Math.round(box.x + box.width); x++)
        rgba.fill(box.white ? 235 : 16, (y * width + x) * 4, (y * width + x) * 4 + 4)
  return rgba
}

test('a frame number drawn into a picture is read back at every size', () => {
  for (const [width, height] of [
    [1280, 720],
    [640, 360],
    [320, 180],
  ] as const)
    for (const frame of [0, 1, 23, 24, 1439, 40_000, 65_535])
      assert.equal(readFrameNumber(picture(frame, width, height), width, height), frame)
})

test('a picture without a code, or with a damaged one, has no frame number', () => {
  const rgba = picture(960, 640, 360)
  const { cells } = frameCode(960, 640, 360)
  assert.equal(readFrameNumber(new Uint8Array(640 * 360 * 4), 640, 360), null)
  const cell = cells[5]
  assert.ok(cell)
  for (let y = Math.round(cell.y); y < cell.y + cell.height; y++)
    for (let x = Math.round(cell.x); x < cell.x + cell.width; x++)
      rgba.fill(cell.white ? 16 : 235, (y * 640 + x) * 4, (y * 640 + x) * 4 + 4)
  assert.equal(readFrameNumber(rgba, 640, 360), null)
})
