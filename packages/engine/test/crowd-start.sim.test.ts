import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { SEEDS, type SeedBehaviour } from '@matinee/testkit'
import type { Torrent } from '../src/index.ts'
import { Stage } from './stage.ts'

/** What the first picture of a film of 4 Mbit/s wants: two seconds. */
const START = { start: 0, end: MIB }
const KINDS = ['v1', 'v2', 'hybrid'] as const
/** 8 Mbit/s. */
const HONEST: SeedBehaviour = { bytesPerSecond: MIB }
const LENGTH = 8 * MIB
/** The most that a silent source is asked for before it brings something. */
const FIRST_BLOCKS = 32

/** How long these seeds take to bring what a film begins with. What is left open fails the test. */
async function startMs(
  kind: (typeof KINDS)[number],
  behaviours: readonly SeedBehaviour[],
  after: (stage: Stage, torrent: Torrent) => Promise<void> = async () => {},
): Promise<number> {
  const stage = await Stage.open({ kind, files: LENGTH, pieceLength: 256 * KIB })
  for (const behaviour of behaviours) await stage.seed(behaviour)
  const torrent = stage.add()
  const bytes = await stage.read(torrent, 0, START)
  const tookMs = stage.clock.nowMs()
  stage.assertRight(bytes, 0, START)
  await after(stage, torrent)
  await stage.end()
  return tookMs
}

for (const kind of KINDS) {
  for (const [what, liar, mostAsked] of [
    ['never answer', SEEDS.lying('never'), FIRST_BLOCKS],
    ['reject everything', SEEDS.lying('rejects'), 24],
  ] as const)
    test(`P5: twenty liars who ${what} add less than half to the start of a ${kind} film, and are not asked on and on`, async () => {
      const honestMs = await startMs(kind, [HONEST])
      const behaviours = [...Array.from({ length: 20 }, () => liar), HONEST]
      const tookMs = await startMs(kind, behaviours, async (stage, torrent) => {
        await stage.assertStreams(torrent)
        for (const { requests } of stage.seeds.slice(0, 20))
          assert.ok(requests.length <= mostAsked, `a liar was asked ${requests.length} times`)
      })
      assert.ok(tookMs <= 1.5 * honestMs, `${tookMs} ms instead of ${honestMs}`)
    })

  test(`P2: nineteen of twenty peers who corrupt a block of each piece at most double the start of a ${kind} film`, async () => {
    const line = { bytesPerSecond: 200_000 }
    const liars = Array.from({ length: 19 }, (_, at): SeedBehaviour => ({
      ...line,
      corrupts: ({ begin }) => begin === (at % 16) * 16 * KIB,
    }))
    const cleanMs = await startMs(kind, [...liars.map(() => line), HONEST])
    const tookMs = await startMs(kind, [...liars, HONEST])
    assert.ok(tookMs <= 2 * cleanMs, `${tookMs} ms instead of ${cleanMs}`)
  })
}
