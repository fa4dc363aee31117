import assert from 'node:assert/strict'
import { readFile, readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { canonicalRecord, readBundledFeed } from '@matinee/catalogue'
import { nodeHash } from '@matinee/testkit'
import type { StarterFacts } from './starter-facts.ts'
import { starterFeed } from './starter-feed.ts'

const FOLDER = new URL('../../feeds/starter/', import.meta.url)

async function readFacts(): Promise<StarterFacts> {
  const text = await readFile(new URL('facts.json', import.meta.url), { encoding: 'utf8' })
  const facts: unknown = JSON.parse(text)
  return facts as StarterFacts
}

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
  there.delete('README.md')
  const made = starterFeed(await readFacts())
  assert.deepEqual([...there.keys()].toSorted(), [...made.keys()].toSorted())
  for (const [name, bytes] of made) assert.deepEqual(there.get(name), bytes, name)
})

test('the starter feed offers three films, and every field of every record has a source', async () => {
  const read = readBundledFeed(await readFolder(), nodeHash)
  assert.equal(read.kind, 'feed', JSON.stringify(read))
  if (read.kind !== 'feed') return
  const { offered, candidates, manifest } = read.feed
  assert.deepEqual(
    offered.map(({ record }) => [record.title.text, record.releases[0]?.infoHashes.v1]),
    [
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
  const facts = await readFacts()
  const [work] = facts.works
  assert.ok(work !== undefined)
  const wrong = { at: '/mood', value: 'fine', from: ['own'] }
  const broken = { ...facts, works: [{ ...work, facts: [...work.facts, wrong] }] }
  assert.throws(() => starterFeed(broken), { name: 'CatalogueError', code: 'unknown-field' })
})
