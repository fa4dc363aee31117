import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import { parseRecord, type JsonObject } from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import { licenceOf } from '@matinee/rights'
import { parseMetainfo } from '@matinee/protocol'
import { makeFilm } from '@matinee/testkit'
import { PublisherFolder } from '../../apps/matinee/src/publisher/publisher-folder.ts'
import { buildRelease } from '../../apps/matinee/src/release/build-release.ts'
import type { ReleaseOrder } from '../../apps/matinee/src/release/release-order.ts'
import { PublisherSeed } from '../../apps/matinee/src/seed/publisher-seed.ts'
import {
  freePort,
  isWhole,
  startAria2,
  startTransmission,
  untilTrue,
  type StartClient,
} from './clients.ts'

/** Who is named in the torrents. */
type Ways = Pick<ReleaseOrder, 'trackers' | 'webSeeds'>

/** A publisher's folder with one release. */
async function publisherIn(root: string, ways: Ways): Promise<PublisherFolder> {
  const folder = await PublisherFolder.create(path.join(root, 'publisher'), utf8Bytes('{}'))
  const film = await makeFilm({ folder: root, name: 'film.mp4', durationSeconds: 6 })
  const licence = licenceOf('CC0-1.0')
  assert.ok(licence !== null)
  const { release } = await buildRelease(
    {
      folder: path.join(folder.path, 'releases', 'one', 'main'),
      workId: 'one',
      releaseId: 'main',
      title: 'One',
      year: null,
      films: [{ path: film, languages: ['zxx'] }],
      subtitles: [],
      audios: [],
      pictures: [],
      chapters: [],
      credit: {
        title: 'One',
        authors: ['Nobody'],
        year: null,
        sourceUrl: null,
        requestedForm: null,
        copyrightNotice: null,
        modifications: null,
        creditsMustPlay: false,
      },
      terms: { kind: 'licence', licence },
      licenceText: null,
      ...ways,
      ffmpeg: null,
    },
    () => {},
    new AbortController().signal,
  )
  const parsed = parseRecord(utf8Bytes(JSON.stringify(recordOf(release))))
  assert.ok(parsed.kind === 'record')
  await folder.putWork({ id: parsed.record.id, record: parsed.record, images: new Map() })
  return folder
}

function recordOf(release: JsonObject): JsonObject {
  const entry = {
    component: 'film',
    territories: ['worldwide'],
    basis: { kind: 'licence', licence: 'CC0-1.0' },
    evidence: [{ kind: 'page', speaker: 'rightholder', url: null, on: '2026-11-21', sha256: null }],
    checks: [{ by: 'lamplighter', on: '2026-11-21' }],
    verified: true,
  }
  const head = { type: 'matinee-record', version: 1, id: 'one', kind: 'short' }
  return { ...head, title: { text: 'One' }, releases: [release], rights: [entry] }
}

/** Downloads the v1 twin with somebody else's client, and compares each file. */
async function exchange(
  start: StartClient,
  ways: (ports: { readonly http: number; readonly tracker: number }) => Ways,
): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'matinee-interop-'))
  try {
    const [http, tracker] = [await freePort(), await freePort()]
    const folder = await publisherIn(root, ways({ http, tracker }))
    await using seed = await PublisherSeed.open({
      folder,
      host: '127.0.0.1',
      ports: { bittorrent: 0, http, tracker },
      dhtEntrances: null,
      allowLocal: true,
      uploadBytesPerSecond: null,
    })
    assert.equal(seed.statuses().length, 2)
    const release = path.join(folder.path, 'releases', 'one', 'main')
    const torrent = path.join(release, 'v1.torrent')
    const { files, name } = parseMetainfo(new Uint8Array(await readFile(torrent)), systemHash())
    const into = path.join(root, 'into')
    const scratch = path.join(root, 'scratch')
    await using client = await start({ torrent, folder: into, seeds: false, scratch })
    assert.ok(client.port > 0)
    for (const file of files) {
      const place = path.join(into, name, ...file.path)
      await untilTrue(() => isWhole(place, file.length))
      const own = await readFile(path.join(release, 'files', ...file.path))
      await untilTrue(async () => (await readFile(place)).equals(own))
    }
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 5 })
  }
}

test('aria2 gets the v1 twin of a release over the tracker of who seeds it', () =>
  exchange(startAria2, ({ tracker }) => ({
    trackers: [`http://127.0.0.1:${tracker}/announce`],
    webSeeds: [],
  })))

// It takes no peer on loopback from a tracker.
test('transmission gets the v1 twin of a release from the web seed, pad files as any other', () =>
  exchange(startTransmission, ({ http }) => ({
    trackers: [],
    webSeeds: [`http://127.0.0.1:${http}/releases/one/main/`],
  })))
