import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import { parseRecord } from '@matinee/catalogue'
import { openEngine, type AddOptions } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { parseMetainfo, type Metainfo } from '@matinee/protocol'
import { PublisherFolder } from '../src/publisher/publisher-folder.ts'
import { buildRelease } from '../src/release/build-release.ts'
import { findFfmpeg } from '../src/release/ffmpeg.ts'
import type { BuiltRelease } from '../src/release/release-order.ts'
import { PublisherSeed, type SeedOptions } from '../src/seed/publisher-seed.ts'
import { madeOrder } from './made-order.ts'
import { startOwn } from './program-run.ts'

const ROOT_FILE = 'metadata/1.root.json'
let root: string
let folder: PublisherFolder
let releaseFolder: string
let files: string
let built: BuiltRelease

before(async () => {
  root = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  folder = await PublisherFolder.create(join(root, 'publisher'), utf8Bytes('{}'))
  releaseFolder = join(folder.path, 'releases', 'the-gasworks', 'main')
  files = join(releaseFolder, 'files')
  const order = await madeOrder(root, await findFfmpeg())
  const { signal } = new AbortController()
  built = await buildRelease({ ...order, folder: releaseFolder, trackers: [] }, () => {}, signal)
  await putWork(true)
  const feed = folder.feedFolder
  for (const name of ['metadata', 'targets/packs/targets', 'images', 'heads'])
    await mkdir(join(feed, name), { recursive: true })
  await writeFile(join(feed, ROOT_FILE), '{"root":1}')
  await writeFile(join(feed, 'metadata/timestamp.json'), '{"timestamp":1}')
  await writeFile(join(feed, 'targets/packs/targets', `${'a'.repeat(64)}.shard-0.gz`), 'shard')
  await writeFile(join(feed, 'pointer'), 'pointer')
  await mkdir(folder.keysFolder)
  await writeFile(join(folder.keysFolder, 'all.key.json'), 'a secret')
})

after(async () => {
  await rm(root, { recursive: true, force: true })
})

function openSeed(onLook?: SeedOptions['onLook']): Promise<PublisherSeed> {
  return PublisherSeed.open({
    folder,
    host: '127.0.0.1',
    ports: { bittorrent: 0, http: 0, tracker: 0 },
    dhtEntrances: null,
    allowLocal: true,
    uploadBytesPerSecond: null,
    ...(onLook === undefined ? {} : { onLook }),
  })
}

/** Downloads a whole torrent and compares each file with the release's. */
async function download(metainfo: Metainfo, options: AddOptions): Promise<void> {
  const into = await mkdtemp(join(root, 'viewer-'))
  const clock = systemClock()
  await using network = createNetwork({ clock, allowLocal: true })
  await using engine = await openEngine({
    network,
    disk: systemDisk(),
    hash: systemHash(),
    clock,
    random: systemRandom(),
    folder: into,
    host: '127.0.0.1',
  })
  const torrent = engine.add({ kind: 'metainfo', metainfo }, { ...options, trackersFrom: 'own' })
  const signal = AbortSignal.timeout(20_000)
  for (const file of metainfo.files) {
    const chunks: Uint8Array[] = []
    await using reader = await torrent.openFile(file.index, { start: 0, end: file.length }, signal)
    for await (const chunk of reader) chunks.push(chunk)
    assert.deepEqual(Buffer.concat(chunks), await readFile(join(files, ...file.path)))
  }
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const answer = await fetch(url)
  assert.equal(answer.status, 200, url)
  return new Uint8Array(await answer.arrayBuffer())
}

test('the command says where it is, gives hybrid and v1 twin out over both trackers, and stops cleanly', async () => {
  const args = ['seed', folder.path, '--host', '127.0.0.1', '--allow-local', '--json']
  const ports = ['--port', '0', '--http-port', '0', '--tracker-port', '0']
  const { child, next, said } = startOwn('main.ts', [...args, ...ports])
  try {
    const { releases } = await next('look')
    assert.deepEqual(releases, ['the-gasworks/main'])
    const { http, tracker, udpTracker } = await next('ready')
    for (const [name, url] of [
      ['hybrid.torrent', tracker],
      ['v1.torrent', udpTracker],
    ] as const) {
      const address = `${String(http)}/releases/the-gasworks/main/${name}`
      const metainfo = parseMetainfo(await fetchBytes(address), systemHash())
      await download(metainfo, { trackers: [String(url)] })
    }
    const { uploaded } = await next('status')
    assert.ok(Number(uploaded) >= 0)
  } finally {
    child.kill('SIGINT')
  }
  const [code] = await once(child, 'exit')
  assert.equal(code, 0, said())
})

