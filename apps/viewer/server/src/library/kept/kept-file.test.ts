import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SILENT_LOG, utf8Bytes, writeWholeFile } from '@matinee/base'
import { FakeDisk } from '@matinee/testkit'
import { KeptFile, MOST_KEPT, type KeptEntry } from './kept-file.ts'

const ENTRY: KeptEntry = {
  torrent: 'ab'.repeat(20),
  workId: 'feed.film',
  releaseId: 'main',
  title: 'The Slow Ferry',
  episodeIds: null,
  isAdopted: false,
  isPaused: false,
  isWhole: true,
  bytes: 100,
  hereBytes: 100,
  takenBytes: 100,
  givenBytes: 7,
}

async function openDisk(): Promise<FakeDisk> {
  const disk = new FakeDisk()
  await disk.makeFolder('/data')
  return disk
}

const open = (disk: FakeDisk): Promise<KeptFile> => KeptFile.open(disk, '/data', SILENT_LOG)

test('what is kept and what was counted holds after a restart', async () => {
  const disk = await openDisk()
  const file = await open(disk)
  await file.put(ENTRY)
  file.hold({ days: [{ day: '2026-11-21', people: 14 }], givenBytes: 9 })
  await file.writeIfDirty()
  assert.deepEqual((await open(disk)).current, file.current)
  await file.drop(ENTRY.torrent)
  assert.deepEqual((await open(disk)).current.works, [])
})

test('A1: with the disk full a change is refused and not half done, and what was kept stays', async () => {
  const disk = await openDisk()
  const file = await open(disk)
  await file.put(ENTRY)
  disk.capacityBytes = 0
  await assert.rejects(file.drop(ENTRY.torrent), { name: 'DiskError', code: 'full' })
  assert.deepEqual(file.current.works, [ENTRY])
  disk.capacityBytes = null
  assert.deepEqual((await open(disk)).current.works, [ENTRY])
})

test('A1: a change that the disk refuses takes back nothing that came at the same time', async () => {
  const disk = await openDisk()
  const file = await open(disk)
  await file.put(ENTRY)
  const other = { ...ENTRY, torrent: 'cd'.repeat(20) }
  disk.capacityBytes = 0
  const refused = file.pause(true)
  file.holdEntry({ ...ENTRY, givenBytes: 8 })
  await assert.rejects(refused, { code: 'full' })
  disk.capacityBytes = null
  const [put, paused] = [file.put(other), file.pause(true)]
  file.holdEntry({ ...ENTRY, givenBytes: 9 })
  assert.equal(await put, true)
  await paused
  await file.writeIfDirty()
  const { current } = await open(disk)
  assert.equal(current.isPaused, true)
  assert.deepEqual(current.works, [{ ...ENTRY, givenBytes: 9 }, other])
})

test('A1: no more is kept than can be read again, also of two that come at once', async () => {
  const disk = await openDisk()
  const torrentOf = (number: number): string => number.toString(16).padStart(40, '0')
  const works = Array.from({ length: MOST_KEPT - 1 }, (_, number) => ({
    ...ENTRY,
    torrent: torrentOf(number),
  }))
  const book = { version: 1, isPaused: false, works, days: [], takenBytes: 0, givenBytes: 0 }
  await writeWholeFile(disk, '/data', 'kept.json', utf8Bytes(JSON.stringify(book)))
  const file = await open(disk)
  const put = [1, 2].map((number) => file.put({ ...ENTRY, torrent: torrentOf(MOST_KEPT + number) }))
  assert.deepEqual(await Promise.all(put), [true, false])
  assert.equal(await file.put({ ...ENTRY, torrent: torrentOf(0), isPaused: true }), true)
  assert.equal((await open(disk)).current.works.length, MOST_KEPT)
})

test('A22: a file of a newer Matinee is left as it is, and one that is damaged is put aside', async () => {
  const disk = await openDisk()
  const newer = utf8Bytes('{"version":2,"shelves":[]}')
  await writeWholeFile(disk, '/data', 'kept.json', newer)
  const file = await open(disk)
  assert.equal(file.isReadable, false)
  await file.pause(true)
  await file.put(ENTRY)
  await file.writeIfDirty()
  assert.equal((await open(disk)).isReadable, false, 'nothing was written over it')
  for (const text of ['', '{', '{"version":1}', '{"version":1,"works":[{}]}']) {
    await writeWholeFile(disk, '/data', 'kept.json', utf8Bytes(text))
    const damaged = await open(disk)
    assert.equal(damaged.isReadable, true)
    assert.deepEqual(damaged.current.works, [])
    assert.notEqual(await disk.facts('/data/kept.json.unread'), null)
  }
})
