import { useEffect } from 'react'
import type { Work } from '#api'
import { localText } from '../i18n/language.ts'
import { useText } from '../i18n/text.tsx'
import type { PlayerCore } from './player-core.ts'
import type { PlayerAct, PlayerState } from './player-state.ts'

/** Lets the system's media keys and its lock screen work the player. */
export function useMediaSession(work: Work, core: PlayerCore, state: PlayerState): void {
  const { language } = useText()
  const title = localText(work.title, language)
  const isPlaying = state.playback.kind === 'playing'
  useEffect(() => {
    if (!('mediaSession' in navigator)) return undefined
    const session = navigator.mediaSession
    session.metadata = new MediaMetadata({
      title,
      artist: work.by ?? '',
      artwork: work.posterUrl === null ? [] : [{ src: work.posterUrl }],
    })
    const acts: readonly (readonly [MediaSessionAction, (at: number | undefined) => PlayerAct])[] =
      [
        ['play', () => ({ kind: 'play' })],
        ['pause', () => ({ kind: 'pause' })],
        ['seekbackward', () => ({ kind: 'seek-by', seconds: -10 })],
        ['seekforward', () => ({ kind: 'seek-by', seconds: 10 })],
        ['previoustrack', () => ({ kind: 'chapter-by', step: -1 })],
        ['nexttrack', () => ({ kind: 'chapter-by', step: 1 })],
        ['seekto', (at) => ({ kind: 'seek-to', seconds: at ?? 0 })],
      ]
    for (const [name, act] of acts)
      session.setActionHandler(name, ({ seekTime }) => core.act(act(seekTime)))
    return () => {
      session.metadata = null
      for (const [name] of acts) session.setActionHandler(name, null)
    }
  }, [core, title, work])
  useEffect(() => {
    if ('mediaSession' in navigator)
      navigator.mediaSession.playbackState = isPlaying ? 'playing' : 'paused'
  }, [isPlaying])
}
