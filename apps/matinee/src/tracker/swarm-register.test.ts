import { test } from 'node:test'
import assert from 'node:assert/strict'
import { MINUTE_MS } from '@matinee/base'
import type { Announce } from '@matinee/protocol'
import { SeededRandom } from '@matinee/testkit'
import { RequestRate } from './request-rate.ts'
import { SwarmRegister } from './swarm-register.ts'
import { TRACKER_LIMITS } from './tracker-limits.ts'

const TORRENT = new Uint8Array(20).fill(7)
const OTHER = new Uint8Array(20).fill(8)

function register(): SwarmRegister {
  return new SwarmRegister([TORRENT], new SeededRandom('tracker'))
}

function announce(changes: Partial<Announce> = {}): Announce {
  return {
    infoHash: TORRENT,
    peerId: new Uint8Array(20),
    port: 6881,
    uploaded: 0,
    downloaded: 0,
    left: 1,
    event: null,
    numWant: 50,
    ...changes,
  }
}

/** The n-th of many addresses. */
function peer(n: number, port = 50_000): { host: string; port: number } {
  return { host: `10.${Math.floor(n / 65_536)}.${Math.floor(n / 256) % 256}.${n % 256}`, port }
}

test('two who announce hear of each other, by the address they came from', () => {
  const swarm = register()
  swarm.announce(announce({ port: 1111 }), peer(1), 0)
  const answer = swarm.announce(announce({ port: 2222, left: 0 }), peer(2), 0)
  assert.ok(answer.kind === 'answer')
  assert.deepEqual(answer.outcome.peers, [{ host: '10.0.0.1', port: 1111 }])
  assert.deepEqual([answer.outcome.seeders, answer.outcome.leechers], [1, 1])
})

test('who stops, falls silent or does not listen is named to nobody', () => {
  const swarm = register()
  swarm.announce(announce(), peer(1), 0)
  swarm.announce(announce(), peer(2), 0)
  swarm.announce(announce({ port: 0 }), peer(3), 0)
  swarm.announce(announce({ event: 'stopped' }), peer(1), 1)
  const answer = swarm.announce(announce(), peer(9), 2)
  assert.ok(answer.kind === 'answer')
  assert.deepEqual(
    answer.outcome.peers.map(({ host }) => host),
    ['10.0.0.2'],
  )
  const later = swarm.announce(announce(), peer(9), TRACKER_LIMITS.silenceMs)
  assert.ok(later.kind === 'answer')
  assert.deepEqual(later.outcome.peers, [])
})

test('T10: only listed info-hashes are tracked', () => {
  const swarm = register()
  const answer = swarm.announce(announce({ infoHash: OTHER }), peer(1), 0)
  assert.equal(answer.kind, 'refused')
  const counts = swarm.scrape([OTHER, TORRENT], peer(1), 0)
  assert.ok(counts.kind === 'answer')
  assert.equal(counts.outcome[0], null)
  assert.deepEqual(counts.outcome[1], { seeders: 0, leechers: 0, downloads: 0 })
})

test('T10: an answer names at most 50 peers, however many were asked for', () => {
  const swarm = register()
  for (let n = 0; n < 300; n++) swarm.announce(announce(), peer(n), 0)
  for (const numWant of [-1, 50, 200]) {
    const answer = swarm.announce(announce({ numWant }), peer(1000), 0)
    assert.ok(answer.kind === 'answer')
    assert.equal(answer.outcome.peers.length, 50)
  }
})

test('T10: one IP address has a share of the list and of the requests, not all', () => {
  const swarm = register()
  for (let n = 0; n < 10; n++) swarm.announce(announce(), peer(n), 0)
  let refused = 0
  for (let port = 1; port <= 1000; port++)
    if (swarm.announce(announce({ port }), peer(77), 0).kind === 'refused') refused++
  assert.equal(refused, 1000 - TRACKER_LIMITS.requestsPerMinute)
  const counts = swarm.scrape([TORRENT], peer(3), 0)
  assert.ok(counts.kind === 'answer')
  assert.equal(counts.outcome[0]?.leechers, 10 + TRACKER_LIMITS.peersPerIp)
  assert.equal(swarm.announce(announce(), peer(77), MINUTE_MS).kind, 'answer')
})

test('T10: a flood from a million addresses takes no more memory than a few thousand', () => {
  const swarm = register()
  const rate = new RequestRate()
  for (let n = 0; n < 30_000; n++) {
    swarm.announce(announce(), peer(n), 0)
    rate.allow(peer(n).host, 0)
  }
  const counts = swarm.scrape([TORRENT], peer(1), MINUTE_MS)
  assert.ok(counts.kind === 'answer')
  assert.equal(counts.outcome[0]?.leechers, TRACKER_LIMITS.peersPerTorrent)
  assert.equal(rate.size, TRACKER_LIMITS.countedIps)
})

test('the torrents that are tracked change, and of those that stay nobody is forgotten', () => {
  const swarm = register()
  swarm.announce(announce(), peer(1), 0)
  swarm.list([TORRENT, OTHER])
  const kept = swarm.announce(announce(), peer(2), 0)
  assert.ok(kept.kind === 'answer')
  assert.deepEqual(kept.outcome.peers, [{ host: peer(1).host, port: 6881 }])
  assert.equal(swarm.announce(announce({ infoHash: OTHER }), peer(2), 0).kind, 'answer')
  swarm.list([OTHER])
  assert.equal(swarm.announce(announce(), peer(1), 0).kind, 'refused')
})

test('our own seed is named to whoever needs something, and counted', () => {
  const swarm = register()
  const own = { host: '203.0.113.9', port: 6881 }
  swarm.ownSeed = own
  const wanting = swarm.announce(announce(), peer(1), 0)
  assert.ok(wanting.kind === 'answer')
  assert.deepEqual([wanting.outcome.peers, wanting.outcome.seeders], [[own], 1])
  const having = swarm.announce(announce({ left: 0 }), peer(2), 0)
  assert.ok(having.kind === 'answer')
  assert.ok(!having.outcome.peers.includes(own))
  for (let n = 0; n < 300; n++) swarm.announce(announce(), peer(n), 0)
  const crowded = swarm.announce(announce(), peer(900), 0)
  assert.ok(crowded.kind === 'answer')
  assert.equal(crowded.outcome.peers.length, 50)
  assert.ok(crowded.outcome.peers.includes(own))
})
