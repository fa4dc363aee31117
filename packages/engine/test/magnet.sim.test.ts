import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB, utf8Bytes } from '@matinee/base'
import {
  BencodeDictionary,
  decodeBencode,
  encodeBencode,
  infoHashV1,
  infoHashV2,
  type BencodeValue,
} from '@matinee/protocol'
import {
  FakeClock,
  FakeDisk,
  SEEDS,
  nodeHash,
  seedPeer,
  type MetadataManner,
  type SeedPeer,
} from '@matinee/testkit'
import { FOLDER, onStage, peersAt, type Stage } from './stage.ts'

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `a ${kind} film streams from a magnet link alone`,
    onStage({ kind, files: 700_001 }, async (stage) => {
      await stage.seed()
      const torrent = stage.addMagnet()
      assert.deepEqual(torrent.status().phase, { kind: 'finding-metadata', sources: 0 })
      await stage.assertStreams(torrent)
      assert.deepEqual(torrent.infoHashes, stage.made.metainfo.infoHashes)
    }),
  )

test(
  'a hybrid known by one of its hashes learns the other from the metadata',
  onStage({ kind: 'hybrid' }, async (stage) => {
    await stage.seed()
    const { v1, v2 } = stage.made.metainfo.infoHashes
    const byV1 = stage.addMagnet({}, stage.magnetOf({ v1, v2: null }))
    await stage.assertStreams(byV1)
    assert.deepEqual(byV1.infoHashes, { v1, v2 })
    await stage.run(stage.engine.remove(byV1))
    const byV2 = stage.addMagnet({}, stage.magnetOf({ v1: null, v2 }))
    await stage.assertStreams(byV2)
    assert.deepEqual(byV2.infoHashes, { v1, v2 })
  }),
)

test(
  'peers named in the magnet link are dialed',
  onStage({ kind: 'v2' }, async (stage) => {
    const seed = await stage.seed()
    assert.ok(seed.address)
    const { infoHashes } = stage.made.metainfo
    const magnet = stage.magnetOf(infoHashes, { peers: [seed.address] })
    await stage.assertStreams(stage.addMagnet({ peers: [] }, magnet))
    assert.equal(stage.sim.traffic.find(({ kind }) => kind === 'dial')?.learnedFrom, 'magnet')
  }),
)

test(
  'metadata is stored: the next start needs no peer for it',
  onStage({ kind: 'v1' }, async (stage) => {
    const seed = await stage.seed()
    await stage.run(stage.addMagnet().metainfo())
    await stage.restart()
    const metainfo = await stage.run(stage.addMagnet({ peers: [] }).metainfo())
    assert.deepEqual(metainfo.infoBytes, stage.made.metainfo.infoBytes)
    assert.equal(seed.connectionCount, 1)
  }),
)

for (const slowMs of [100, 1000])
  test(`metadata that a peer tells while the disk looks it up for ${slowMs} ms begins a torrent once`, async () => {
    const clock = new FakeClock()
    const disk = new FakeDisk({ timing: { clock } })
    await onStage({ kind: 'hybrid', files: MIB, clock, disk }, async (stage) => {
      await stage.seed()
      await stage.run(stage.addMagnet().metainfo())
      await stage.restart()
      assert.ok(disk.timing)
      disk.timing.latencyMs = slowMs
      const torrent = stage.addMagnet()
      await stage.assertStreams(torrent)
      assert.equal(torrent.status().phase.kind, 'live')
    })()
  })

test(
  'stored metadata that has rotted is asked for again',
  onStage({ kind: 'v2' }, async (stage) => {
    await stage.seed()
    await stage.run(stage.addMagnet().metainfo())
    await stage.restart()
    stage.disk.poke(
      `${FOLDER}/${String(stage.made.metainfo.infoHashes.v2)}/info`,
      3,
      utf8Bytes('x'),
    )
    await stage.assertStreams(stage.addMagnet())
  }),
)

test(
  'what we have of the metadata is given to others',
  onStage({ kind: 'hybrid' }, async (stage) => {
    const seed = await stage.seed()
    await stage.assertStreams(stage.addMagnet())
    await seed.close()
    const other = await stage.openEngine(stage.host(), { folder: '/other' })
    const magnet = stage.magnetOf(stage.made.metainfo.infoHashes)
    const peers = peersAt({ host: stage.us.address, port: 6881 })
    await stage.assertStreams(other.add({ kind: 'magnet', magnet }, { peers }))
  }),
)

/** Long enough for several metadata pieces. */
const MANY_FILES = Array.from({ length: 600 }, (_, i) => ({
  path: [`file number ${i}`],
  content: 1,
}))

