import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { utf8Bytes } from '@matinee/base'
import { refreshFeed, runCheck } from '@matinee/catalogue'
import {
  CatalogueStoreError,
  FollowedFeedFile,
  followedFeedInput,
  openCatalogueStore,
  systemFeedCrypto,
} from '@matinee/catalogue/node'
import { FakeClock } from '@matinee/testkit'
import { FollowedStage, WORKS } from '../../test/signed/followed-stage.ts'
import { MadePacks, recordBytes } from '../../test/signed/made-packs.ts'
import { NEW_YEAR } from '../../test/signed/refresh-case.ts'

const CRYPTO = systemFeedCrypto()

test('C14: what is withdrawn is not offered, and of two roles with one work the first one counts', async () => {
  using stage = new FollowedStage()
  const entry = {
    work: 'made-3',
    serial: 1,
    state: 'revoked',
    effect: 'delisted',
    reason: 'maker',
    on: '2026-01-02',
  }
  const text = JSON.stringify({ type: 'matinee-revocations', version: 1, entries: [entry] })
  stage.publisher.add('targets', 'packs/targets/revocations.json', utf8Bytes(text))
  stage.packs.pack(stage.publisher)
  const own = new MadePacks('kino')
  const [one] = WORKS
  assert.ok(one !== undefined)
  for (const id of ['made-0', 'kino-one']) own.put(id, recordBytes({ ...one, id, year: 1999 }))
  stage.publisher.delegate('kino', 40, ['works/*', 'packs/kino/*'])
  own.pack(stage.publisher, { shards: 1 })
  stage.publisher.update('targets', 'kino')
  assert.deepEqual(await stage.take(), { kind: 'taken' })

  using file = new FollowedFeedFile(stage.path)
  const records = [...(followedFeedInput(file, CRYPTO)?.works ?? [])].map(({ record }) => record)
  const ids = records.map(({ id }) => String(id))
  assert.equal(ids.length, WORKS.length, "one is withdrawn, one is the curator's")
  assert.ok(!ids.includes('made-3'))
  assert.ok(ids.includes('kino-one'))
  const first = records.filter(({ id }) => id === 'made-0')
  assert.deepEqual(
    first.map(({ year }) => year),
    [one['year']],
  )
})

test('C15: a feed goes into the catalogue under its fingerprint, whatever it calls itself', async () => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  assert.deepEqual(await stage.take(), { kind: 'taken' })
  using file = new FollowedFeedFile(stage.path)
  const input = followedFeedInput(file, CRYPTO)
  assert.ok(input !== null)
  assert.match(input.id, /^feed-[0-9a-f]{32}$/u)
  const folder = join(stage.folder, 'catalogue')
  await using store = await openCatalogueStore({ folder, clock: new FakeClock() })
  const stored = await store.load(input)
  assert.deepEqual([stored.workCount, stored.trust], [WORKS.length, 'signed'])
})

test('A13: works stay on offer when keys change and nothing newer comes', async () => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  await stage.take()
  stage.publisher.rotate('timestamp', 7).publish('root')
  stage.publisher.files.delete('metadata/timestamp.json')
  using file = new FollowedFeedFile(stage.path)
  const trusted = file.trusted()
  assert.ok(trusted !== null)
  const check = refreshFeed(trusted, Date.parse(NEW_YEAR), CRYPTO)
  const refresh = await runCheck(check, async ({ path }) => stage.publisher.files.get(path) ?? null)
  assert.equal(refresh.kind === 'refused' && refresh.refusal.code, 'missing')
  await file.change(async (change) => change.keepFiles(refresh.files))
  assert.notDeepEqual(file.trusted()?.root, trusted.root, 'the new root is kept')
  const works = [...(followedFeedInput(file, CRYPTO)?.works ?? [])]
  assert.equal(works.length, WORKS.length)
})

test('A21: a record that is not what was kept is never shown', async () => {
  using stage = new FollowedStage()
  stage.packs.pack(stage.publisher)
  stage.publisher.update()
  await stage.take()
  const database = new DatabaseSync(stage.path)
  database.exec(
    `update work set record = replace(record, '"year":', '"year":1') where id = 'made-2'`,
  )
  database.close()
  using file = new FollowedFeedFile(stage.path)
  assert.throws(
    () => [...(followedFeedInput(file, CRYPTO)?.works ?? [])],
    (error) => error instanceof CatalogueStoreError && error.code === 'damaged',
  )
})
