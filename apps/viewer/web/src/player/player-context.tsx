import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import type { FilmWish } from './film-session.ts'

/** What a page asks to be played. */
export interface PlayWish {
  readonly workId: string
  /** Of a series; left out = the one that is next. */
  readonly episodeId?: string | null
  /** Left out = the one that fits best. */
  readonly releaseId?: string | null
  /** Left out = where it was left. */
  readonly fromSeconds?: number
}

/** Over everything, or in a corner while the viewer is elsewhere in the programme. */
export type PlayerMode = 'full' | 'mini'

/** What plays. */
export interface Playing {
  readonly wish: FilmWish
  readonly fromSeconds: number | null
  /** How often play was pressed: asking for the same again counts. */
  readonly presses: number
  readonly mode: PlayerMode
}

/** The one player of the application. */
export interface PlayerHandle {
  /** Null while nothing plays. */
  readonly current: Playing | null
  /** Plays a film over the page; the one that played before ends, its place is kept. */
  readonly play: (wish: PlayWish) => void
  readonly setMode: (mode: PlayerMode) => void
  readonly close: () => void
}

const PlayerContext = createContext<PlayerHandle | null>(null)

/** The player. Only inside a {@link PlayerProvider}. */
export function usePlayer(): PlayerHandle {
  const player = use(PlayerContext)
  if (player === null) throw new Error('bug: no PlayerProvider around this component')
  return player
}

/** Gives the pages inside the player; while it's over them they can't be reached. */
export function PlayerProvider({
  children,
  host,
}: {
  readonly children: ReactNode
  /** Where the player itself is. */
  readonly host: ReactNode
}): ReactNode {
  const [current, setCurrent] = useState<Playing | null>(null)
  const player = useMemo<PlayerHandle>(
    () => ({
      current,
      play: ({ workId, episodeId = null, releaseId = null, fromSeconds }) =>
        setCurrent((before) => ({
          wish: { workId, episodeId, releaseId },
          fromSeconds: fromSeconds ?? null,
          presses: (before?.presses ?? 0) + 1,
          mode: 'full',
        })),
      setMode: (mode) => setCurrent((before) => (before === null ? null : { ...before, mode })),
      close: () => setCurrent(null),
    }),
    [current],
  )
  return (
    <PlayerContext value={player}>
      <div className="under-player" inert={current?.mode === 'full'}>
        {children}
      </div>
      {host}
    </PlayerContext>
  )
}