test('both torrents arrive from the web seed alone', async () => {
  await using seed = await openSeed()
  const base = `${seed.addresses.http}/releases/the-gasworks/main`
  for (const name of ['hybrid.torrent', 'v1.torrent']) {
    const metainfo = parseMetainfo(await fetchBytes(`${base}/${name}`), systemHash())
    await download(metainfo, { webSeeds: [{ url: `${base}/`, learnedFrom: 'own' }] })
  }
})

test('a part of a file is sent as RFC 9110 has it', async () => {
  await using seed = await openSeed()
  const url = `${seed.addresses.http}/releases/the-gasworks/main/The%20Gasworks%20(1931)/the-gasworks.mp4`
  const film = await readFile(join(files, 'the-gasworks.mp4'))
  const part = await fetch(url, { headers: { range: 'bytes=100-299' } })
  assert.equal(part.status, 206)
  assert.equal(part.headers.get('content-range'), `bytes 100-299/${film.length}`)
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), film.subarray(100, 300))
  const tail = await fetch(url, { headers: { range: 'bytes=-5' } })
  assert.deepEqual(Buffer.from(await tail.arrayBuffer()), film.subarray(-5))
  const beyond = await fetch(url, { headers: { range: `bytes=${film.length}-` } })
  assert.equal(beyond.status, 416)
  const zeros = await fetchBytes(`${new URL('.', url).href}.pad/700`)
  assert.deepEqual(zeros, new Uint8Array(700))
  assert.equal((await fetch(`${new URL('.', url).href}.pad/99999999`)).status, 404)
  const head = await fetch(url, { method: 'HEAD' })
  assert.equal(head.headers.get('content-length'), String(film.length))
  assert.equal((await fetch(url, { method: 'POST', body: 'x' })).status, 405)
})

test('the feed is mirrored as it lies there now; only what has its hash in its name is kept by others', async () => {
  await using seed = await openSeed()
  const { http } = seed.addresses
  for (const path of [ROOT_FILE, 'pointer', `targets/packs/targets/${'a'.repeat(64)}.shard-0.gz`])
    assert.deepEqual(
      Buffer.from(await fetchBytes(`${http}/${path}`)),
      await readFile(join(folder.feedFolder, path)),
    )
  const root1 = await fetch(`${http}/${ROOT_FILE}`)
  assert.match(root1.headers.get('cache-control') ?? '', /immutable/u)
  await root1.arrayBuffer()
  await writeFile(join(folder.feedFolder, 'metadata/timestamp.json'), '{"timestamp":2}')
  const timestamp = await fetch(`${http}/metadata/timestamp.json`)
  assert.equal(await timestamp.text(), '{"timestamp":2}')
  assert.equal(timestamp.headers.get('cache-control'), 'no-cache')
  assert.equal((await fetch(`${http}/metadata/2.root.json`)).status, 404)
})

test('U11: nothing of a publisher’s folder but feed and releases has an address', async () => {
  await using seed = await openSeed()
  const { http } = seed.addresses
  await symlink(join(folder.keysFolder, 'all.key.json'), join(folder.feedFolder, 'heads', 'link'))
  await writeFile(join(files, '..', 'draft'), 'a draft')
  await writeFile(join(files, 'stray'), 'no part of the torrent')
  const name = 'The%20Gasworks%20(1931)'
  for (const path of [
    '',
    'publisher.json',
    'keys/all.key.json',
    'feed/metadata/1.root.json',
    'metadata',
    'metadata/',
    'metadata/../../keys/all.key.json',
    'metadata/%2e%2e/%2e%2e/keys/all.key.json',
    'metadata/..%2f..%2fkeys%2fall.key.json',
    'metadata%2f..%2f..%2fkeys%2fall.key.json',
    'heads/link',
    'releases/the-gasworks/main/head-pack',
    'releases/the-gasworks/main/draft',
    'releases/the-gasworks/main/files/the-gasworks.mp4',
    `releases/the-gasworks/main/${name}/stray`,
    `releases/the-gasworks/main/${name}/..%2f..%2f..%2f..%2fkeys%2fall.key.json`,
    `releases/the-gasworks/main/${name}/%2e%2e/%2e%2e/%2e%2e/%2e%2e/keys/all.key.json`,
    `releases/../keys/all.key.json`,
  ])
    assert.equal(await rawStatus(`${http}/`, path), 404, path)
})

test('U11: a work that is withdrawn for a legal reason is given out no more, and again when it is taken back', async () => {
  await using seed = await openSeed()
  const { http, tracker } = seed.addresses
  const url = `${http}/releases/the-gasworks/main/hybrid.torrent`
  const metainfo = parseMetainfo(await fetchBytes(url), systemHash())
  for (const effect of ['blocked', 'unshared'] as const) {
    await decide('revoked', effect)
    await seed.look()
    assert.deepEqual(seed.statuses(), [])
    assert.equal((await fetch(url)).status, 404)
    assert.match(await announced(tracker, metainfo), /not for that torrent/u)
  }
  for (const [state, effect] of [
    ['reinstated', 'blocked'],
    ['revoked', 'delisted'],
  ] as const) {
    await decide(state, effect)
    await seed.look()
    assert.equal(seed.statuses().length, 2)
    await fetchBytes(url)
    assert.match(await announced(tracker, metainfo), /5:peers/u)
  }
})

