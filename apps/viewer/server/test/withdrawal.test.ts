import { filmSchema, paths, streamStatusSchema, workDetailsSchema, type WorkDetails } from '#api'
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { SILENT_LOG, toHex, type ByteSpan, type Network, type SocketAddress } from '@matinee/base'
import { encodeHeadPack, followedFeedId } from '@matinee/catalogue'
import { openEngine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { leavesOf, makeTorrent, type MadeRecord } from '@matinee/testkit'
import { join } from 'node:path'
import { feedWhen, follow, offeredIds, openMirror, refreshed } from './follower-viewer.ts'
import { mp4Bytes } from './made-files.ts'
import { listeningNetwork } from './listening-network.ts'
import { MadePublisher, freeWorks } from './made-publisher.ts'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

const FILM_BYTES = mp4Bytes(3_000_000)
const FILM = {
  length: FILM_BYTES.length,
  bytesAt: ({ start, end }: ByteSpan) => FILM_BYTES.slice(start, end),
}
const PATIENCE_MS = 30_000
/** So long nobody must be given what isn't seeded. */
const SILENCE_MS = 2500

/** A feed with one film that a web seed gives, and that nobody describes but its head pack. */
async function openPlayhouse() {
  const content = FILM
  const bytes = FILM_BYTES
  const made = makeTorrent({ files: [{ path: ['film.mp4'], content }], kind: 'hybrid' })
  const { metainfo, torrentFile } = made
  const pack = encodeHeadPack({
    torrent: torrentFile,
    leaves: [{ path: 'film.mp4', first: 0, hashes: leavesOf(bytes) }],
    points: [],
  })
  const packHash = toHex(systemHash().sha256(pack))
  const server = createServer((request, response) => {
    const [, start = '0', end = ''] = /bytes=(\d+)-(\d*)/u.exec(request.headers.range ?? '') ?? []
    const last = end === '' ? bytes.length - 1 : Number(end)
    const part = bytes.subarray(Number(start), last + 1)
    response.writeHead(206, {
      'content-range': `bytes ${start}-${last}/${bytes.length}`,
      'content-length': part.length,
    })
    response.end(part)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  const [work, ...others] = freeWorks(4)
  assert.ok(work !== undefined)
  const [file] = metainfo.files
  assert.ok(file?.piecesRoot)
  const { seasons: _seasons, endYear: _endYear, ...plain } = work
  const record: MadeRecord = {
    ...plain,
    id: 'film',
    kind: 'feature',
    releases: [
      {
        kind: 'release',
        id: 'main',
        infoHashes: { v1: metainfo.infoHashes.v1, v2: metainfo.infoHashes.v2 },
        headPack: { sha256: packHash, length: pack.length },
        trackers: [],
        webSeeds: [`http://127.0.0.1:${address.port}/`],
        videos: [
          {
            path: 'film.mp4',
            length: content.length,
            root: toHex(file.piecesRoot),
            container: 'mp4',
            durationSeconds: 100,
            width: 320,
            height: 180,
            codecs: ['avc1.640028'],
          },
        ],
        audios: [],
        subtitles: [],
      },
    ],
  }
  const publisher = new MadePublisher().put(record, ...others)
  publisher.files.set(`heads/${packHash}`, pack)
  publisher.publish()
  const mirror = await openMirror(publisher.files)
  const { network, listening } = nearNetwork()
  const viewer = await openCatalogueViewer({ network })
  await follow(viewer, mirror.url, publisher.fingerprint)
  await feedWhen(viewer, publisher, ({ state }) => state.kind === 'fresh')
  const workId = `${followedFeedId(publisher.fingerprint)}.film`
  return {
    publisher,
    viewer,
    metainfo,
    workId,
    listening,
    network,
    [Symbol.asyncDispose]: async () => {
      await viewer[Symbol.asyncDispose]()
      await mirror[Symbol.asyncDispose]()
      await network[Symbol.asyncDispose]()
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The product's egress without datagrams, reaching this computer alone; and where the engine listens. */
function nearNetwork() {
  const { datagrams } = listeningNetwork()
  const near = createNetwork({ clock: systemClock(), log: SILENT_LOG, allowLocal: true })
  const listening: SocketAddress[] = []
  const network: Network & AsyncDisposable = {
    ...near,
    datagrams,
    listener: {
      listen: async (at, onStream) => {
        const open = await near.listener.listen(at, onStream)
        listening.push(open.address)
        return open
      },
    },
    [Symbol.asyncDispose]: async () => near[Symbol.asyncDispose](),
  }
  return { network, listening }
}

async function play(viewer: CatalogueViewer, workId: string) {
  const answer = await viewer.ask(paths.playWork(workId), 'POST', {
    episodeId: null,
    releaseId: null,
  })
  return answer.status === 200 ? filmSchema.parse(await answer.json()) : answer.status
}

async function bytesOf(viewer: CatalogueViewer, mediaUrl: string, range: string): Promise<number> {
  const answer = await fetch(viewer.origin + mediaUrl, {
    headers: { range },
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  return (await answer.arrayBuffer()).byteLength
}

/** Whether somebody who asks the viewer for the film is given it. */
async function isSeeded(
  { metainfo, listening, network, viewer }: Awaited<ReturnType<typeof openPlayhouse>>,
  name: string,
  waitMs = SILENCE_MS,
): Promise<boolean> {
  const port = listening.at(-1)?.port ?? 0
  await using engine = await openEngine({
    network,
    disk: systemDisk(),
    hash: systemHash(),
    clock: systemClock(),
    random: systemRandom(),
    folder: join(viewer.folder, name),
    port: null,
  })
  const peers = [{ address: { host: '127.0.0.1', port }, learnedFrom: 'own' as const }]
  const torrent = engine.add({ kind: 'metainfo', metainfo }, { peers, dht: false })
  try {
    const signal = AbortSignal.timeout(waitMs)
    await using reader = await torrent.openFile(0, { start: 0, end: 100_000 }, signal)
    let length = 0
    for await (const bytes of reader) length += bytes.length
    return length === 100_000
  } catch {
    return false
  }
}

const detailsOf = (viewer: CatalogueViewer, workId: string): Promise<WorkDetails> =>
  viewer.get(workDetailsSchema, `${paths.work(workId)}?language=en`)

test('a film plays by its head pack and a web seed alone, before anybody described its torrent', async () => {
  await using house = await openPlayhouse()
  const { viewer, workId } = house
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-99999'), 100_000)
})

test('C14: a blocked work is gone, stops playing where it plays and is seeded no more, and comes back when it is reinstated', async () => {
  await using house = await openPlayhouse()
  const { viewer, publisher, workId } = house
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-'), FILM.length)
  assert.ok(await isSeeded(house, 'before', PATIENCE_MS), 'what was played is passed on')

  publisher.revoke('film', 1, { note: { en: 'A court in Utopia.' } }).publish()
  await refreshed(viewer, publisher)
  assert.ok(!(await offeredIds(viewer, publisher)).includes('film'))
  const status = await viewer.get(streamStatusSchema, paths.streamStatus(film.streamId))
  assert.deepEqual(status.phase, { kind: 'failed', reason: 'withdrawn' })
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-').catch(() => 0), 0)
  assert.equal(await isSeeded(house, 'after'), false)
  assert.equal(await play(viewer, workId), 404)
  const details = await detailsOf(viewer, workId)
  assert.equal(details.offered, false)
  assert.deepEqual(details.withdrawals, [
    {
      by: 'Kino',
      on: '2026-01-02',
      reason: 'A court ordered it.',
      note: 'A court in Utopia.',
      acts: true,
      copyPlays: false,
    },
  ])

  publisher.revoke('film', 2, { state: 'reinstated' }).publish()
  await refreshed(viewer, publisher)
  assert.ok((await offeredIds(viewer, publisher)).includes('film'))
  const again = await play(viewer, workId)
  assert.ok(typeof again === 'object')
  assert.equal(await bytesOf(viewer, again.mediaUrl, 'bytes=0-99999'), 100_000)
})

test('C14: of a work that may not be shared the own copy plays on, and nobody else is given it', async () => {
  await using house = await openPlayhouse()
  const { viewer, publisher, workId } = house
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-'), FILM.length)
  publisher.revoke('film', 1, { effect: 'unshared', reason: 'licence' }).publish()
  await refreshed(viewer, publisher)
  assert.ok(!(await offeredIds(viewer, publisher)).includes('film'))
  assert.equal(await isSeeded(house, 'after'), false)
  assert.equal(await bytesOf(viewer, film.mediaUrl, 'bytes=0-'), FILM.length, 'it plays on')
  await viewer.ask(paths.stream(film.streamId), 'DELETE')
  const again = await play(viewer, workId)
  assert.ok(typeof again === 'object', 'and again')
  assert.equal(await bytesOf(viewer, again.mediaUrl, 'bytes=0-'), FILM.length)
  assert.equal(await isSeeded(house, 'again'), false)
  assert.equal((await detailsOf(viewer, workId)).withdrawals[0]?.copyPlays, true)
})

test('C14: a decision of another feed informs, and acts only where the viewer lets that feed decide', async () => {
  await using house = await openPlayhouse()
  const { viewer, publisher, workId, metainfo } = house
  const guard = new MadePublisher('Guard', 'guard').put(...freeWorks(2, 9))
  guard.revoke('film', 1, { covers: [metainfo.infoHashes.v2] }).publish()
  const folder = join(viewer.folder, 'guard')
  await guard.write(folder)
  await follow(viewer, folder, guard.fingerprint)
  await feedWhen(viewer, guard, ({ state }) => state.kind === 'fresh')
  await delay(200)
  const details = await detailsOf(viewer, workId)
  assert.ok(details.offered)
  assert.equal(details.withdrawals[0]?.by, 'Guard')
  assert.equal(details.withdrawals[0]?.acts, false)
  assert.ok((await offeredIds(viewer, publisher)).includes('film'))
  const film = await play(viewer, workId)
  assert.ok(typeof film === 'object')

  const path = paths.feed(followedFeedId(guard.fingerprint))
  const decide = async (decidesSafety: boolean): Promise<void> => {
    assert.equal((await viewer.ask(path, 'PUT', { decidesSafety })).status, 200)
  }
  await decide(true)
  assert.ok(!(await offeredIds(viewer, publisher)).includes('film'))
  const { phase } = await viewer.get(streamStatusSchema, paths.streamStatus(film.streamId))
  assert.deepEqual(phase, { kind: 'failed', reason: 'withdrawn' })
  assert.equal((await detailsOf(viewer, workId)).withdrawals[0]?.acts, true)
  await decide(false)
  assert.ok((await offeredIds(viewer, publisher)).includes('film'))
})
