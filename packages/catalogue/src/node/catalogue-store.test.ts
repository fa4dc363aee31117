import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type BundledFeed, type WorkId, readBundledFeed } from '@matinee/catalogue'
import { bundledFeedInput, openCatalogueStore, type CatalogueStore } from '@matinee/catalogue/node'
import { FakeClock, nodeHash } from '@matinee/testkit'
import { readFolder } from '../../test/fixture-feed.ts'

const STARTER = new URL('../../../../feeds/starter/', import.meta.url)

test('the starter feed is loaded, searched, and one work read', async (t) => {
  const store = await openStore(t)
  const feed = starterFeed()
  const stored = await store.load(bundledFeedInput(feed, 'v1'))
  assert.equal(stored.workCount, feed.offered.length)
  const page = await store.search({ text: 'sint', territory: null })
  assert.deepEqual(
    page.works.map(({ title }) => title.text),
    ['Sintel'],
  )
  assert.equal(page.works[0]?.licence, 'CC-BY-3.0')
  const work = await store.work({ id: 'sintel' as WorkId, territory: null })
  assert.equal(work.kind, 'offered')
  const misspelt = await store.search({ text: 'tears of stel', territory: null })
  assert.equal(misspelt.correction, 'tears of steel')
  assert.equal(misspelt.total, 1)
})

async function openStore(t: TestContext): Promise<CatalogueStore> {
  const folder = mkdtempSync(join(tmpdir(), 'matinee-catalogue-'))
  const clock = new FakeClock()
  const store = await openCatalogueStore({ folder, clock })
  t.after(async () => {
    await store[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })
  return store
}

function starterFeed(): BundledFeed {
  const read = readBundledFeed(readFolder(STARTER), nodeHash)
  assert.equal(read.kind, 'feed')
  assert.ok(read.kind === 'feed')
  return read.feed
}
