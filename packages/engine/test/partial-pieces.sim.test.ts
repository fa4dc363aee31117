import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB, type ByteSpan } from '@matinee/base'
import { SEEDS } from '@matinee/testkit'
import { FOLDER, onStage, type Stage } from './stage.ts'

/** Ends within a piece, not at a block's end. */
const PART = { start: 0, end: 600 * KIB + 7 } as const
const PART_BLOCKS_END = 608 * KIB

/** Reads a part, and tells how much of what the seed gave lies beyond it: asked for ahead. */
async function readPart(stage: Stage, span: ByteSpan): Promise<void> {
  stage.assertRight(await stage.read(stage.add(), 0, span), 0, span)
}

/** What the seed was asked for in whole blocks below a position, each block once. */
function servedBelow(requests: readonly { piece: number; begin: number }[], end: number): number {
  return requests.filter(({ piece, begin }) => piece * MIB + begin < end).length
}

for (const kind of ['v2', 'hybrid'] as const) {
  const options = { kind, files: 3 * MIB, pieceLength: MIB } as const

  test(
    `A5: of a ${kind} piece that was here in part nothing is fetched again after a clean end`,
    onStage(options, async (stage) => {
      const seed = await stage.seed()
      await readPart(stage, PART)
      await stage.restart()
      const before = seed.requests.length
      const again = stage.add()
      await stage.run(again.metainfo())
      assert.ok(again.verifiedIn(0, PART) >= PART.end, 'what was verified is here at once')
      assert.equal(again.status().havePieces, 0)
      await stage.assertStreams(again)
      assert.equal(servedBelow(seed.requests.slice(before), PART_BLOCKS_END), 0)
      assert.ok(seed.bytesServed <= 3 * MIB + 16 * KIB, `${seed.bytesServed}`)
    }),
  )

  test(
    `A5: of a ${kind} piece that was here in part nothing is fetched again after a look at all of it`,
    onStage(options, async (stage) => {
      const seed = await stage.seed()
      await readPart(stage, PART)
      // A checkpoint, and what it needs, is made within 5 s.
      await stage.clock.advance(11_000)
      await stage.crash(1)
      const before = seed.requests.length
      await stage.assertStreams(stage.add())
      assert.equal(servedBelow(seed.requests.slice(before), PART_BLOCKS_END), 0)
    }),
  )
}

test(
  'A5: run to 60 %, stop, start: the second run fetches the other 40 %',
  onStage({ kind: 'hybrid', files: 10 * MIB, pieceLength: 4 * MIB }, async (stage) => {
    const seed = await stage.seed()
    await readPart(stage, { start: 0, end: 6 * MIB })
    const first = seed.bytesServed
    await stage.restart()
    await stage.assertStreams(stage.add())
    assert.ok(seed.bytesServed <= 10 * MIB + 16 * KIB, `${first} and ${seed.bytesServed}`)
  }),
)

test(
  'A6: rot in a piece that is here in part is noticed block by block',
  onStage({ kind: 'v2', files: 3 * MIB, pieceLength: MIB }, async (stage) => {
    const seed = await stage.seed()
    await readPart(stage, PART)
    await stage.clock.advance(11_000)
    await stage.crash(2)
    const [path] = stage.disk.paths.filter((name) => name.endsWith('/0'))
    assert.ok(path !== undefined && path.startsWith(FOLDER))
    stage.disk.poke(path, 100_000, new Uint8Array([1, 2, 3]))
    const before = seed.requests.length
    await stage.assertStreams(stage.add())
    assert.equal(servedBelow(seed.requests.slice(before), PART_BLOCKS_END), 1)
  }),
)

test(
  'A21: leaves that were damaged on the disk prove nothing, and cost only what is fetched again',
  onStage({ kind: 'v2', files: 3 * MIB, pieceLength: MIB }, async (stage) => {
    await stage.seed()
    await readPart(stage, PART)
    await stage.restart()
    const [path] = stage.disk.paths.filter((name) => name.endsWith('/leaves'))
    assert.ok(path)
    stage.disk.poke(path, 400, new Uint8Array(64))
    await stage.assertStreams(stage.add())
  }),
)

test(
  'the rest of a large piece comes from peers without leaves, too',
  onStage({ kind: 'v2', files: 8 * MIB, pieceLength: 4 * MIB }, async (stage) => {
    const seed = await stage.seed()
    await readPart(stage, PART)
    await stage.restart()
    seed.behaviour = SEEDS.hashLying('rejects')
    const { bytesServed } = seed
    await stage.assertStreams(stage.add())
    assert.ok(seed.bytesServed - bytesServed <= 8 * MIB - PART.end, `${seed.bytesServed}`)
  }),
)
