import { useEffect, type RefObject } from 'react'
import type { Film, Settings } from '#api'
import { isInFilm } from './film-subtitles.ts'
import type { SubtitleDesk } from './subtitle-desk.ts'
import { releaseTracks } from './subtitle-source.ts'
import { pickTrack } from './subtitle-track.ts'
import type { SubtitleWish } from './subtitle-wish.ts'

/** What the subtitles of a film begin with. */
export interface SubtitleStart {
  readonly film: Film | null
  /** Undefined = not known yet, or lost. */
  readonly settings: Settings | undefined
  readonly isPending: boolean
  /** What the viewer chose by hand, from film to film. */
  readonly wish: RefObject<SubtitleWish | null>
  /** That of the pages. */
  readonly language: string
}

/** Chooses the subtitles of a film when it's opened, and once more when it's known what lies inside. */
export function useSubtitleStart(desk: SubtitleDesk, start: SubtitleStart): void {
  const { film, settings, isPending, wish, language } = start
  // What lies inside a film is known only once it's read.
  const inFilm = desk.state.tracks
    .filter(isInFilm)
    .map(({ id }) => id)
    .join(' ')
  useEffect(() => {
    if (film === null || isPending) return
    const known = [...releaseTracks(film.captions), ...desk.state.tracks.filter(isInFilm)]
    const hand = wish.current
    const wanted = settings?.subtitles ?? []
    const shown = hand === null ? wanted : [hand.language ?? '']
    const fallback = pickTrack(known, [...wanted, language, 'en'])
    desk.begin({
      releaseId: film.releaseId,
      tracks: known,
      wished: pickTrack(known, shown),
      lastId: fallback ?? known[0]?.id ?? null,
    })
  }, [desk, film, isPending, settings, wish, language, inFilm])
}
