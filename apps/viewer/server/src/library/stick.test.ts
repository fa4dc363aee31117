import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { SILENT_LOG } from '@matinee/base'
import { followedFeedId, parseSha256 } from '@matinee/catalogue'
import { nodeHash } from '@matinee/testkit'
import { FollowingFile } from './following/following-file.ts'
import { followStick, stickTorrents } from './stick.ts'

const REEL = new URL('../../../../../feeds/reel/reel.torrent', import.meta.url)
const ROOT = 'a root, whatever is in it'
const FINGERPRINT = createHash('sha256').update(ROOT).digest('hex')

async function openStage(
  t: TestContext,
): Promise<{ readonly stick: string; readonly data: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-stick-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const [stick, data] = [join(folder, 'stick'), join(folder, 'data')]
  await mkdir(join(stick, 'feed/metadata'), { recursive: true })
  await mkdir(data, { mode: 0o700 })
  await writeFile(join(stick, 'feed/metadata/1.root.json'), ROOT)
  return { stick, data }
}

test('the feed of a stick is followed first, from where it lies now', async (t) => {
  const { stick, data } = await openStage(t)
  const file = await FollowingFile.open(data, SILENT_LOG)
  const other = parseSha256('b'.repeat(64))
  const fingerprint = parseSha256(FINGERPRINT)
  assert.ok(other !== null && fingerprint !== null)
  const mirror = 'https://mirror.example/feed/'
  const before = { fingerprint, sources: [mirror], decidesSafety: true }
  const others = { fingerprint: other, sources: [], decidesSafety: false }
  await file.change(() => ({ order: ['starter'], feeds: [others, before], lists: [] }))

  const found = await followStick(stick, file)
  assert.equal(found?.id, followedFeedId(fingerprint))
  assert.equal(new TextDecoder().decode(found?.root), ROOT)
  const [first, second] = file.current.feeds
  assert.deepEqual(first?.sources, [join(stick, 'feed'), mirror])
  assert.equal(first?.decidesSafety, true)
  assert.equal(second?.fingerprint, other)
  assert.deepEqual(file.current.order, [followedFeedId(fingerprint), 'starter'])

  // Put into another computer: the place it had is forgotten, what its owner chose isn't.
  const moved = `${stick}-elsewhere`
  await rename(stick, moved)
  await file.change((now) => ({ ...now, order: ['starter', followedFeedId(fingerprint)] }))
  await followStick(moved, file)
  assert.deepEqual(file.current.feeds[0]?.sources, [join(moved, 'feed'), mirror])
  assert.deepEqual(file.current.order, ['starter', followedFeedId(fingerprint)])
  const again = await FollowingFile.open(data, SILENT_LOG)
  assert.deepEqual(again.current, file.current)
})

test('a folder without a feed changes nothing', async (t) => {
  const { stick, data } = await openStage(t)
  await rm(join(stick, 'feed'), { recursive: true })
  const file = await FollowingFile.open(data, SILENT_LOG)
  assert.equal(await followStick(stick, file), null)
  assert.deepEqual(file.current.feeds, [])
})

test('C11: releases of a stick are played from where they lie; one that can’t be read is left out', async (t) => {
  const { stick } = await openStage(t)
  for (const name of ['good/main', 'none/main', 'broken/main', '..strange/main']) {
    await mkdir(join(stick, 'releases', name, 'files'), { recursive: true })
    if (name !== 'none/main') await copyFile(REEL, join(stick, 'releases', name, 'hybrid.torrent'))
  }
  await writeFile(join(stick, 'releases/broken/main/hybrid.torrent'), 'd4:infoi1ee')
  const [torrent, ...others] = await stickTorrents(stick, nodeHash, SILENT_LOG)
  assert.ok(torrent !== undefined)
  assert.deepEqual(others, [])
  const { filesFrom = [], dht } = await torrent.startingPoints()
  assert.equal(dht, true)
  assert.equal(filesFrom.length, torrent.metainfo.files.length)
  for (const path of filesFrom)
    assert.ok(path.startsWith(join(stick, 'releases/good/main/files') + '/'))
  assert.deepEqual(await stickTorrents(join(stick, 'nowhere'), nodeHash, SILENT_LOG), [])
})
