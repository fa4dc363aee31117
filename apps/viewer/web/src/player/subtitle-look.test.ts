import { test } from 'node:test'
import assert from 'node:assert/strict'
import { USUAL_LOOK, formatLook, parseLook } from './subtitle-look.ts'

test('a look that was kept comes back, and what is odd in it is usual', () => {
  const look = {
    size: 'huge',
    place: 'high',
    colour: 'yellow',
    background: 'outline',
    face: 'legible',
  } as const
  assert.deepEqual(parseLook(formatLook(look)), look)
  assert.deepEqual(parseLook('huge <b> #fff'), { ...USUAL_LOOK, size: 'huge' })
  assert.deepEqual(parseLook('huge low cream box'), { ...USUAL_LOOK, size: 'huge' })
  assert.deepEqual(parseLook(null), USUAL_LOOK)
})
