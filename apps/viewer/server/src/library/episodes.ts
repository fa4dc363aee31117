import type { Season, WorkRecord } from '@matinee/catalogue'
import type { ShelfEpisode } from '../shelf/shelf-catalogue.ts'
import type { Viewer } from './viewer.ts'
import { episodeTitle } from './work-texts.ts'

/** Seasons in the order in which they're watched: specials (season 0) come last. */
export function seasonsInOrder({ seasons }: Pick<WorkRecord, 'seasons'>): Season[] {
  return seasons.toSorted(
    (a, b) => Number(a.number === 0) - Number(b.number === 0) || a.number - b.number,
  )
}

/** The episodes of a series in the order in which they're watched. */
export function episodesOf(record: WorkRecord, viewer: Viewer): ShelfEpisode[] {
  return seasonsInOrder(record).flatMap((season) =>
    season.episodes
      .toSorted((a, b) => a.number - b.number)
      .map((episode) => ({
        id: episode.id,
        seasonId: String(season.number),
        seasonNumber: season.number,
        number: episode.number,
        title: episodeTitle(episode, viewer),
        durationSeconds: episode.durationSeconds ?? null,
      })),
  )
}
