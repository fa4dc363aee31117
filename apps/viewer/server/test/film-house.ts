import { filmSchema, paths } from '#api'
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { SILENT_LOG, toHex, type ByteSpan, type Network, type SocketAddress } from '@matinee/base'
import { encodeHeadPack, followedFeedId } from '@matinee/catalogue'
import { openEngine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { leavesOf, makeTorrent, type MadeRecord } from '@matinee/testkit'
import { join } from 'node:path'
import { feedWhen, follow, openMirror } from './follower-viewer.ts'
import { mp4Bytes } from './made-files.ts'
import { listeningNetwork } from './listening-network.ts'
import { MadePublisher, freeWorks } from './made-publisher.ts'
import { openCatalogueViewer, type CatalogueViewer } from './open-catalogue-viewer.ts'

const FILM_BYTES = mp4Bytes(3_000_000)
/** The film that there is. */
export const FILM = {
  length: FILM_BYTES.length,
  bytesAt: ({ start, end }: ByteSpan) => FILM_BYTES.slice(start, end),
}
/** Nothing here takes longer. */
export const PATIENCE_MS = 30_000
/** So long nobody must be given what isn't seeded. */
const SILENCE_MS = 2500

/** A feed with one film that a web seed gives, and that nobody describes but its head pack. */
export async function openFilmHouse() {
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
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.headers.range ?? '')
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
  const leave = async (): Promise<void> => {
    await mirror[Symbol.asyncDispose]()
    server.close()
    server.closeAllConnections()
  }
  return {
    publisher,
    viewer,
    /** Ranges that the web seed was asked for. */
    asked,
    /** Mirror and web seed go, and nobody else has anything. */
    leave,
    metainfo,
    workId,
    listening,
    network,
    [Symbol.asyncDispose]: async () => {
      await viewer[Symbol.asyncDispose]()
      await leave()
      await network[Symbol.asyncDispose]()
    },
  }
}

/** What {@link openFilmHouse} opens. */
export type FilmHouse = Awaited<ReturnType<typeof openFilmHouse>>

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

/** Opens the film as a player would; the answer's status when there is none. */
export async function play(viewer: CatalogueViewer, workId: string) {
  const answer = await viewer.ask(paths.playWork(workId), 'POST', {
    episodeId: null,
    releaseId: null,
  })
  return answer.status === 200 ? filmSchema.parse(await answer.json()) : answer.status
}

/** How many bytes a request for a range of the film gets. */
export async function bytesOf(
  viewer: CatalogueViewer,
  mediaUrl: string,
  range: string,
): Promise<number> {
  const answer = await fetch(viewer.origin + mediaUrl, {
    headers: { range },
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  return (await answer.arrayBuffer()).byteLength
}

/** What of a range of the film is here, by the look that fetches nothing. */
export function hereOf(
  viewer: CatalogueViewer,
  mediaUrl: string,
  range: string,
): Promise<Response> {
  return fetch(`${viewer.origin}${mediaUrl}?here`, { headers: { range } })
}

/** Whether somebody who asks the viewer for the film is given it. */
export async function isSeeded(
  { metainfo, listening, network, viewer }: FilmHouse,
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
