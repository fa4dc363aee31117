import { monitorEventLoopDelay, performance } from 'node:perf_hooks'

/** What the process did for some time. */
export interface SoakEffort {
  /** How late timers were: 99 of a hundred were less, in milliseconds. */
  readonly lagMs: number
  /** 1 = one processor was busy all the time. */
  readonly processors: number
}

const RESOLUTION_MS = 5

/** What the process does while something goes on. */
export async function effortOf(work: () => Promise<unknown>): Promise<SoakEffort> {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  const [sinceMs, before] = [performance.now(), process.cpuUsage()]
  delays.enable()
  await work()
  delays.disable()
  const { user, system } = process.cpuUsage(before)
  const elapsedMs = performance.now() - sinceMs
  return {
    // What is measured is from one timer to the next.
    lagMs: Math.max(0, delays.percentile(99) / 1e6 - RESOLUTION_MS),
    processors: (user + system) / 1000 / elapsedMs,
  }
}
