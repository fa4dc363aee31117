import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { FakeClock, FakeDisk, SeededRandom, nodeHash } from '@matinee/testkit'
import { openStore } from '../../test/store-acts.ts'
import { makeStoredTorrent } from '../../test/stored-torrent.ts'
import { BlockGrid } from '../pick/block-grid.ts'
import { BlockMemory } from '../store/block-memory.ts'
import { HashTrees } from './hash-trees.ts'
import { VerifiedStore } from './verified-store.ts'
import { vouch } from './verified-bytes.ts'

const BLOCK = 16 * KIB

for (const kind of ['v1', 'hybrid'] as const)
  for (const bytesPerSecond of [2 * MIB, 200 * MIB])
    test(`memory of ${kind} blocks that others use again is never read as theirs, with ${bytesPerSecond / MIB} MiB/s of disk`, async () => {
      const made = makeStoredTorrent({
        kind,
        pieceLength: 16 * BLOCK,
        files: [5 * MIB + 7, 100, 0, 4 * MIB],
      })
      const clock = new FakeClock()
      const disk = new FakeDisk({ timing: { clock, bytesPerSecond } })
      const disked = await clock.run(openStore(made, disk, { clock }))
      const { metainfo } = made
      const grid = new BlockGrid(metainfo)
      const trees = new HashTrees(metainfo, grid, nodeHash)
      const memory = new BlockMemory()
      const store = new VerifiedStore({
        metainfo,
        grid,
        hash: nodeHash,
        clock,
        trees,
        store: disked,
        memory,
        onForgotten: () => assert.fail('the disk refuses nothing'),
      })
      const random = new SeededRandom(`${kind} ${bytesPerSecond}`)
      const readRight = async (block: number): Promise<void> => {
        const span = grid.spanOf(block)
        const from = random.below(span.end - span.start)
        const part = { start: span.start + from, end: span.end }
        const outcome = await store.read(part)
        assert.ok(outcome.kind === 'bytes')
        assert.deepEqual(outcome.bytes, vouch(made.bytesOf(part)))
      }
      const pending: Promise<unknown>[] = []
      const written: number[] = []
      for (const block of made.blocks) {
        const span = grid.spanOf(block)
        const bytes = memory.take(span.end - span.start)
        bytes.set(made.bytesOf(span))
        pending.push(store.write([{ block, bytes: vouch(bytes) }]))
        written.push(block)
        pending.push(readRight(written[random.below(written.length)] ?? 0), readRight(block))
        if (block + 1 === grid.dataBlocks(grid.pieceOf(block)).end)
          pending.push(store.agreesWithV1(grid.pieceOf(block)).then((agrees) => assert.ok(agrees)))
        // What comes next is put where blocks were that nobody needs any more.
        memory.give(memory.take(BLOCK).fill(0xee))
        if (random.below(4) === 0) await clock.advance(2)
      }
      await clock.run(Promise.all(pending))
      for (const block of made.blocks) await clock.run(readRight(block))
      await clock.run(disked.close())
    })

test('an array that was given back is empty for whoever has it still', () => {
  const memory = new BlockMemory()
  const first = memory.take(BLOCK).fill(1)
  memory.give(first)
  assert.equal(first.length, 0)
  const second = memory.take(BLOCK).fill(2)
  assert.equal(second.length, BLOCK)
  assert.equal(first.length, 0)
})
