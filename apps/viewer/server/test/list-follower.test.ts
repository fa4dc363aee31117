import { SILENT_LOG } from '@matinee/base'
import { parseListId } from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { FakeClock } from '@matinee/testkit'
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { ListKeeping } from '../src/library/lists/kept-list.ts'
import { ListFollower } from '../src/library/lists/list-follower.ts'
import { MadeCurator } from './made-curator.ts'

test('C2: of two files of a list that come at once the newer one stays, on the disk too', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-list-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const curator = new MadeCurator()
  const id = parseListId('nights')
  assert.ok(id !== null)
  const { key } = curator
  const works = [{ feed: { fingerprint: key }, work: 'film' }]
  const world = {
    clock: new FakeClock(),
    log: SILENT_LOG,
    crypto: systemFeedCrypto(),
    openSource: () => assert.fail('nothing is fetched'),
    hasSwarm: false,
  }
  const keeping = new ListKeeping(folder, curator.address)
  const follower = new ListFollower({ key, id, sources: [] }, keeping, null, world)
  const news = await Promise.all(
    [7, 6].map((serial) => follower.take(curator.list(serial, works), null)),
  )
  assert.deepEqual(news, ['newer', 'refused'])
  assert.equal(follower.list?.serial, 7)
  assert.equal((await keeping.read(key, world.crypto))?.list.serial, 7)
})
