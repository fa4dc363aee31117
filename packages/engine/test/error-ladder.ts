import assert from 'node:assert/strict'
import type { DiskErrorCode } from '@matinee/base'
import type { MetainfoKind } from '@matinee/protocol'
import { WholeScenario } from './whole-scenario.ts'

/** Which calls fail, and how. */
export interface Ladder {
  readonly kind: MetainfoKind
  readonly of: 'disk' | 'network'
  readonly times: 'once' | 'forever'
  /** Of a disk. */
  readonly code: DiskErrorCode
  /** Only each so manieth rung, so that a run is short; default all. */
  readonly stride?: number
}

/**
 * Runs the whole scenario again and again; in round n its n-th call fails, once or from there on. In every round
 * nothing unverified is read, sent or claimed, every error has a class, the application goes on when the fault is
 * gone, and nothing is left open. Returns how many calls the scenario makes.
 */
export async function climb(ladder: Ladder): Promise<number> {
  const { stride = 1 } = ladder
  // Calls by calls, beginning somewhere else for each ladder, so that short runs together see more.
  let n = 1 + (`${ladder.of} ${ladder.times} ${ladder.code}`.length % stride)
  while (await climbTo(n, ladder)) n += stride
  return n
}

/** One round. False when the scenario made fewer calls than that. */
async function climbTo(n: number, { kind, of, times, code }: Ladder): Promise<boolean> {
  const scenario = await WholeScenario.open(kind)
  const { disk, faulty } = scenario
  const before = disk.calls.length
  if (of === 'disk') disk.failNth({ n, times, code })
  else faulty.fail({ n, times })
  const what = `call ${n} of the ${of} (${of === 'disk' ? `${code}, ` : ''}${times})`
  try {
    await scenario.run()
    const calls = of === 'disk' ? disk.calls.length - before : faulty.calls.length
    disk.clearFaults()
    faulty.clear()
    await scenario.assertClaimsRight(what)
    assert.ok(
      await scenario.watchAll(),
      `${what}: the film doesn't come although all is well again`,
    )
    await scenario.end()
    return calls >= n
  } catch (error) {
    throw new Error(`${what}: ${String(error)}`, { cause: error })
  }
}
