import { useEffect, useState } from 'react'
import type { PlayerState } from './player-state.ts'

/** Shorter stalls, as after a seek into what is here, need no words. */
const STALL_PATIENCE_MS = 600
/** A film that is here sooner needs none, either: they would flash up, and drawing them would keep its picture back. */
const OPENING_PATIENCE_MS = 250

/** Whether there is no picture and there should be one, for so long that it must be explained. */
export function useIsWaiting({ playback: { kind } }: PlayerState): boolean {
  const patienceMs =
    kind === 'stalled' ? STALL_PATIENCE_MS : kind === 'opening' ? OPENING_PATIENCE_MS : null
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    setIsLong(false)
    if (patienceMs === null) return undefined
    const timer = setTimeout(() => setIsLong(true), patienceMs)
    return () => clearTimeout(timer)
  }, [patienceMs])
  return kind === 'broken' || (patienceMs !== null && isLong)
}

/** Milliseconds since the component is there, counted in quarters of a second. */
export function useWaitedMs(): number {
  const [startMs] = useState(() => performance.now())
  const [waitedMs, setWaitedMs] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setWaitedMs(performance.now() - startMs), 250)
    return () => clearInterval(timer)
  }, [startMs])
  return waitedMs
}
