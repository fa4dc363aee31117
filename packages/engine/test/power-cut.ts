import assert from 'node:assert/strict'
import type { MetainfoKind } from '@matinee/protocol'
import { SeededRandom, type FakeDisk } from '@matinee/testkit'
import { WholeScenario } from './whole-scenario.ts'

/** What is verified is kept so long afterwards at the latest (A2), the time for writing it included. */
const CHECKPOINT_MS = 5500
/** Calls of the scenario, or a few less; a cut behind its end tests a clean one. */
const CALLS = 150
const KINDS: readonly MetainfoKind[] = ['hybrid', 'v1', 'v2']

/**
 * The whole scenario, ended by a power cut at a disk call that the seed picks: every block that the disk claims is
 * right, nothing is lost that a checkpoint or an end in good order had kept, and the film comes to its end afterwards.
 * Returns how many bytes were claimed.
 */
export async function liveThroughCut(seed: number): Promise<number> {
  const random = new SeededRandom(`whole scenario/${seed}`)
  const scenario = await WholeScenario.open(KINDS[seed % KINDS.length] ?? 'hybrid')
  const { stage, disk } = scenario
  let left: FakeDisk | null = null
  let cutMs = Number.POSITIVE_INFINITY
  disk.atCall(disk.calls.length + 1 + random.below(CALLS), () => {
    scenario.isCut = true
    cutMs = stage.clock.nowMs()
    left = disk.crash(random)
  })
  await scenario.run()
  scenario.disk = left ?? disk.crash(random)
  const what = `seed ${seed}`
  const claimed = await scenario.assertClaimsRight(what)
  const kept = scenario.claims.filter((one) => one.isKept || one.atMs + CHECKPOINT_MS < cutMs)
  const most = Math.max(0, ...kept.map(({ bytes }) => bytes))
  assert.ok(claimed >= most, `${what}: ${claimed} bytes of ${most} that were acknowledged`)
  scenario.isCut = false
  assert.ok(await scenario.watchAll(), `${what}: the film doesn't come any more`)
  await scenario.end()
  return claimed
}
