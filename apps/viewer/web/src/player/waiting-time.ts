import { useEffect, useState } from 'react'
import type { PlayerState } from './player-state.ts'

/** Shorter stalls, as after a seek into what is here, need no words. */
const PATIENCE_MS = 600

/** Whether there is no picture and there should be one, for so long that it must be explained. */
export function useIsWaiting({ playback }: PlayerState): boolean {
  const isStalled = playback.kind === 'stalled'
  const [isLong, setIsLong] = useState(false)
  useEffect(() => {
    setIsLong(false)
    if (!isStalled) return undefined
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [isStalled])
  return playback.kind === 'opening' || playback.kind === 'broken' || (isStalled && isLong)
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
