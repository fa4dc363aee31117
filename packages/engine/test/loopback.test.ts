import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { handshakeHash, type Metainfo } from '@matinee/protocol'
import { ScriptedPeer, makeTorrent, type MadeTorrent } from '@matinee/testkit'
import type { Torrent } from '../src/index.ts'
import { openMachineEngine, temporaryFolder } from './machine.ts'

const LOOPBACK = '127.0.0.1'
const FILES = [
  { path: ['film.mp4'], content: 9 * MIB + 12_345 },
  { path: ['words.srt'], content: 30_000 },
]

/** Writes a torrent's files where a seeding engine can read them. */
async function filesOf(made: MadeTorrent, folder: string): Promise<string[]> {
  return Promise.all(
    made.contents.map(async (content, i) => {
      const path = join(folder, `${i}.film`)
      await writeFile(path, content.bytesAt({ start: 0, end: content.length }))
      return path
    }),
  )
}

async function sha256(torrent: Torrent, fileIndex: number, length: number): Promise<string> {
  const hash = createHash('sha256')
  await using reader = await torrent.openFile(fileIndex, { start: 0, end: length })
  for await (const bytes of reader) hash.update(bytes)
  return hash.digest('hex')
}

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(`two engines on real sockets stream a ${kind} film, and a third takes it from both`, async () => {
    await using folder = await temporaryFolder()
    const made = makeTorrent({ kind, files: FILES, pieceLength: 256 * KIB })
    const { metainfo } = made
    await using seeder = await openMachineEngine(join(folder.path, 'a'))
    await using viewer = await openMachineEngine(join(folder.path, 'b'))
    await using third = await openMachineEngine(join(folder.path, 'c'))
    const peersAt = (...ports: readonly (number | null)[]) =>
      ports.map((port) => {
        assert.ok(port)
        return { address: { host: LOOPBACK, port }, learnedFrom: 'own' } as const
      })
    const filesFrom = await filesOf(made, folder.path)
    seeder.engine.add({ kind: 'metainfo', metainfo }, { filesFrom })
    const peers = peersAt(seeder.engine.port)
    const viewed = viewer.engine.add({ kind: 'metainfo', metainfo }, { peers })
    await assertWhole(made, viewed)
    const { infoHashes } = metainfo
    const magnet = { infoHashes, displayName: null, trackers: [], webSeeds: [], peers: [] }
    const taken = third.engine.add(
      { kind: 'magnet', magnet: { ...magnet, files: [], exactSource: null } },
      { peers: peersAt(seeder.engine.port, viewer.engine.port) },
    )
    await assertWhole(made, taken)
    if (kind !== 'v1') assert.ok(taken.status().bytes.provedAlone > 0)
  })

async function assertWhole(made: MadeTorrent, torrent: Torrent): Promise<void> {
  for (const [index, content] of made.contents.entries()) {
    const want = createHash('sha256').update(content.bytesAt({ start: 0, end: content.length }))
    assert.equal(await sha256(torrent, index, content.length), want.digest('hex'))
  }
}

test('an engine that is closed leaves no socket open', async () => {
  await using folder = await temporaryFolder()
  const made = makeTorrent({ files: 3 * MIB })
  const seeder = await openMachineEngine(join(folder.path, 'a'))
  const viewer = await openMachineEngine(join(folder.path, 'b'))
  const { metainfo } = made
  seeder.engine.add({ kind: 'metainfo', metainfo }, { filesFrom: await filesOf(made, folder.path) })
  const { port } = seeder.engine
  assert.ok(port)
  const torrent = viewer.engine.add(
    { kind: 'metainfo', metainfo },
    { peers: [{ address: { host: LOOPBACK, port }, learnedFrom: 'own' }] },
  )
  await using reader = await torrent.openFile(0, { start: 0, end: 3 * MIB })
  const first = await reader[Symbol.asyncIterator]().next()
  assert.equal(first.done, false)
  for (const { engine, network } of [viewer, seeder]) {
    assert.ok(network.openNow().length > 0)
    await engine[Symbol.asyncDispose]()
    assert.deepEqual(network.openNow(), [])
    await network[Symbol.asyncDispose]()
  }
})

/** Whether an engine can be reached at an address of this machine. */
async function answersAt(host: string, port: number, metainfo: Metainfo): Promise<boolean> {
  await using folder = await temporaryFolder()
  await using dialing = await openMachineEngine(folder.path, { port: null })
  try {
    const peer = await ScriptedPeer.dial(dialing.network, { host, port })
    peer.greet(handshakeHash(metainfo.infoHashes, 'v2'))
    await peer.theirHandshake
    peer.destroy()
    return true
  } catch {
    // Refused, or closed before a word: nobody is there.
    return false
  }
}

test('L1: an engine listens where it is told, and nowhere else', async () => {
  await using folder = await temporaryFolder()
  const { metainfo } = makeTorrent({ files: 100 })
  await using here = await openMachineEngine(join(folder.path, 'a'))
  here.engine.add({ kind: 'metainfo', metainfo })
  assert.ok(here.engine.port)
  assert.equal(await answersAt('127.0.0.1', here.engine.port, metainfo), true)
  assert.equal(await answersAt('127.0.0.2', here.engine.port, metainfo), false)
  await using nowhere = await openMachineEngine(join(folder.path, 'b'), { port: null })
  nowhere.engine.add({ kind: 'metainfo', metainfo })
  assert.equal(nowhere.engine.port, null)
  assert.deepEqual(nowhere.network.openNow(), [])
})

test('a port that is taken is told at once', async () => {
  await using folder = await temporaryFolder()
  await using first = await openMachineEngine(join(folder.path, 'a'))
  const { port } = first.engine
  await assert.rejects(openMachineEngine(join(folder.path, 'b'), { port }), {
    name: 'NetworkError',
    code: 'address-in-use',
  })
})