test('U11: what nobody confirmed is given out by none of our servers', async () => {
  await putWork(false)
  const unconfirmed: string[] = []
  await using seed = await openSeed((found) => unconfirmed.push(...found.unconfirmed))
  const { http } = seed.addresses
  assert.deepEqual([seed.statuses(), unconfirmed], [[], ['the-gasworks/main']])
  assert.equal((await fetch(`${http}/releases/the-gasworks/main/hybrid.torrent`)).status, 404)
  await putWork(true, 'ab'.repeat(32))
  await seed.look()
  assert.deepEqual(seed.statuses(), [])
  await putWork(true)
  await seed.look()
  assert.equal(seed.statuses().length, 2)
})

test('a release that is added meanwhile is given out, and one that is half there is named instead', async () => {
  const away = join(root, 'away')
  const faults: string[] = []
  await rename(releaseFolder, away)
  await using seed = await openSeed((found) => faults.push(...found.faults))
  assert.deepEqual(seed.statuses(), [])
  await mkdir(releaseFolder, { recursive: true })
  await cp(join(away, 'hybrid.torrent'), join(releaseFolder, 'hybrid.torrent'))
  await seed.look()
  assert.deepEqual(seed.statuses(), [])
  assert.match(faults.join(), /^the-gasworks\/main: .*v1\.torrent/u)
  await rm(releaseFolder, { recursive: true })
  await rename(away, releaseFolder)
  await seed.look()
  const kinds = seed.statuses().map(({ work, release, kind }) => [work, release, kind])
  assert.deepEqual(kinds, [
    ['the-gasworks', 'main', 'hybrid'],
    ['the-gasworks', 'main', 'v1'],
  ])
})

/** Puts the record there. `covers` is what its verified entry is about, by default the release's own bytes. */
async function putWork(verified: boolean, covers?: string): Promise<void> {
  const { v2 = '' } = built.release['infoHashes'] as Readonly<Record<string, string>>
  const entry = {
    component: 'film',
    territories: ['worldwide'],
    basis: { kind: 'licence', licence: 'CC-BY-4.0' },
    covers: [covers ?? v2],
    evidence: [{ kind: 'page', speaker: 'rightholder', url: null, on: '2026-11-21', sha256: null }],
    checks: [{ by: 'lamplighter', on: '2026-11-21' }],
    verified,
  }
  const fields = {
    type: 'matinee-record',
    version: 1,
    id: 'the-gasworks',
    kind: 'short',
    title: { text: 'The Gasworks' },
    releases: [built.release],
    rights: [entry],
  }
  const parsed = parseRecord(utf8Bytes(JSON.stringify(fields)))
  assert.ok(parsed.kind === 'record')
  await folder.putWork({ id: parsed.record.id, record: parsed.record, images: new Map() })
}

async function decide(state: string, effect: string): Promise<void> {
  const entry = {
    work: 'the-gasworks',
    serial: 1,
    state,
    effect,
    reason: 'court',
    on: '2026-11-21',
  }
  const json = { type: 'matinee-revocations', version: 1, entries: [entry] }
  await folder.write('revocations.json', utf8Bytes(JSON.stringify(json)))
}

async function announced(tracker: string, { infoHashes }: Metainfo): Promise<string> {
  const hash = (infoHashes.v1 ?? '').replaceAll(/../gu, '%$&')
  const query = `info_hash=${hash}&peer_id=${'a'.repeat(20)}&port=6881&uploaded=0&downloaded=0&left=1&compact=1`
  return await (await fetch(`${tracker}?${query}`)).text()
}

/** The status of a target as it is written: `fetch` would tidy it first. */
async function rawStatus(base: string, path: string): Promise<number> {
  const { hostname, port } = new URL(base)
  const clock = systemClock()
  await using network = createNetwork({ clock, allowLocal: true })
  const stream = await network.dialer.dial(
    { host: hostname, port: Number(port) },
    { learnedFrom: 'own' },
  )
  const ended = Promise.withResolvers<void>()
  let text = ''
  stream.start({
    onBytes: (bytes) => (text += Buffer.from(bytes).toString('latin1')),
    onDrain: () => {},
    onEnd: () => ended.resolve(),
    onFailure: () => ended.resolve(),
  })
  stream.write([utf8Bytes(`GET /${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)])
  await ended.promise
  return Number(text.split(' ')[1])
}
