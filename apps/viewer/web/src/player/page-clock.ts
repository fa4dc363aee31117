import type { PlayerClock } from './media-port.ts'

/** The page's time. */
export const pageClock: PlayerClock = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}
