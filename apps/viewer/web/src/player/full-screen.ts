import { useEffect, type RefObject } from 'react'
import type { PlayerCore } from './player-core.ts'

/** Tells the player whether it fills the screen, and ends that when it goes to its corner. */
export function useFullScreen(
  core: PlayerCore,
  host: RefObject<HTMLDivElement | null>,
  isMini: boolean,
): void {
  useEffect(() => {
    const tell = (): void =>
      core.tell({ kind: 'full-screen', isFullScreen: document.fullscreenElement === host.current })
    // The next episode comes into an element that fills the screen already.
    tell()
    document.addEventListener('fullscreenchange', tell)
    return () => document.removeEventListener('fullscreenchange', tell)
  }, [core, host])
  useEffect(() => {
    if (isMini && document.fullscreenElement === host.current) void document.exitFullscreen()
  }, [isMini, host])
}
