import assert from 'node:assert/strict'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import {
  TIMESTAMP_FILE,
  parseSha256,
  pointerOf,
  pointerSalt,
  readHeadPack,
  readPointer,
} from '@matinee/catalogue'
import { systemSignatures } from '@matinee/catalogue/node'
import { openEngine, type Engine, type TorrentSource } from '@matinee/engine'
import {
  systemClock,
  systemDisk,
  systemHash,
  systemRandom,
  verifyEd25519,
} from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { parseMetainfo } from '@matinee/protocol'
import { filmToAdd } from '@matinee/testkit'
import { begin, inTemporaryFolder, plainly, release } from './publisher/publisher-stage.ts'
import { openLocalSeed } from './local-seed.ts'

/** An engine on loopback whose DHT begins at these nodes. */
async function openViewer(
  folder: string,
  entrances: readonly string[],
  network: ReturnType<typeof createNetwork>,
): Promise<Engine> {
  return await openEngine({
    network,
    disk: systemDisk(),
    hash: systemHash(),
    clock: systemClock(),
    random: systemRandom(),
    folder,
    host: '127.0.0.1',
    dht: { bootstrap: entrances, verify: verifyEd25519 },
  })
}

test('a film goes from a file to a stranger by init, add, sign, publish and seed, with the DHT as the only way', async () => {
  await inTemporaryFolder(async (root) => {
    const path = join(root, 'publisher')
    const fingerprint = parseSha256(await begin(path))
    assert.ok(fingerprint !== null)
    const film = await filmToAdd('The Way', { folder: root, name: 'film.mp4', durationSeconds: 4 })
    await plainly(['add', ...film.args, '--feed', path])
    await release(path)

    const clock = systemClock()
    await using network = createNetwork({ clock, allowLocal: true })
    // Somebody whom everybody knows; the DHT is these three.
    await using entrance = await openViewer(join(root, 'entrance'), [], network)
    entrance.useDht()
    const entrances = [`127.0.0.1:${entrance.port}`]
    await using seed = await openLocalSeed(path, entrances)
    assert.equal(seed.statuses().length, 2)
    await using viewer = await openViewer(join(root, 'viewer'), entrances, network)
    const signal = AbortSignal.timeout(60_000)

    const own = readPointer(
      new Uint8Array(await readFile(join(path, 'feed', 'pointer'))),
      systemSignatures(),
    )
    assert.ok(own !== null)
    const { publicKey } = own.item
    const name = { kind: 'mutable', publicKey, salt: pointerSalt(fingerprint) } as const
    let item = await viewer.useDht()?.get(name, signal)
    // The seed puts it when it has found its way into the DHT.
    while (item?.kind !== 'mutable') {
      signal.throwIfAborted()
      item = await viewer.useDht()?.get(name, signal)
    }
    const pointer = pointerOf(item, systemSignatures())
    assert.equal(pointer?.infoHash, own.infoHash)

    const copy = join(root, 'copy')
    const magnet = {
      infoHashes: { v1: null, v2: own.infoHash },
      displayName: null,
      trackers: [],
      webSeeds: [],
      peers: [],
      files: [],
      exactSource: null,
    }
    await download(viewer, { kind: 'magnet', magnet }, copy, signal)
    await write(copy, TIMESTAMP_FILE, own.timestamp)
    const { out } = await plainly(['verify', copy, '--json'])
    const { fingerprint: seen, works, missing } = JSON.parse(out) as Record<string, unknown>
    assert.deepEqual([seen, works, missing], [fingerprint, 1, []])

    // From here on the copy alone says where the film is.
    const [pack = ''] = await readdir(join(copy, 'heads'))
    const head = readHeadPack(new Uint8Array(await readFile(join(copy, 'heads', pack))))
    assert.ok(head !== null)
    const metainfo = parseMetainfo(head.torrent, systemHash())
    const into = join(root, 'film')
    await download(viewer, { kind: 'metainfo', metainfo }, into, signal)
    assert.deepEqual(await readFile(join(into, 'the-way.mp4')), await readFile(film.path))
    assert.match(await readFile(join(into, 'LICENSE'), 'utf8'), /CC0-1\.0/u)
  })
})

/** Takes every file of a torrent into a folder. */
async function download(
  engine: Engine,
  source: TorrentSource,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const torrent = engine.add(source)
  const { files } = await torrent.metainfo(signal)
  for (const { index, path, length } of files) {
    const chunks: Uint8Array[] = []
    await using reader = await torrent.openFile(index, { start: 0, end: length }, signal)
    for await (const chunk of reader) chunks.push(chunk)
    await write(folder, path.join('/'), Buffer.concat(chunks))
  }
}

async function write(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), bytes)
}
