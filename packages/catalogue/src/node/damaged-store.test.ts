import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import { CatalogueStoreError } from '@matinee/catalogue/node'
import { SeededRandom } from '@matinee/testkit'
import { country, feedWorks, madeRecords } from '../../test/made-records.ts'
import { feedOf, keptLog, openedStore, temporaryFolder } from '../../test/opened-store.ts'

const RECORDS = madeRecords(21, 40)
const EVERYTHING = { territory: country('US'), limit: 200 } as const

const DAMAGES: readonly { readonly what: string; readonly damage: (path: string) => void }[] = [
  { what: 'is empty', damage: (path) => truncateSync(path) },
  { what: 'ends in the middle', damage: (path) => truncateSync(path, 40_000) },
  { what: 'is somebody else’s', damage: (path) => writeFileSync(path, 'not a database at all') },
  { what: 'is of another version', damage: (path) => alter(path, 'pragma user_version = 99') },
  {
    what: 'lost its index',
    damage: (path) => alter(path, "delete from part where name = 'words'"),
  },
  {
    what: 'has another index',
    damage: (path) => alter(path, "update part set bytes = x'00' where name = 'kinds'"),
  },
]

for (const { what, damage } of DAMAGES)
  test(`A21: a feed's file that ${what} is thrown away, said in the log, and made again`, async (t) => {
    const folder = await storedFolder(t)
    damage(join(folder, 'test.1.feed'))
    const log = keptLog()
    const store = await openedStore(t, { folder, log })
    assert.deepEqual(await store.feeds(), [])
    const thrownAway = log.events.filter(({ event }) => event === 'catalogue-feed-thrown-away')
    assert.equal(thrownAway.length, 1)
    await store.load(feedOf(feedWorks(RECORDS)))
    assert.ok((await store.search(EVERYTHING)).total > 0)
  })

test('A21: a row that is not what was written fails with a name, and takes its feed away', async (t) => {
  const folder = await storedFolder(t)
  alter(join(folder, 'test.1.feed'), "update summary set json = replace(json, 'made', 'fake')")
  const store = await openedStore(t, { folder })
  await assert.rejects(store.search(EVERYTHING), isDamage)
  assert.deepEqual(await store.feeds(), [])
  assert.equal((await store.search(EVERYTHING)).total, 0)
})

test('A21: bytes garbled anywhere give right answers or a named error, never wrong ones', async (t) => {
  const whole = await storedFolder(t)
  const bytes = readFileSync(join(whole, 'test.1.feed'))
  const healthy = await openedStore(t, { folder: whole })
  const right = await healthy.search(EVERYTHING)
  const random = new SeededRandom('garbled')
  for (let round = 0; round < 12; round++) {
    const folder = temporaryFolder(t)
    const garbled = Uint8Array.from(bytes)
    const at = random.below(garbled.length - 600)
    garbled.set(random.bytes(512), at)
    writeFileSync(join(folder, 'test.1.feed'), garbled)
    await using store = await openedStore(t, { folder })
    const feeds = await store.feeds()
    try {
      const page = await store.search(EVERYTHING)
      if (feeds.length > 0) assert.deepEqual(page, right, `garbled at ${at}`)
    } catch (error) {
      assert.ok(isDamage(error), `garbled at ${at}: ${String(error)}`)
    }
  }
})

test('A21: other files in the folder are left alone, unfinished loads are cleared away', async (t) => {
  const folder = await storedFolder(t)
  appendFileSync(join(folder, 'README'), 'mine')
  appendFileSync(join(folder, 'test.2.part'), 'half')
  const store = await openedStore(t, { folder })
  assert.equal((await store.feeds()).length, 1)
  assert.equal(readFileSync(join(folder, 'README'), 'utf8'), 'mine')
  assert.throws(() => readFileSync(join(folder, 'test.2.part')), /ENOENT/u)
})

async function storedFolder(t: TestContext): Promise<string> {
  const folder = temporaryFolder(t)
  await using store = await openedStore(t, { folder })
  await store.load(feedOf(feedWorks(RECORDS)))
  return folder
}

function alter(path: string, sql: string): void {
  const database = new DatabaseSync(path)
  database.exec(sql)
  database.close()
}

function isDamage(error: unknown): boolean {
  return error instanceof CatalogueStoreError && error.code === 'damaged'
}
