import assert from 'node:assert/strict'
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  encodeHeadPack,
  parseSha256,
  parseWorkId,
  picturePath,
  readRaster,
  type WorkRecord,
} from '@matinee/catalogue'
import { parseCalendarDate } from '@matinee/rights'
import { systemDisk, systemHash } from '@matinee/engine/system'
import { parseMetainfo } from '@matinee/protocol'
import { decide } from '../../src/publisher/decisions.ts'
import { folderSource } from '../../src/publisher/feed-source.ts'
import { PublisherFolder } from '../../src/publisher/publisher-folder.ts'
import { checkVersion } from '../../src/publisher/version-check.ts'
import { readHeritage } from '../../src/relaunch/feed-heritage.ts'
import { relaunch, type RelaunchOrder, type Relaunched } from '../../src/relaunch/relaunch.ts'
import {
  PASSPHRASE,
  begin,
  bookRecords,
  feed,
  inTemporaryFolder,
  plainly,
  putWorks,
  recordOf,
  release,
} from '../publisher/publisher-stage.ts'

const REEL = new URL('../../../../feeds/reel/', import.meta.url)

/** A publisher with works, one of them with a picture and a torrent, one withdrawn, and a list; and a mirror of it. */
async function makeMirror(
  folder: string,
): Promise<{ readonly mirror: string; readonly fingerprint: string }> {
  const dir = join(folder, 'old')
  const fingerprint = await begin(dir)
  const [first, second, ...others] = bookRecords()
  assert.ok(first !== undefined && second !== undefined)
  await putWorks(dir, [second, ...others.slice(0, 4)])
  await putWhole(dir, first)
  const publisher = await PublisherFolder.open(dir)
  const on = parseCalendarDate('2026-11-21')
  assert.ok(on !== null)
  await decide(publisher, {
    work: second.id,
    state: 'revoked',
    effect: 'blocked',
    reason: 'notice',
    on,
    note: {},
    covers: [],
  })
  const lists = [
    {
      id: 'both',
      kind: 'programme',
      translations: { en: { title: 'Both' } },
      works: [first.id, second.id],
    },
    { id: 'gone', kind: 'programme', translations: { en: { title: 'Gone' } }, works: [second.id] },
  ]
  await writeFile(join(dir, 'lists.json'), JSON.stringify({ lists }))
  await release(dir)
  const mirror = join(folder, 'mirror')
  await cp(join(dir, 'feed'), mirror, { recursive: true })
  await rm(dir, { recursive: true })
  return { mirror, fingerprint }
}

async function putWhole(dir: string, record: WorkRecord): Promise<void> {
  const picture = new Uint8Array(await readFile(new URL('poster.png', REEL)))
  const torrent = new Uint8Array(await readFile(new URL('reel.torrent', REEL)))
  const raster = readRaster(picture, 'image/png')
  assert.ok(raster.kind === 'raster')
  const { width, height } = raster
  const sha256 = createHash('sha256').update(picture).digest('hex')
  const head = encodeHeadPack({ torrent, leaves: [], points: [] })
  const headPack = { sha256: createHash('sha256').update(head).digest('hex'), length: head.length }
  const images = [
    { role: 'poster', sha256, type: 'image/png', width, height, length: picture.length },
  ]
  const { v1, v2 } = parseMetainfo(torrent, systemHash()).infoHashes
  const infoHashes = v1 === null ? { v2 } : { v1, v2 }
  const releases = record.releases.map((each) => ({ ...each, infoHashes, headPack }))
  const whole = recordOf({ ...record, images, releases })
  const publisher = await PublisherFolder.open(dir)
  for (const { id } of whole.releases) {
    await mkdir(publisher.releaseFolder(whole.id, id), { recursive: true })
    await writeFile(join(publisher.releaseFolder(whole.id, id), 'head-pack'), head)
  }
  await publisher.putWork({
    id: whole.id,
    record: whole,
    images: new Map([[`${sha256}.png`, picture]]),
  })
}

async function makeRoot(folder: string): Promise<string> {
  const root = join(folder, 'program')
  await mkdir(root)
  await writeFile(join(root, 'package.json'), '{ "version": "0.1.0" }\n')
  return root
}

async function again(
  folder: string,
  from: string,
  more: Partial<RelaunchOrder> = {},
): Promise<Relaunched> {
  return await relaunch({
    path: join(folder, 'new'),
    from,
    expected: null,
    head: { name: null, operator: { name: 'The Waterworks Cinema' }, contact: null, mirrors: [] },
    passphrase: PASSPHRASE,
    root: await makeRoot(folder).catch(() => join(folder, 'program')),
    nowMs: Date.now(),
    onWork: () => {},
    signal: new AbortController().signal,
    ...more,
  })
}

