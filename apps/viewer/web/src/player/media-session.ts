import { useEffect, useRef } from 'react'
import type { Film } from '#api'
import type { PlayerAct, PlayerState } from './player-state.ts'

/** Lets the system's media keys and its lock screen work the player. */
export function useMediaSession(
  film: Film | null,
  act: (act: PlayerAct) => void,
  state: PlayerState,
): void {
  const acting = useRef(act)
  useEffect(() => {
    acting.current = act
  })
  const hasNext = film !== null && film.next !== null
  const title = film?.title ?? ''
  const artist = film?.subtitle ?? ''
  const isPlaying = state.playback.kind === 'playing'
  useEffect(() => {
    if (!('mediaSession' in navigator)) return undefined
    const session = navigator.mediaSession
    session.metadata = new MediaMetadata({ title, artist })
    const handlers: readonly (readonly [
      MediaSessionAction,
      (at: number | undefined) => PlayerAct,
    ])[] = [
      ['play', () => ({ kind: 'play' })],
      ['pause', () => ({ kind: 'pause' })],
      ['seekbackward', () => ({ kind: 'seek-by', seconds: -10 })],
      ['seekforward', () => ({ kind: 'seek-by', seconds: 10 })],
      ['previoustrack', () => ({ kind: 'chapter-by', step: -1 })],
      ['nexttrack', () => (hasNext ? { kind: 'next-episode' } : { kind: 'chapter-by', step: 1 })],
      ['seekto', (at) => ({ kind: 'seek-to', seconds: at ?? 0 })],
    ]
    for (const [name, asked] of handlers)
      session.setActionHandler(name, ({ seekTime }) => acting.current(asked(seekTime)))
    return () => {
      session.metadata = null
      for (const [name] of handlers) session.setActionHandler(name, null)
    }
  }, [title, artist, hasNext])
  useEffect(() => {
    if ('mediaSession' in navigator)
      navigator.mediaSession.playbackState = isPlaying ? 'playing' : 'paused'
  }, [isPlaying])
}
