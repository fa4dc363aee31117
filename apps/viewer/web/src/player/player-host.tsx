import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import type { Connection } from '../api/connection-core.ts'
import { Evening } from './evening.ts'
import { pageClock } from './page-clock.ts'
import { LaterFilmPlayer } from './later-film-player.ts'
import { usePlayer } from './player-context.tsx'
import type { SubtitleWish } from './subtitle-wish.ts'
import './player-host.css'

/** Where the film is: over everything, or in a corner. There is one for the whole application. */
export function PlayerHost({ connection }: { readonly connection: Connection }): ReactNode {
  const { current, setMode } = usePlayer()
  const host = useRef<HTMLDivElement | null>(null)
  const subtitles = useRef<SubtitleWish | null>(null)
  const [evening] = useState(() => new Evening(pageClock))
  const isPlaying = current !== null
  const isFull = current?.mode === 'full'
  const [location] = useLocation()
  const presses = current?.presses ?? 0
  const playedAt = useRef({ location, presses })
  useEffect(() => {
    const before = playedAt.current
    playedAt.current = { location, presses }
    // The viewer went to another page, and the film goes along in its corner. What the new page plays stays big.
    if (isPlaying && before.presses === presses && before.location !== location) setMode('mini')
  }, [location, presses, isPlaying, setMode])
  useEffect(() => {
    document.documentElement.classList.toggle('has-film', isFull)
    return () => document.documentElement.classList.remove('has-film')
  }, [isFull])
  if (current === null) return null
  const { workId, episodeId, releaseId } = current.wish
  return (
    <div ref={host} className="player-host house" data-mode={current.mode}>
      <LaterFilmPlayer
        // Another film has other cores; the element that fills the screen stays.
        key={[workId, episodeId, releaseId].join(' ')}
        playing={current}
        host={host}
        subtitleWish={subtitles}
        evening={evening}
        connection={connection}
      />
    </div>
  )
}
