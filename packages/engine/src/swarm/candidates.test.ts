import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '@matinee/base'
import { Candidates } from './candidates.ts'

const address = { host: '203.0.113.7', port: 6881 }

test('an address that failed waits twice as long every time', () => {
  const candidates = new Candidates()
  candidates.add(address, 'tracker')
  assert.equal(candidates.take(5, 0).length, 1)
  candidates.failed(address, 0)
  assert.equal(candidates.take(5, 4_999).length, 0)
  assert.equal(candidates.take(5, 5_000).length, 1)
  candidates.failed(address, 5_000)
  assert.equal(candidates.take(5, 14_999).length, 0)
  assert.equal(candidates.take(5, 15_000).length, 1)
})

test('while somebody watches alone, who failed often is tried again every ten seconds', () => {
  const candidates = new Candidates()
  candidates.add(address, 'tracker')
  let nowMs = 0
  for (let failure = 0; failure < 5; failure++) {
    candidates.take(5, nowMs, true)
    candidates.failed(address, nowMs)
    nowMs += 10_000
  }
  assert.equal(candidates.take(5, nowMs - 1, true).length, 0)
  assert.equal(candidates.take(5, nowMs).length, 0)
  assert.equal(candidates.take(5, nowMs, true).length, 1)
})

test('an address is dialed once at a time and never when banned', () => {
  const candidates = new Candidates()
  candidates.add(address, 'pex')
  candidates.take(1, 0)
  assert.deepEqual(candidates.take(1, 0), [])
  candidates.ban(address.host)
  candidates.failed(address, 0)
  assert.deepEqual(candidates.take(1, 1e9), [])
  assert.equal(candidates.add(address, 'tracker'), false)
})

test('explicit addresses are dialed before those that a tracker named', () => {
  const candidates = new Candidates()
  candidates.add(address, 'tracker')
  candidates.add({ host: '127.0.0.1', port: 5 }, 'own')
  assert.equal(candidates.take(1, 0)[0]?.learnedFrom, 'own')
})

test('the list is bounded whatever strangers say', () => {
  const candidates = new Candidates()
  for (let i = 0; i < 10_000; i++)
    candidates.add({ host: `10.0.${i >> 8}.${i & 255}`, port: 1000 }, 'pex')
  assert.equal(candidates.count, LIMITS.candidates)
})
