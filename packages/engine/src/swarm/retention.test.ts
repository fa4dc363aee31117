import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pickUseless, type PeerUse } from './retention.ts'

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
