import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uploadShares } from './upload-shares.ts'

const RARE = { isPreferred: true, isWanted: true }
const USUAL = { isPreferred: false, isWanted: true }

test('while somebody takes of what is rare, the others share a quarter; else nothing is held back', () => {
  assert.deepEqual(uploadShares([RARE, USUAL, USUAL], 80_000), [null, 10_000, 10_000])
  assert.deepEqual(uploadShares([{ ...RARE, isWanted: false }, USUAL], 80_000), [null, null])
  assert.deepEqual(uploadShares([RARE, USUAL], null), [null, null])
})
