import type { Film } from '#api'
import type { WorkRecord } from '@matinee/catalogue'
import { episodesOf } from './episodes.ts'
import type { FilmChoice } from './film-choice.ts'
import type { Viewer } from './viewer.ts'
import { seasonName } from './work-texts.ts'
import { serverText } from './words/server-words.ts'

/** As the record has it, in seconds; null = it doesn't say. */
export function durationOf(record: WorkRecord, { video }: FilmChoice): number | null {
  const episodes = record.seasons.flatMap((season) => season.episodes)
  const episode = episodes.find(({ id }) => id === video.episode)
  return video.durationSeconds ?? episode?.durationSeconds ?? record.durationSeconds ?? null
}

/** Of an episode, or of a work that is one film. */
export function chaptersOf(record: WorkRecord, episodeId: string | null): WorkRecord['chapters'] {
  if (episodeId === null) return record.chapters
  const episodes = record.seasons.flatMap((season) => season.episodes)
  return episodes.find(({ id }) => id === episodeId)?.chapters ?? []
}

/** What a player says of an episode, and of the one that follows it. */
export function episodeWords(
  record: WorkRecord,
  episodeId: string | null,
  viewer: Viewer,
): Pick<Film, 'subtitle' | 'next'> {
  const episodes = episodesOf(record, viewer)
  const at = episodes.findIndex(({ id }) => id === episodeId)
  const episode = episodes[at]
  const next = at === -1 ? undefined : episodes[at + 1]
  const season = record.seasons.find(({ number }) => number === episode?.seasonNumber)
  return {
    subtitle:
      episode === undefined || season === undefined
        ? null
        : serverText(viewer.language, 'film.episode', {
            number: String(episode.number),
            season: seasonName(season, viewer),
            title: episode.title,
          }),
    next: next === undefined ? null : { episodeId: next.id, title: next.title },
  }
}
