import type { Clock } from '@matinee/base'

/** A clock that runs so many times as fast as the real one: pauses of seconds are over in moments. */
export function quickClock(factor: number): Clock {
  const startMs = performance.now()
  const wallStartMs = Date.parse('2026-11-21T12:00:00Z')
  const nowMs = (): number => (performance.now() - startMs) * factor
  return {
    nowMs,
    wallMs: () => wallStartMs + nowMs(),
    setTimer: (delayMs, run) => {
      const timer = setTimeout(run, delayMs / factor)
      return { cancel: () => clearTimeout(timer) }
    },
  }
}
