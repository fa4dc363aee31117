import { test } from 'node:test'
import assert from 'node:assert/strict'
import { drawnSize, standsFor } from './frame-rule.ts'

const HD = { width: 1920, height: 1080 }

test('a key frame stands for what follows it, but not for what is half a minute away', () => {
  assert.ok(standsFor({ seconds: 10, bytes: 50_000 }, 10))
  assert.ok(standsFor({ seconds: 10, bytes: 50_000 }, 20.4))
  assert.ok(!standsFor({ seconds: 10, bytes: 50_000 }, 41))
  assert.ok(
    standsFor({ seconds: 0.08, bytes: 50_000 }, 0),
    'the first one, which begins a little late',
  )
})

test('F3: a key frame of no bytes, or of four gigabytes, is not read', () => {
  for (const bytes of [0, -1, 17 * 1024 * 1024, 2 ** 32 - 1, Infinity, NaN])
    assert.ok(!standsFor({ seconds: 10, bytes }, 10), String(bytes))
  assert.ok(!standsFor({ seconds: NaN, bytes: 5 }, 10))
})

test('pictures are drawn in the proportions of the film, within a box', () => {
  assert.deepEqual(drawnSize(HD, HD), { width: 320, height: 180 })
  assert.deepEqual(drawnSize({ width: 720, height: 576 }, { width: 1024, height: 576 }), {
    width: 320,
    height: 180,
  })
  assert.deepEqual(drawnSize(HD, { width: 1080, height: 1920 }), { width: 135, height: 240 })
  assert.deepEqual(drawnSize(HD, { width: 1000, height: 10_000 }), { width: 24, height: 240 })
})

test('F3: a film too large to decode, or too thin to see, is not drawn', () => {
  assert.equal(drawnSize({ width: 16_384, height: 16_384 }, HD), null)
  assert.equal(drawnSize(HD, { width: 100_000, height: 1 }), null)
  assert.equal(drawnSize(HD, { width: 0, height: 0 }), null)
  assert.equal(drawnSize(HD, { width: NaN, height: 5 }), null)
  assert.equal(drawnSize({ width: NaN, height: NaN }, HD), null)
})
