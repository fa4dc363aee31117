import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { onStage } from './stage.ts'

/** Ends within a piece, not at a block's end. */
const PART = { start: 0, end: 600 * KIB + 7 } as const
const WHOLE = { start: 0, end: 3 * MIB } as const

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `what is here of a ${kind} film can be read without asking anybody for the rest`,
    onStage({ kind, files: 3 * MIB, pieceLength: 256 * KIB }, async (stage) => {
      const seed = await stage.seed()
      const torrent = stage.add()
      assert.equal(await torrent.readHere(0, PART), null, 'before it is live')
      stage.assertRight(await stage.read(torrent, 0, PART), 0, PART)
      await stage.clock.advance(10_000)
      const asked = seed.requests.length
      const here = await stage.run(torrent.readHere(0, WHOLE))
      assert.ok(here !== null && here.length >= PART.end && here.length < WHOLE.end)
      stage.assertRight(here, 0, { start: 0, end: here.length })
      const missing = { start: here.length, end: WHOLE.end }
      assert.equal(await torrent.readHere(0, missing), null)
      await assert.rejects(torrent.readHere(0, { start: 0, end: 3 * MIB + 1 }), RangeError)
      assert.deepEqual(torrent.diagnosis()?.needs, [], 'nobody needs anything')
      await stage.clock.advance(10_000)
      assert.equal(seed.requests.length, asked)
      assert.equal(torrent.status().readers.length, 0)
    }),
  )

test(
  'A6: what changed on the disk behind our back is not given out as being here, and nobody is asked for it',
  onStage({ kind: 'v2', files: MIB, pieceLength: 256 * KIB }, async (stage) => {
    const seed = await stage.seed()
    stage.assertRight(await stage.read(stage.add()), 0, { start: 0, end: MIB })
    await stage.restart()
    const again = stage.add()
    await stage.run(again.metainfo())
    const [path] = stage.disk.paths.filter((name) => name.endsWith('/0'))
    assert.ok(path !== undefined)
    stage.disk.poke(path, 100_000, new Uint8Array([1, 2, 3]))
    const asked = seed.requests.length
    assert.equal(await stage.run(again.readHere(0, { start: 0, end: 200 * KIB })), null)
    const rest = { start: 256 * KIB, end: MIB }
    const here = await stage.run(again.readHere(0, rest))
    assert.ok(here !== null)
    stage.assertRight(here, 0, rest)
    await stage.clock.advance(10_000)
    assert.equal(seed.requests.length, asked)
  }),
)
