import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEngine } from '@matinee/engine'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { parseMagnet } from '@matinee/protocol'
import { readBundledFeed, type WorkRecord } from '@matinee/catalogue'
import { openMadeCinema, type MadeCinema } from './made-cinema.ts'

const signal = AbortSignal.timeout(120_000)

async function recordOf(cinema: MadeCinema, id: string): Promise<WorkRecord> {
  const names = await readdir(cinema.feedFolder, { recursive: true })
  const files = names
    .filter((name) => name.endsWith('.json'))
    .map(async (name): Promise<[string, Uint8Array]> => [
      name.replaceAll('\\', '/'),
      new Uint8Array(await readFile(join(cinema.feedFolder, name))),
    ])
  const read = readBundledFeed(new Map(await Promise.all(files)), systemHash())
  assert.ok(read.kind === 'feed', JSON.stringify(read))
  const work = read.feed.offered.find(({ record }) => record.id === id)
  assert.ok(work !== undefined)
  return work.record
}

/** Fetches one file as a viewer would that knows nothing but the record; returns its bytes. */
async function fetchFile(record: WorkRecord, path: string, folder: string): Promise<Buffer> {
  const [release] = record.releases
  assert.ok(release?.kind === 'release')
  const { v1 = '', v2 } = release.infoHashes
  const named = release.trackers.map((url) => `&tr=${encodeURIComponent(url)}`).join('')
  const magnet = parseMagnet(`magnet:?xt=urn:btih:${v1}&xt=urn:btmh:1220${v2}${named}`)
  const clock = systemClock()
  await using network = createNetwork({ clock, allowLocal: true })
  await using engine = await openEngine({
    network,
    disk: systemDisk(),
    hash: systemHash(),
    clock,
    random: systemRandom(),
    folder,
    host: '127.0.0.1',
  })
  const torrent = engine.add({ kind: 'magnet', magnet })
  const { files } = await torrent.metainfo(signal)
  const file = files.find((each) => each.path.join('/') === path)
  assert.ok(file !== undefined, path)
  const chunks: Uint8Array[] = []
  await using reader = await torrent.openFile(file.index, { start: 0, end: file.length }, signal)
  for await (const chunk of reader) chunks.push(chunk)
  return Buffer.concat(chunks)
}

test('a film of the made-up feed arrives by what its record says, also after its seed was gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-test-'))
  try {
    await using cinema = await openMadeCinema({ folder, signal })
    assert.deepEqual([...cinema.torrents.keys()].toSorted(), [
      'night-ferry',
      'paper-lighthouse',
      'the-salt-clock',
      'two-tickets-for-the-storm',
    ])
    const film = await recordOf(cinema, 'the-salt-clock')
    const [video] = film.releases[0]?.videos ?? []
    assert.ok(video !== undefined)
    assert.equal(film.chapters.length, 3)
    assert.equal(cinema.served(), 0)
    const bytes = await fetchFile(film, video.path, join(folder, 'first'))
    const from = cinema.torrents.get('the-salt-clock')?.filesFrom ?? []
    const source = from.find((path) => path.endsWith(video.path)) ?? ''
    assert.ok(bytes.equals(await readFile(source)))
    const served = cinema.served()
    assert.ok(served >= bytes.length, String(served))

    await cinema.stop()
    await cinema.start()
    const series = await recordOf(cinema, 'night-ferry')
    assert.equal(series.seasons[0]?.episodes.length, 3)
    const subtitles = series.releases[0]?.subtitles.find(
      ({ language, episode }) => language === 'fr' && episode === 's1e2',
    )
    assert.ok(subtitles !== undefined)
    const text = String(await fetchFile(series, subtitles.path, join(folder, 'second')))
    assert.match(text, /^WEBVTT\n/u)
    assert.ok(text.includes('Le Bac de nuit'))
    assert.ok(cinema.served() > served)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
