import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@matinee/testkit'
import { ReachedCount } from './reached-count.ts'
import { swarmFacts, type SwarmState, type TorrentFacts } from './swarm-facts.ts'

const NOBODY = { fromOutside: 0, fromNear: 0, lastOn: null }
const PEERS = { connected: 2, seeds: 1, unchokingUs: 1, sending: 1, known: 3 }

const torrent = (
  trackers: TorrentFacts['status']['trackers'],
  webSeeds: TorrentFacts['status']['webSeeds'] = [],
): TorrentFacts => ({
  status: { peers: PEERS, trackers, webSeeds },
  learnedFrom: ['tracker', 'dht', 'dht', 'magnet'],
})

const stateWith = (more: Partial<SwarmState>): SwarmState => ({
  sharing: 'share',
  port: 4000,
  reached: NOBODY,
  torrents: [],
  usesDht: true,
  dht: null,
  ...more,
})

test('what torrents say is added up, and each server is named once, by host alone', () => {
  const answered = { kind: 'answered', peers: 3, nextMs: 1 } as const
  const failed = { kind: 'failed', reason: 'no', nextMs: 1 } as const
  const url = 'https://tracker.example:8443/0123passkey/announce?user=ada'
  const { people, trackers, webSeeds, torrents } = swarmFacts(
    stateWith({
      torrents: [
        torrent([
          { url, state: failed },
          { url: 'udp://other.example:1337/secret', state: failed },
        ]),
        torrent(
          [{ url, state: answered }],
          [
            {
              url: 'https://ada:word@films.example/secret/',
              state: { kind: 'banned', reason: 'lied' },
              isSending: false,
              downloadedBytes: 0,
            },
          ],
        ),
      ],
    }),
  )
  assert.equal(torrents, 2)
  assert.deepEqual(people, {
    connected: 4,
    known: 6,
    foundBy: [
      { way: 'tracker', count: 2 },
      { way: 'dht', count: 4 },
      { way: 'else', count: 2 },
    ],
  })
  assert.deepEqual(trackers, [
    { host: 'tracker.example', state: 'answered' },
    { host: 'other.example', state: 'failed' },
  ])
  assert.deepEqual(webSeeds, [{ host: 'films.example', state: 'banned' }])
})

test('the DHT is off, rests, or is open with its neighbours', () => {
  const family = { family: 'ipv4', port: 1, nodes: 7, seenAs: '198.51.100.7' } as const
  const dht = { families: [family], keptTorrents: 0, keptItems: 0 }
  assert.equal(swarmFacts(stateWith({ usesDht: false, dht })).dht.state, 'off')
  assert.equal(swarmFacts(stateWith({ sharing: 'web-only', dht })).dht.state, 'off')
  assert.equal(swarmFacts(stateWith({})).dht.state, 'resting')
  assert.deepEqual(swarmFacts(stateWith({ dht })).dht, {
    state: 'open',
    nodes: 7,
    seenAs: '198.51.100.7',
  })
})

test('who comes from the own network proves nothing about the Internet', () => {
  const clock = new FakeClock({ startWallMs: Date.UTC(2026, 0, 1) })
  const count = new ReachedCount(clock)
  for (const host of ['127.0.0.1', '192.168.1.4', 'fe80::1']) count.note({ host, port: 1 })
  assert.deepEqual(count.facts, { fromOutside: 0, fromNear: 3, lastOn: null })
  count.note({ host: '8.8.4.4', port: 1 })
  assert.deepEqual(count.facts, {
    fromOutside: 1,
    fromNear: 3,
    lastOn: '2026-01-01T00:00:00.000Z',
  })
})
