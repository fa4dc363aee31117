import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import type { Film } from '#api'
import type { Ask } from '../api/request.ts'
import type { FilmCores } from './film-cores.ts'
import { proveFilm } from './film-proof.ts'
import { listenToMedia } from './media-element-port.ts'
import { wantsNextStart } from './next-episode.ts'
import { NextStart } from './next-start.ts'
import type { PlayerState } from './player-state.ts'

/** The state of a core, drawn anew when it changes. */
export function useStore<State>(store: {
  readonly state: State
  subscribe(listener: () => void): () => void
}): State {
  return useSyncExternalStore(
    (listener) => store.subscribe(listener),
    () => store.state,
  )
}

/** Puts an opened film into the element, and a film that was opened anew back to its place. */
export function useFilmOpened(
  { core, ways }: FilmCores,
  film: FilmCores['session']['state']['film'],
  fromSeconds: number | null,
  video: RefObject<HTMLVideoElement | null>,
  url: string | null,
): void {
  const isBegun = useRef(false)
  const from = useRef(fromSeconds)
  useEffect(() => {
    const element = video.current
    if (film === null || element === null || url === null) return undefined
    if (!isBegun.current) {
      const starts = film.chapters.map(({ startSeconds }) => startSeconds)
      core.begin(starts, from.current ?? film.resumeSeconds ?? 0)
      isBegun.current = true
    }
    core.reopen()
    const stop = listenToMedia(element, core)
    const stopProof = proveFilm(
      element,
      () => ways.state.sounds.length > 0,
      (what) => ways.missing(what),
    )
    if (core.state.wantsToPlay) core.act({ kind: 'play' })
    return () => {
      stopProof()
      stop()
    }
  }, [core, ways, film, video, url])
}

/** Has the start of the next episode got ready when it may begin by itself soon. */
export function useNextStart(
  ask: Ask,
  film: Film | null,
  { playback, positionSeconds, durationSeconds, rate }: PlayerState,
  playsNext: boolean,
): void {
  const [start] = useState(() => new NextStart(ask))
  const isWanted = wantsNextStart({
    hasNext: film !== null && film.next !== null,
    playsNext,
    isEnded: playback.kind === 'ended',
    durationSeconds,
    remainingSeconds: (durationSeconds - positionSeconds) / rate,
  })
  const streamId = isWanted ? (film?.streamId ?? null) : null
  useEffect(() => start.want(streamId), [start, streamId])
}
