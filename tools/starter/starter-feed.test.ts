import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { canonicalRecord, readBundledFeed } from '@matinee/catalogue'
import { parseMetainfo } from '@matinee/protocol'
import { nodeHash } from '@matinee/testkit'
import { readStarterFacts } from './starter-facts.ts'
import { starterFeed } from './starter-feed.ts'

const FOLDER = new URL('../../feeds/starter/', import.meta.url)

async function readFolder(): Promise<Map<string, Uint8Array>> {
  const entries = await readdir(FOLDER, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.replaceAll('\\', '/')}/${entry.name}`)
    .map((name) => name.slice(name.lastIndexOf('feeds/starter/') + 'feeds/starter/'.length))
    .map((name) => name.replace(/^\//u, ''))
  const files = names.map(async (name): Promise<[string, Uint8Array]> => [
    name,
    new Uint8Array(await readFile(new URL(name, FOLDER))),
  ])
  return new Map(await Promise.all(files))
}

test('the starter feed is what its facts give, to the byte', async () => {
  const there = await readFolder()
  for (const name of ['README.md', '.gitattributes']) there.delete(name)
  const { facts, pictures } = await readStarterFacts()
  const made = starterFeed(facts, pictures)
  assert.deepEqual([...there.keys()].toSorted(), [...made.keys()].toSorted())
  for (const [name, bytes] of made) assert.deepEqual(there.get(name), bytes, name)
})

test('the starter feed offers the test reel and three films, and every field of every record has a source', async () => {
  const read = readBundledFeed(await readFolder(), nodeHash)
  assert.equal(read.kind, 'feed', JSON.stringify(read))
  if (read.kind !== 'feed') return
  const { offered, candidates, manifest } = read.feed
  assert.deepEqual(
    offered.map(({ record }) => [record.title.text, record.releases[0]?.infoHashes.v1]),
    [
      ['The Matinee Test Reel', '635c5f594cfa1f9cd9f436d29838cd09d44424c4'],
      ['Big Buck Bunny', 'dd8255ecdc7ca55fb0bbf81323d87062db1f6d1c'],
      ['Sintel', '08ada5a7a6183aae1e09d831df6748d566095a10'],
      ['Tears of Steel', '209c8226b299b308beaf2b9cd3fb49212dbd13ec'],
    ],
  )
  assert.equal(candidates.length, 5)
  assert.ok(manifest.records.every(({ sourcesSha256 }) => sourcesSha256 !== undefined))
  for (const { record } of [...offered, ...candidates])
    for (const language of ['en', 'fr'])
      assert.ok(
        Object.entries(record.translations).some(
          ([tag, { synopsis }]) => tag === language && synopsis !== undefined,
        ),
        `${record.id} in ${language}`,
      )
})

test('nothing in the starter feed is free in one country only', async () => {
  const read = readBundledFeed(await readFolder(), nodeHash)
  assert.ok(read.kind === 'feed')
  for (const { record } of [...read.feed.offered, ...read.feed.candidates]) {
    const places = record.rights
      .filter(({ component, verified }) => component === 'film' && verified)
      .flatMap(({ territories }) => territories.map(String))
    assert.ok(places.includes('worldwide') || (places.includes('EU') && places.includes('US')))
  }
})

test('the records of the starter feed are small', async () => {
  const read = readBundledFeed(await readFolder(), nodeHash)
  assert.ok(read.kind === 'feed')
  const sizes = read.feed.offered.map(({ record }) => canonicalRecord(record).length)
  assert.ok(Math.max(...sizes) < 4096, sizes.join(', '))
})

test('a fact that is no field of a record stops the making', async () => {
  const { facts, pictures } = await readStarterFacts()
  const [work] = facts.works
  assert.ok(work !== undefined)
  const wrong = { at: '/mood', value: 'fine', from: ['own'] }
  const broken = { ...facts, works: [{ ...work, facts: [...work.facts, wrong] }] }
  assert.throws(() => starterFeed(broken, pictures), {
    name: 'CatalogueError',
    code: 'unknown-field',
  })
})

test('the record of the test reel is about the files of feeds/reel', async () => {
  const read = readBundledFeed(await readFolder(), nodeHash)
  assert.ok(read.kind === 'feed')
  const record = read.feed.offered.find(({ record: { id } }) => id === 'test-reel')?.record
  const release = record?.releases[0]
  assert.ok(record !== undefined && release?.kind === 'release')
  const metainfo = parseMetainfo(await readReel('reel.torrent'), nodeHash)
  assert.deepEqual({ ...release.infoHashes }, { ...metainfo.infoHashes })
  for (const { path, length, root } of [...release.videos, ...release.subtitles]) {
    const file = metainfo.files.find((each) => each.path.join('/') === path)
    assert.deepEqual([file?.length, file?.piecesRoot?.toHex()], [length, root], path)
  }
  const [entry] = record.rights
  assert.equal(entry?.evidence[0]?.sha256, nodeHash.sha256(await readReel('LICENSE')).toHex())
  assert.deepEqual(entry?.covers, [release.infoHashes.v2])
  const poster = nodeHash.sha256(await readReel('poster.png')).toHex()
  assert.deepEqual(
    record.images.map(({ sha256 }) => String(sha256)),
    [poster],
  )
  const film = Buffer.from(await readReel('reel.mp4'))
  const { index } = release.videos[0] ?? {}
  assert.equal(film.toString('latin1', (index?.start ?? 0) + 4, (index?.start ?? 0) + 8), 'moov')
  assert.equal(film.readUInt32BE(index?.start), (index?.end ?? 0) - (index?.start ?? 0))
})

async function readReel(name: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(`../../feeds/reel/${name}`, import.meta.url)))
}
