import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stayingDouble } from './double.ts'

test('P17: of two connections that crossed each other both sides keep the same one', () => {
  // We dialed first as far as we know, it dialed first as far as it knows; one of the two ids is the smaller.
  for (const areWeFirst of [true, false]) {
    const ours = stayingDouble({
      olderAgeMs: 20,
      isOlderIncoming: false,
      isNewerIncoming: true,
      areWeFirst,
    })
    const theirs = stayingDouble({
      olderAgeMs: 20,
      isOlderIncoming: false,
      isNewerIncoming: true,
      areWeFirst: !areWeFirst,
    })
    // What was dialed by us is the older one here and the newer one there.
    assert.equal(ours === 'older', theirs === 'newer')
  }
})

test('P17: who dials again has lost the connection from before', () => {
  const again = { olderAgeMs: 60_000, isOlderIncoming: true, isNewerIncoming: true }
  assert.equal(stayingDouble({ ...again, areWeFirst: true }), 'newer')
  assert.equal(stayingDouble({ ...again, areWeFirst: false }), 'newer')
})

test('P17: a connection that has stood a while stays when we find the same peer at another address', () => {
  for (const isOlderIncoming of [true, false])
    for (const areWeFirst of [true, false])
      assert.equal(
        stayingDouble({ olderAgeMs: 60_000, isOlderIncoming, isNewerIncoming: false, areWeFirst }),
        'older',
      )
})
