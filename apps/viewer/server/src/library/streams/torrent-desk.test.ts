import { test } from 'node:test'
import assert from 'node:assert/strict'
import { NetworkError, SILENT_LOG, type Network } from '@matinee/base'
import { parseReleaseId, parseSha1, type Release } from '@matinee/catalogue'
import { FakeClock, FakeDisk, SeededRandom, makeTorrent, nodeHash } from '@matinee/testkit'
import { TorrentDesk } from './torrent-desk.ts'

const PEER = { host: '203.0.113.7', port: 6881 }

/** A network in which nobody answers. */
const NOBODY: Network = {
  dialer: { dial: () => Promise.reject(new NetworkError('unreachable', 'nobody is there')) },
  listener: {
    listen: () => Promise.resolve({ address: PEER, close: () => Promise.resolve() }),
  },
  datagrams: { bind: () => Promise.reject(new NetworkError('unreachable', 'no datagrams here')) },
  resolver: { resolve: () => Promise.reject(new NetworkError('unreachable', 'no names here')) },
  http: { get: () => Promise.reject(new NetworkError('unreachable', 'no web here')) },
}

test('a lost film that is begun anew still knows where its peers were', async () => {
  const { metainfo } = makeTorrent({ kind: 'v1' })
  const id = parseReleaseId('lost')
  const v1 = parseSha1(String(metainfo.infoHashes.v1))
  assert.ok(id !== null && v1 !== null)
  const release: Release = {
    kind: 'legacy',
    id,
    infoHashes: { v1 },
    trackers: [],
    webSeeds: [],
    videos: [],
    audios: [],
    subtitles: [],
  }
  const disk = new FakeDisk()
  await disk.makeFolder('/films')
  // The first time somebody names a peer; the second time nobody does.
  const named = [[{ address: PEER, learnedFrom: 'tracker' as const }], []]
  await using desk = new TorrentDesk({
    network: () => Promise.resolve(NOBODY),
    disk,
    hash: nodeHash,
    clock: new FakeClock(),
    random: new SeededRandom(1),
    log: SILENT_LOG,
    mediaFolder: '/films',
    sharing: () => 'share',
    dht: () => false,
    verify: () => false,
    diskBudgetBytes: () => 1e9,
    uploadBytesPerSecond: () => null,
    givesBack: () => true,
    isKept: () => false,
    playsAlone: () => false,
    onGiven: () => undefined,
    onReached: () => undefined,
    ownTorrents: [
      { metainfo, startingPoints: () => Promise.resolve({ peers: named.shift() ?? [] }) },
    ],
    isLocalFeed: () => false,
    headPack: async () => null,
  })
  const first = desk.hold(release, 'feed')
  const lost = await first.opened
  first.keep()
  await lost.metainfo(AbortSignal.timeout(5000))
  const again = await desk.hold(release, 'feed').opened
  assert.notEqual(again, lost, 'nobody is there: the film begins anew')
  assert.equal(named.length, 0)
  assert.deepEqual(again.knownAddresses, [{ address: PEER, learnedFrom: 'tracker' }])
})
