import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { FOLDER, onStage } from './stage.ts'

const FILES = [
  { path: ['a.mp4'], content: 1_000_003 },
  { path: ['b.mp4'], content: 70_000 },
  { path: ['c.txt'], content: 5 },
]

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  for (const source of ['metainfo', 'magnet'] as const) {
    test(
      `after a clean end nothing of a ${kind} film by ${source} is fetched again`,
      onStage({ kind, files: FILES }, async (stage) => {
        const seed = await stage.seed()
        const add = () => (source === 'metainfo' ? stage.add() : stage.addMagnet())
        await stage.assertStreams(add())
        const { bytesServed, metadataRequests } = seed
        await stage.restart()
        const again = add()
        await stage.assertStreams(again)
        await stage.clock.advance(5000)
        assert.equal(seed.bytesServed, bytesServed)
        assert.equal(seed.metadataRequests, metadataRequests)
        assert.equal(again.status().bytes.verified, again.status().bytes.total)
      }),
    )

    test(
      `after a power cut what was kept of a ${kind} film by ${source} is not fetched again`,
      onStage({ kind, files: FILES }, async (stage) => {
        const seed = await stage.seed()
        const add = () => (source === 'metainfo' ? stage.add() : stage.addMagnet())
        await stage.assertStreams(add())
        // A checkpoint is made within 5 s.
        await stage.clock.advance(6000)
        const { bytesServed } = seed
        await stage.crash(1)
        await stage.assertStreams(add())
        assert.equal(seed.bytesServed, bytesServed)
      }),
    )
  }

for (const kind of ['v1', 'v2', 'hybrid'] as const)
  test(
    `a ${kind} film is whole and right after power cuts at any moment`,
    onStage({ kind, files: 3 * MIB, pieceLength: 64 * KIB }, async (stage) => {
      await stage.seed({ bytesPerSecond: MIB })
      for (let life = 0; life < 6; life++) {
        const reading = stage.reading(stage.add())
        reading.catch(() => {})
        await stage.clock.advance(400 + 900 * life)
        await stage.crash(life)
      }
      await stage.assertStreams(stage.add())
    }),
  )

test(
  'half a film is continued where it ended',
  onStage({ kind: 'v2', files: 4 * MIB, pieceLength: 64 * KIB }, async (stage) => {
    const seed = await stage.seed()
    await stage.read(stage.add(), 0, { start: 0, end: 2 * MIB })
    const first = seed.bytesServed
    await stage.restart()
    await stage.assertStreams(stage.add())
    assert.ok(seed.bytesServed <= 4 * MIB + 64 * KIB, `${first} and ${seed.bytesServed}`)
  }),
)

test(
  'rot on the disk is noticed before it is given out, and the piece is fetched again',
  onStage({ kind: 'v1', files: MIB }, async (stage) => {
    const seed = await stage.seed()
    await stage.assertStreams(stage.add())
    await stage.restart()
    const [path] = stage.disk.paths.filter((name) => name.endsWith('/0'))
    assert.ok(path !== undefined && path.startsWith(FOLDER))
    stage.disk.poke(path, 200_000, new Uint8Array([1, 2, 3]))
    const { bytesServed } = seed
    await stage.assertStreams(stage.add())
    assert.equal(seed.bytesServed - bytesServed, 64 * KIB)
  }),
)

test(
  'a file that was removed between two starts is fetched again',
  onStage({ kind: 'v2', files: FILES }, async (stage) => {
    await stage.seed()
    await stage.assertStreams(stage.add())
    await stage.restart()
    const [path] = stage.disk.paths.filter((name) => name.endsWith('/1'))
    assert.ok(path)
    await stage.disk.remove(path)
    await stage.assertStreams(stage.add())
  }),
)

test(
  'closing while pieces are still being checked ends at once and loses nothing',
  onStage({ kind: 'v1', files: 4 * MIB, pieceLength: 64 * KIB }, async (stage) => {
    const seed = await stage.seed()
    await stage.assertStreams(stage.add())
    await stage.clock.advance(6000)
    const { bytesServed } = seed
    await stage.crash(3)
    const checking = stage.add()
    await stage.until(() => checking.status().phase.kind === 'checking', 'checking')
    await stage.restart()
    assert.equal(checking.status().phase.kind, 'stopped')
    await stage.assertStreams(stage.add())
    assert.equal(seed.bytesServed, bytesServed)
  }),
)
