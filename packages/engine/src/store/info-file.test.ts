import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS, utf8Bytes } from '@matinee/base'
import { FakeDisk, SeededRandom } from '@matinee/testkit'
import { loadInfo, saveInfo } from './info-file.ts'

test('an info dictionary that was kept survives a power cut', async () => {
  for (let seed = 0; seed < 20; seed++) {
    const disk = new FakeDisk()
    await disk.makeFolder('/engine')
    await saveInfo(disk, '/engine/abc', utf8Bytes('d4:name1:xe'))
    const left = disk.crash(new SeededRandom(seed))
    assert.deepEqual(await loadInfo(left, '/engine/abc'), utf8Bytes('d4:name1:xe'))
  }
})

test('a shorter info dictionary replaces a longer one whole', async () => {
  const disk = new FakeDisk()
  await saveInfo(disk, '/abc', utf8Bytes('a long one'))
  await saveInfo(disk, '/abc', utf8Bytes('short'))
  assert.deepEqual(await loadInfo(disk, '/abc'), utf8Bytes('short'))
})

test('F4: a kept info dictionary longer than any metainfo is not read', async () => {
  const disk = new FakeDisk()
  assert.equal(await loadInfo(disk, '/abc'), null)
  disk.poke('/abc/info', LIMITS.metainfoBytes, new Uint8Array(1))
  assert.ok((await loadInfo(disk, '/abc')) === null)
})
