import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SILENT_LOG, utf8Bytes, writeWholeFile } from '@matinee/base'
import { FakeDisk } from '@matinee/testkit'
import { KeptFile, type KeptEntry } from './kept-file.ts'

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

test('A22: a file of a newer Matinee is left as it is, and one that is damaged is put aside', async () => {
  const disk = await openDisk()
  const newer = utf8Bytes('{"version":2,"shelves":[]}')
  await writeWholeFile(disk, '/data', 'kept.json', newer)
  const file = await open(disk)
  assert.equal(file.isReadable, false)
  await file.save({ isPaused: true })
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
