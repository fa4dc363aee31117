import assert from 'node:assert/strict'
import { test } from 'node:test'
import { liveThroughCut } from './power-cut.ts'

/** A part of the thousand of `npm run ladder`. */
const SEEDS = 60

test('A2: after a power cut at any moment of a whole viewing all that was acknowledged is there, right, and the film comes', async () => {
  let claimed = 0
  for (let seed = 0; seed < SEEDS; seed++) claimed += await liveThroughCut(seed)
  assert.ok(claimed > 1_000_000, `${claimed} bytes were claimed in all`)
})
