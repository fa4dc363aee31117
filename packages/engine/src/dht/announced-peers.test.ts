import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MINUTE_MS } from '@matinee/base'
import { SeededRandom } from '@matinee/testkit'
import { AnnouncedPeers } from './announced-peers.ts'

const random = new SeededRandom('announced')

test('who announces is told to others for three quarters of an hour, each address once', () => {
  const peers = new AnnouncedPeers(random)
  const infoHash = random.bytes(20)
  const address = { host: '9.9.9.9', port: 6881 }
  peers.add(infoHash, address, 0)
  peers.add(infoHash, address, 10 * MINUTE_MS)
  assert.deepEqual(peers.of(infoHash, 10, 50 * MINUTE_MS), [address])
  assert.deepEqual(peers.of(infoHash, 10, 56 * MINUTE_MS), [])
  peers.expire(56 * MINUTE_MS)
  assert.equal(peers.torrentCount, 0)
  assert.equal(peers.peerCount, 0)
})

test('of many peers some are drawn', () => {
  const peers = new AnnouncedPeers(random)
  const infoHash = random.bytes(20)
  for (let i = 0; i < 100; i++) peers.add(infoHash, { host: `9.9.${i}.9`, port: 6881 }, 0)
  assert.equal(new Set(peers.of(infoHash, 40, 0).map(({ host }) => host)).size, 40)
})

test('T6: what is announced takes a bounded memory, and one network can’t crowd out the others', () => {
  const peers = new AnnouncedPeers(random)
  const infoHash = random.bytes(20)
  const honest = { host: '8.8.8.8', port: 6881 }
  peers.add(infoHash, honest, 0)
  for (let i = 0; i < 30_000; i++)
    peers.add(random.bytes(20), { host: `66.66.66.${i & 0xff}`, port: 1024 + (i % 60_000) }, 0)
  assert.ok(peers.peerCount <= 201, `${peers.peerCount} of one network`)
  assert.deepEqual(peers.of(infoHash, 10, 0), [honest])
  for (let i = 0; i < 50_000; i++) {
    const host = `${70 + (i >> 14)}.${(i >> 8) & 0x3f}.${i & 0xff}.1`
    peers.add(infoHash, { host, port: 6881 }, 0)
    peers.add(random.bytes(20), { host, port: 6881 }, 0)
  }
  assert.ok(peers.peerCount <= 20_000, `${peers.peerCount} peers`)
  assert.ok(peers.of(infoHash, 1e6, 0).length <= 200)
})