test('A13: a feed whose publisher is gone goes on from a copy, under new keys, with all that was on offer', async () => {
  await inTemporaryFolder(async (folder) => {
    const { mirror, fingerprint } = await makeMirror(folder)
    const done = await again(folder, mirror)
    assert.equal(done.before.fingerprint, fingerprint)
    assert.notEqual(done.fingerprint, fingerprint)
    assert.deepEqual([done.works, done.torrents, done.missing, done.leftOut], [5, 1, 0, []])
    assert.deepEqual((await readdir(folder)).toSorted(), ['mirror', 'new', 'program'])
    assert.equal((await stat(join(folder, 'new'))).mode & 0o077, 0)

    // Read as somebody who accepted the new fingerprint does.
    const source = folderSource(systemDisk(), join(folder, 'new', 'feed'))
    const sha256 = parseSha256(done.fingerprint)
    assert.ok(sha256 !== null)
    const checked = await checkVersion(source, sha256, null, Date.now())
    assert.ok(checked.kind === 'good' && checked.freshness.kind === 'fresh')
    assert.equal(checked.works, 5)
    const [whole] = checked.records.filter(({ images }) => images.length > 0)
    assert.ok(whole?.images[0] !== undefined)
    assert.ok((await source(picturePath(whole.images[0]), 1_000_000)) !== null)
    const { head, decisions } = await readHeritage(source, Date.now())
    assert.equal(head.operator.name, 'The Waterworks Cinema')
    assert.deepEqual(head.translations, done.before.head.translations)
    assert.deepEqual(head.source, {
      version: '0.1.0',
      infoHash: done.source.infoHash,
      length: done.source.lengthBytes,
      sha256: done.source.sha256,
      notes: {},
    })
    assert.deepEqual(
      head.lists.map(({ id, works }) => [id, works.length]),
      [['both', 1]],
    )
    assert.deepEqual(decisions, done.before.decisions)

    const release = join(folder, 'new', 'releases', whole.id, whole.releases[0]?.id ?? '')
    const torrent = await readFile(new URL('reel.torrent', REEL))
    assert.deepEqual(await readFile(join(release, 'hybrid.torrent')), torrent)
    // It is a publisher: the next version can be signed.
    await plainly(['list', join(folder, 'new', 'feed')]).catch(() => null)
    assert.equal((await feed(['sign', join(folder, 'new')])).code, 0)
  })
})

test('C14: what was withdrawn doesn’t come back by a relaunch', async () => {
  await inTemporaryFolder(async (folder) => {
    const { mirror } = await makeMirror(folder)
    const done = await again(folder, mirror)
    const [decision] = done.before.decisions
    assert.equal(done.before.withdrawn, 1)
    assert.equal(decision?.effect, 'blocked')
    const publisher = await PublisherFolder.open(join(folder, 'new'))
    const id = parseWorkId(decision?.work ?? '')
    assert.ok(id !== null)
    assert.equal(await publisher.work(id), null)
  })
})

test('A13: a copy that lost pictures and head packs is gone on with, without them', async () => {
  await inTemporaryFolder(async (folder) => {
    const { mirror } = await makeMirror(folder)
    await rm(join(mirror, 'images'), { recursive: true })
    await rm(join(mirror, 'heads'), { recursive: true })
    await rm(join(mirror, 'pointer'), { force: true })
    const done = await again(folder, mirror)
    assert.deepEqual([done.works, done.torrents, done.missing, done.leftOut], [5, 0, 2, []])
  })
})

test('A13: a copy whose keys ran out years ago is as good as a fresh one', async () => {
  await inTemporaryFolder(async (folder) => {
    const { mirror } = await makeMirror(folder)
    const nowMs = Date.now() + 5 * 365 * 86_400_000
    const done = await again(folder, mirror, { nowMs })
    assert.equal(done.before.freshness.kind, 'stale')
    assert.equal(done.works, 5)
  })
})

test('C1: of a copy in which a byte was changed nothing is taken, and nothing is left behind', async () => {
  await inTemporaryFolder(async (folder) => {
    const { mirror } = await makeMirror(folder)
    const packs = join(mirror, 'targets', 'packs', 'targets')
    for (const name of await readdir(packs)) {
      const path = join(packs, name)
      const bytes = await readFile(path)
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
      await writeFile(path, bytes)
    }
    await assert.rejects(again(folder, mirror), /isn't whole/u)
    assert.deepEqual((await readdir(folder)).toSorted(), ['mirror', 'program'])
  })
})

test('C15: a copy of another feed than the one that was asked for is refused', async () => {
  await inTemporaryFolder(async (folder) => {
    const { mirror } = await makeMirror(folder)
    const expected = parseSha256('a'.repeat(64))
    await assert.rejects(again(folder, mirror, { expected }), /is of the feed/u)
    assert.deepEqual((await readdir(folder)).toSorted(), ['mirror', 'program'])
  })
})

test('a publisher that is there already is left alone', async () => {
  await inTemporaryFolder(async (folder) => {
    const { mirror } = await makeMirror(folder)
    await mkdir(join(folder, 'new'))
    await writeFile(join(folder, 'new', 'mine'), 'x')
    await assert.rejects(again(folder, mirror), /isn't empty/u)
    assert.deepEqual(await readdir(join(folder, 'new')), ['mine'])
  })
})
