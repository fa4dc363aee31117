import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIALS_PER_SECOND, DialPace, TRIES_PER_ADDRESS } from './dial-pace.ts'

test('who has answered before is tried as often as is needed, within the pace of all', () => {
  const pace = new DialPace()
  const target = { host: '203.0.113.9', port: 6881 }
  for (let i = 0; i < TRIES_PER_ADDRESS; i++) assert.equal(pace.next(target, i).kind, 'go')
  assert.equal(pace.next(target, 10).kind, 'no')
  for (let i = 0; i < 100; i++) {
    const turn = pace.next(target, 10, true)
    assert.equal(turn.kind, 'go')
    if (turn.kind === 'go' && i > DIALS_PER_SECOND) assert.ok(turn.waitMs > 0)
  }
  assert.equal(pace.next(target, 20).kind, 'no')
})
