import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pickSurplus, pickUseless, type PeerUse } from './retention.ts'

const USELESS: PeerUse = {
  id: 1,
  ageMs: 60_000,
  downloadedBytes: 0,
  isChokingUs: true,
  isInterested: false,
}

test('the oldest of those that never gave anything makes place', () => {
  assert.equal(pickUseless([USELESS, { ...USELESS, id: 2, ageMs: 90_000 }]), 2)
})

test('who gave, gives, takes, or has just come stays', () => {
  const stays: PeerUse[] = [
    { ...USELESS, downloadedBytes: 1 },
    { ...USELESS, isChokingUs: false },
    { ...USELESS, isInterested: true },
    { ...USELESS, ageMs: 20_000 },
  ]
  assert.equal(pickUseless(stays), null)
})

test('A11: where there are too many, who wants nothing and gave nothing goes first, then the younger', () => {
  const peers: PeerUse[] = [
    { ...USELESS, id: 1, isInterested: true, downloadedBytes: 1 },
    { ...USELESS, id: 2, isInterested: true },
    { ...USELESS, id: 3, downloadedBytes: 1, ageMs: 10 },
    { ...USELESS, id: 4, downloadedBytes: 1, ageMs: 20 },
    { ...USELESS, id: 5 },
  ]
  assert.deepEqual(pickSurplus(peers, 5), [])
  assert.deepEqual(pickSurplus(peers, 2), [5, 3, 4])
  assert.deepEqual(pickSurplus(peers, 0), [5, 3, 4, 2, 1])
})