const LIES: readonly (readonly [MetadataManner, 'banned' | 'left'])[] = [
  ['wrong-bytes', 'banned'],
  ['wrong-size', 'banned'],
  ['changing-size', 'left'],
  ['huge-size', 'left'],
  ['rejects', 'left'],
  ['silent', 'left'],
]
for (const [manner, fate] of LIES)
  test(
    `P11: beside peers whose metadata is ${manner}, the right metadata comes from an honest one`,
    onStage({ kind: 'v1', files: MANY_FILES }, async (stage) => {
      assert.ok(stage.made.metainfo.infoBytes.length > 16 * KIB)
      const liars: SeedPeer[] = []
      for (let i = 0; i < 5; i++) liars.push(await stage.seed(SEEDS.metadataLying(manner)))
      await stage.clock.advance(1)
      const torrent = stage.addMagnet()
      await stage.clock.advance(3000)
      assert.equal(torrent.status().phase.kind, 'finding-metadata')
      const honest = await stage.seed()
      assert.ok(honest.address)
      torrent.addPeers([honest.address], 'user')
      const metainfo = await stage.run(torrent.metainfo(), 30_000)
      assert.deepEqual(metainfo.infoBytes, stage.made.metainfo.infoBytes)
      assert.ok(honest.connections.size === 1)
      await stage.clock.advance(30_000)
      if (fate === 'banned') for (const liar of liars) assert.equal(liar.connectionCount, 1)
      if (fate === 'banned') for (const liar of liars) assert.equal(liar.connections.size, 0)
    }),
  )

/** The stage's info dictionary with entries of another maker, and a seed that gives it out. */
async function seedOf(stage: Stage, change: (info: Map<string, BencodeValue>) => void) {
  const info = decodeBencode(stage.made.metainfo.infoBytes)
  assert.ok(info instanceof BencodeDictionary)
  const entries = new Map<string, BencodeValue>(info.keys().map((key) => [key, info.get(key) ?? 0]))
  change(entries)
  const infoBytes = encodeBencode(BencodeDictionary.from(entries))
  const isV2 = entries.has('meta version')
  const infoHashes = {
    v1: entries.has('pieces') ? infoHashV1(nodeHash.sha1(infoBytes)) : null,
    v2: isV2 ? infoHashV2(nodeHash.sha256(infoBytes)) : null,
  }
  const host = stage.host()
  const seed = await seedPeer({
    network: host.network,
    clock: stage.clock,
    address: { host: host.address, port: 6881 },
    metainfo: Object.create(stage.made.metainfo, {
      infoBytes: { value: infoBytes },
      infoHashes: { value: infoHashes },
      layout: { value: stage.made.metainfo.layout },
    }),
    bytesAt: stage.made.bytesAt,
  })
  stage.seeds.push(seed)
  return { seed, magnet: stage.magnetOf(infoHashes) }
}

const text = utf8Bytes
const file =
  (entry: Record<string, BencodeValue>) =>
  (info: Map<string, BencodeValue>): void => {
    info.delete('length')
    info.set('files', [BencodeDictionary.from({ length: MIB, ...entry })])
  }
const HOSTILE: readonly (readonly [string, (info: Map<string, BencodeValue>) => void])[] = [
  ['a path that leaves the folder', file({ path: [text('..'), text('..'), text('etc')] })],
  ['an absolute path', file({ path: [text('/etc/passwd')] })],
  ['a way out in Windows', file({ path: [text('..\\..\\x')] })],
  ['an empty path', file({ path: [] })],
  ['a NUL in a path', file({ path: [text('film\0.mp4')] })],
  ['a symbolic link', file({ path: [text('x')], attr: text('l'), 'symlink path': [text('etc')] })],
  ['pieces of no length', (info) => info.set('piece length', 0)],
]
for (const [what, change] of HOSTILE)
  test(
    `P12: metadata from a peer with ${what} is refused, and its sender banned`,
    onStage({ kind: 'v1' }, async (stage) => {
      const { seed, magnet } = await seedOf(stage, change)
      const torrent = stage.addMagnet({ peers: stage.peers }, magnet)
      await stage.clock.advance(40_000)
      assert.equal(torrent.status().phase.kind, 'finding-metadata')
      assert.equal(seed.metadataRequests, 1)
      assert.deepEqual([seed.connections.size, seed.connectionCount], [0, 1])
      assert.deepEqual(stage.disk.paths, [])
      for (const { path } of stage.disk.calls) assert.match(path, OWN_PATHS)
    }),
  )

/** The engine's folder, the torrent's, and names of our own. */
const OWN_PATHS =
  /^\/engine(?:\/[0-9a-f]{40}(?:\/(?:\d+|(?:info|peers)(?:\.new)?|resume\.[ab](?:\.new)?))?)?$/u
