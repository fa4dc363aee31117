import assert from 'node:assert/strict'
import { cp, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseSha256 } from '@matinee/catalogue'
import { systemDisk } from '@matinee/engine/system'
import { folderSource } from '../../src/publisher/feed-source.ts'
import { checkVersion, type CheckedVersion } from '../../src/publisher/version-check.ts'
import {
  bookRecords,
  begin,
  feed,
  filesIn,
  inTemporaryFolder,
  plainly,
  putWorks,
  release,
  well,
} from './publisher-stage.ts'
import { TufClient } from './tuf-client.ts'

async function read(
  folder: string,
  fingerprint: string,
): Promise<CheckedVersion & { readonly kind: 'good' }> {
  const sha256 = parseSha256(fingerprint)
  assert.ok(sha256 !== null)
  const source = folderSource(systemDisk(), join(folder, 'feed'))
  const checked = await checkVersion(source, sha256, null, Date.now())
  assert.ok(checked.kind === 'good', JSON.stringify(checked))
  return checked
}

test('what init, sign and publish make is a feed that readers and another client of TUF take', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    const fingerprint = await begin(dir)
    const records = bookRecords()
    await putWorks(dir, records)
    await release(dir)
    const { records: found, works, freshness, leftOut } = await read(dir, fingerprint)
    assert.equal(works, records.length)
    assert.deepEqual(leftOut, [])
    assert.deepEqual(found.map(({ id }) => id).toSorted(), records.map(({ id }) => id).toSorted())
    assert.equal(freshness.kind, 'fresh')
    const client = new TufClient(join(dir, 'feed'), join(folder, 'client'))
    await client.begin()
    await client.refresh('feed.json', 'packs/targets/shard-0.gz')
    assert.equal(client.version('timestamp'), 1)

    await putWorks(dir, bookRecords({ year: 2001 }).slice(0, 2))
    await release(dir)
    await client.refresh('packs/targets/delta-2.gz')
    assert.deepEqual(
      ['timestamp', 'snapshot', 'targets'].map((role) => client.version(role)),
      [2, 2, 2],
    )
    const again = await read(dir, fingerprint)
    assert.equal(again.records.filter(({ year }) => year === 2001).length, 2)
  })
})

test('a version in which no work changed has a new timestamp and nothing else', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    await begin(dir)
    await putWorks(dir, bookRecords().slice(0, 3))
    await release(dir)
    const before = await filesIn(join(dir, 'feed'))
    const { out } = await well(['sign', dir, '--json'])
    const signed = JSON.parse(out) as Record<string, unknown>
    assert.deepEqual([signed['version'], signed['isNewEdition']], [2, false])
    assert.deepEqual(await filesIn(join(dir, 'feed.next')), [
      'metadata/timestamp.json',
      'plan.json',
      'pointer',
    ])
    await plainly(['publish', dir])
    assert.deepEqual((await filesIn(join(dir, 'feed'))).toSorted(), before.toSorted())
  })
})

test('nothing but the feed comes into the folder that is published', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    await begin(dir)
    await putWorks(dir, bookRecords().slice(0, 1))
    await release(dir)
    const files = await filesIn(join(dir, 'feed'))
    const texts = await Promise.all(
      files.map((file) => readFile(join(dir, 'feed', file), 'latin1')),
    )
    assert.ok(texts.length >= 6)
    const key = await readFile(join(dir, 'keys/main.key.json'), 'utf8')
    const { sealed } = JSON.parse(key) as { readonly sealed: string }
    for (const text of texts) assert.ok(!text.includes(sealed))
    assert.deepEqual((await readdir(join(dir, 'feed'))).toSorted(), [
      'metadata',
      'pointer',
      'targets',
    ])
  })
})

test('what was signed before a newer version came from a mirror is not published over it', async () => {
  await inTemporaryFolder(async (folder) => {
    const dir = join(folder, 'publisher')
    await begin(dir)
    await release(dir)
    await cp(dir, join(folder, 'other'), { recursive: true })
    await well(['sign', dir])
    await release(join(folder, 'other'))
    await cp(join(folder, 'other/feed'), join(dir, 'feed'), { recursive: true })
    const { code, err } = await feed(['publish', dir], null)
    assert.equal(code, 1)
    assert.match(err, /version 2 is published already, and 2 was signed before it/u)
    await release(dir)
    const { out } = await plainly(['verify', dir, '--json'])
    assert.equal((JSON.parse(out) as { readonly version: number }).version, 3)
  })
})
