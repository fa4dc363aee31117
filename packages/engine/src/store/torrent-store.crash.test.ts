/**
 * Rows A2 and A3 of the table of promises: whatever a power cut does to unsynced writes and names, a
 * block that is claimed afterwards is on the disk as it should be, and what a checkpoint that ended
 * had kept is claimed.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeDisk, SeededRandom } from '@matinee/testkit'
import { makeStoredTorrent } from '../../test/stored-torrent.ts'
import { FOLDER, openStore } from '../../test/store-acts.ts'
import { assertClaimsRight, liveThroughCuts } from '../../test/store-lives.ts'

/** Of three power cuts each. */
const SEEDS = 340

test(`A2: after a power cut at any moment every claimed block is right, and none that was kept is lost`, async () => {
  let claims = 0
  for (let seed = 0; seed < SEEDS; seed++) claims += await liveThroughCuts(seed)
  assert.ok(claims > SEEDS * 5, `the run must claim something: ${claims}`)
})

test('A3: the data is synced before the resume file that names it is put in its place', async () => {
  const made = makeStoredTorrent({ kind: 'v1', files: [100_000] })
  const disk = new FakeDisk()
  await disk.makeFolder('/engine')
  await using store = await openStore(made, disk)
  const span = made.blockSpan(0)
  assert.ok(span)
  await store.write(0, made.bytesOf(span))
  store.markVerified([0])
  await store.checkpoint()
  const order = disk.calls
    .filter(({ kind }) => ['sync', 'sync-folder', 'rename'].includes(kind))
    .map(({ kind, path }) => `${kind} ${path}`)
  assert.deepEqual(order, [
    `sync ${FOLDER}/0`,
    `sync-folder ${FOLDER}`,
    'sync-folder /engine',
    `sync ${FOLDER}/resume.a.new`,
    `rename ${FOLDER}/resume.a.new`,
    `sync-folder ${FOLDER}`,
  ])
})

test('A3: before the bytes of a claimed block change, no resume file claims it any more', async () => {
  for (let seed = 0; seed < 40; seed++) {
    const random = new SeededRandom(seed)
    const made = makeStoredTorrent({ kind: 'v1', files: [100_000] })
    const disk = new FakeDisk()
    await disk.makeFolder('/engine')
    const store = await openStore(made, disk)
    for (const block of made.blocks) {
      const span = made.blockSpan(block)
      assert.ok(span)
      await store.write(span.start, made.bytesOf(span))
      store.markVerified([block])
      // Two generations, so that the older one claims, too.
      await store.checkpoint()
    }
    const span = made.blockSpan(1)
    assert.ok(span)
    const written = store.write(span.start, new Uint8Array(16_384).fill(0xee))
    const halted = disk.haltAt(disk.calls.length + 1 + random.below(14))
    await Promise.race([written, halted])
    const left = disk.crash(random)
    // The newest file may be torn by whatever else happens to a disk.
    if (random.chance(0.3)) await left.remove(`${FOLDER}/resume.${random.pick(['a', 'b'])}`)
    const after = await openStore(made, left)
    await assertClaimsRight(made, after, `seed ${seed}`)
  }
})
