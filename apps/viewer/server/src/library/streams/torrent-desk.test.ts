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

/** A desk with one film that nobody gives; whom it is begun with, each time. */
async function stage(named: { address: typeof PEER; learnedFrom: 'tracker' }[][]) {
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
  const desk = new TorrentDesk({
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
    isUpdate: () => false,
    playsAlone: () => false,
    onGiven: () => undefined,
    onReached: () => undefined,
    ownTorrents: [
      { metainfo, startingPoints: () => Promise.resolve({ peers: named.shift() ?? [] }) },
    ],
    isLocalFeed: () => false,
    headPack: async () => null,
  })
  return { desk, release }
}

test('a lost film that is begun anew still knows where its peers were', async () => {
  // The first time somebody names a peer; the second time nobody does.
  const named = [[{ address: PEER, learnedFrom: 'tracker' as const }], []]
  const { desk, release } = await stage(named)
  await using _ = desk
  const first = desk.hold(release, 'feed')
  const lost = await first.opened
  first.keep()
  await lost.metainfo(AbortSignal.timeout(5000))
  const again = await desk.hold(release, 'feed').opened
  assert.notEqual(again, lost, 'nobody is there: the film begins anew')
  assert.equal(named.length, 0)
  assert.deepEqual(again.knownAddresses, [{ address: PEER, learnedFrom: 'tracker' }])
})

test('what may be played later shares a lost film that plays, and never begins it anew under it', async () => {
  const { desk, release } = await stage([])
  await using _ = desk
  const playing = desk.hold(release, 'feed')
  const lost = await playing.opened
  await lost.metainfo(AbortSignal.timeout(5000))
  const ahead = desk.hold(release, 'feed', { isAhead: true })
  assert.equal(await ahead.opened, lost)
  assert.equal(lost.status().phase.kind, 'live', 'what plays of it plays on')
  await ahead.close()
  assert.equal(lost.status().phase.kind, 'live', 'and isn’t closed with it either')
  await playing.close()
  assert.equal(lost.status().phase.kind, 'stopped')
})
