import type { TorrentStatus } from '@matinee/engine'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { streamStatus, type StreamFacts, type StreamTorrentStatus } from './stream-status.ts'

const LENGTH = 1000

function statusOf(
  trackers: readonly TorrentStatus['trackers'][number]['state']['kind'][],
  peers: Partial<TorrentStatus['peers']> = {},
): StreamTorrentStatus {
  const stateOf = (
    kind: TorrentStatus['trackers'][number]['state']['kind'],
  ): TorrentStatus['trackers'][number]['state'] => {
    if (kind === 'answered') return { kind, peers: 0, nextMs: 0 }
    return kind === 'failed' ? { kind, reason: '', nextMs: 0 } : { kind }
  }
  return {
    phase: { kind: 'live' },
    peers: { connected: 0, seeds: 0, unchokingUs: 0, sending: 0, known: 0, ...peers },
    trackers: trackers.map((kind) => ({ url: 'udp://t.example:1', state: stateOf(kind) })),
    searches: [],
    webSeeds: [],
    waiting: null,
    missing: null,
    diskTrouble: null,
    bytes: {
      downloaded: 0,
      uploaded: 0,
      verified: 0,
      provedAlone: 0,
      total: LENGTH,
      held: 0,
      wasted: 0,
    },
    downloadBytesPerSecond: 0,
    uploadBytesPerSecond: 0,
  }
}

/** @param have half-open spans that are on the disk */
function factsOf(
  status: StreamTorrentStatus | null,
  have: readonly { start: number; end: number }[] = [],
): StreamFacts {
  return {
    torrent: {
      verifiedIn: (_file, span) =>
        have.reduce(
          (sum, each) =>
            sum + Math.max(0, Math.min(each.end, span.end) - Math.max(each.start, span.start)),
          0,
        ),
    },
    status,
    file: { index: 0 },
    length: LENGTH,
    failure: null,
    position: 100,
    durationSeconds: 50,
    hasNetwork: true,
  }
}

const troubleOf = (facts: StreamFacts) => streamStatus(facts).trouble

test('nothing is wrong while somebody may still answer', () => {
  assert.equal(troubleOf(factsOf(null)), null)
  assert.equal(troubleOf(factsOf(statusOf(['failed', 'asking']))), null)
  assert.equal(troubleOf(factsOf(statusOf(['failed'], { connected: 1, known: 1 }))), null)
})

test('each reason why nobody is there is told apart', () => {
  assert.deepEqual(troubleOf(factsOf(statusOf(['failed', 'failed']))), {
    kind: 'no-tracker',
    asked: 2,
  })
  assert.deepEqual(troubleOf(factsOf(statusOf(['failed', 'answered']))), { kind: 'nobody' })
  assert.deepEqual(troubleOf(factsOf(statusOf(['answered'], { known: 3 }))), {
    kind: 'unreachable',
    known: 3,
  })
  const offline = { ...factsOf(statusOf(['failed'])), hasNetwork: false }
  assert.deepEqual(troubleOf(offline), { kind: 'network-off' })
})

test('the DHT counts as somebody who is asked', () => {
  const failed = statusOf(['failed'])
  const searched = { kind: 'searched', nodes: 8, peers: 0 } as const
  const after = (searches: TorrentStatus['searches']) => troubleOf(factsOf({ ...failed, searches }))
  assert.equal(after([{ kind: 'searching' }]), null)
  assert.deepEqual(after([searched]), { kind: 'nobody' })
  assert.deepEqual(after([{ kind: 'nobody' }]), { kind: 'no-tracker', asked: 1 })
})

test('A23: a part that nobody has is said, also while people are connected', () => {
  const status = statusOf(['answered'], { connected: 2, known: 2 })
  const waiting = { kind: 'part-missing', connected: 2 } as const
  const parts = [
    { start: 100, end: 150 },
    { start: 700, end: 950 },
  ]
  const missing = { fileIndex: 0, parts }
  assert.deepEqual(troubleOf(factsOf({ ...status, waiting, missing })), {
    kind: 'part-missing',
    had: 0.7,
    missing: [
      { start: 0.1, end: 0.15 },
      { start: 0.7, end: 0.95 },
    ],
  })
})

test('a film that is whole on this disk has no trouble', () => {
  const status = streamStatus(factsOf(statusOf(['failed']), [{ start: 0, end: LENGTH }]))
  assert.equal(status.trouble, null)
  assert.deepEqual(status.phase, { kind: 'live' })
  assert.deepEqual(status.onDisk, [{ start: 0, end: 1 }])
})

test('what lies ahead ends at the first gap, in bytes and in seconds of film', () => {
  const have = [
    { start: 0, end: 50 },
    { start: 90, end: 340 },
    { start: 400, end: 500 },
  ]
  const { ahead, bytes } = streamStatus(factsOf(statusOf([]), have))
  assert.deepEqual(ahead, { bytes: 240, seconds: 12 })
  assert.equal(bytes.have, 400)
})

test('a disk that keeps nothing is said, full or refusing', () => {
  const said = (diskTrouble: TorrentStatus['diskTrouble']) =>
    streamStatus(factsOf({ ...statusOf(['answered']), diskTrouble })).diskTrouble
  assert.deepEqual(
    [said(null), said('full'), said('read-only'), said('io')],
    [null, 'full', 'refused', 'refused'],
  )
})
