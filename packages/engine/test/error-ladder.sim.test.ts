import assert from 'node:assert/strict'
import { test } from 'node:test'
import { climb, type Ladder } from './error-ladder.ts'

/** A part of what `npm run ladder` climbs: all kinds of torrent, every rung. */
const LADDERS: readonly Ladder[] = [
  { kind: 'hybrid', of: 'disk', times: 'once', code: 'io' },
  { kind: 'v2', of: 'disk', times: 'forever', code: 'io', stride: 2 },
  { kind: 'v1', of: 'disk', times: 'forever', code: 'full', stride: 2 },
  { kind: 'v2', of: 'network', times: 'once', code: 'io' },
  { kind: 'hybrid', of: 'network', times: 'forever', code: 'io', stride: 2 },
]

for (const ladder of LADDERS) {
  const { kind, of, times, code } = ladder
  const how = of === 'disk' ? `“${code}” ` : ''
  test(`A7: whichever call of the ${of} fails ${how}${times}, a ${kind} film is never wrong, and comes when all is well again`, async () => {
    const calls = await climb(ladder)
    assert.ok(calls > 60, `the ladder has ${calls} rungs`)
  })
}
