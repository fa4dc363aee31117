/** Where an episode stands in its series, as people write it: `S1E2`. Pure. */
import { basename } from 'node:path'

/** A season, or an episode of one. */
export interface SeasonPlace {
  readonly season: number
  /** `null` = the season as a whole. */
  readonly episode: number | null
}

/** An episode by its numbers. */
export interface EpisodePlace extends SeasonPlace {
  readonly episode: number
}

/** An option's value, and what of a series it is about. */
export interface PlacedText {
  /** `null` = the work as a whole. */
  readonly place: SeasonPlace | null
  readonly text: string
}

const FILM = /^S(\d{1,3})E(\d{1,4})=(.+)$/isu
const PLACED = /^S(\d{1,3})(?:E(\d{1,4}))?:(.*)$/isu
/** `s01e02`, `S1.E2`, `1x02` in a file's name. */
const IN_NAMES = [
  /(?<![a-z0-9])s(\d{1,3})[ ._-]?e(\d{1,4})(?!\d)/iu,
  /(?<![a-z0-9])(\d{1,2})x(\d{2,3})(?![a-z0-9])/iu,
]

/** `S1E2=film.mp4` as place and path; `null` = the text is a path alone. */
export function readPlacedFilm(
  text: string,
): { readonly place: EpisodePlace; readonly path: string } | null {
  const [, season, episode, path = ''] = FILM.exec(text) ?? []
  return season === undefined || episode === undefined
    ? null
    : { place: { season: Number(season), episode: Number(episode) }, path }
}

/** `S1E2:text` or `S1:text` as its parts. */
export function readPlacedText(text: string): PlacedText {
  const [, season, episode, rest = ''] = PLACED.exec(text) ?? []
  if (season === undefined) return { place: null, text }
  const number = episode === undefined ? null : Number(episode)
  return { place: { season: Number(season), episode: number }, text: rest.trim() }
}

/** `S1E2`, which somebody typed; `null` = it is none. */
export function parseEpisodePlace(text: string): EpisodePlace | null {
  return readPlacedFilm(`${text.trim()}=.`)?.place ?? null
}

/** What a file's name says of its place, or `null`. */
export function placeInName(path: string): EpisodePlace | null {
  for (const pattern of IN_NAMES) {
    const [, season, episode] = pattern.exec(basename(path)) ?? []
    if (season !== undefined && episode !== undefined)
      return { season: Number(season), episode: Number(episode) }
  }
  return null
}

/** `S1E2`, or `S1` for a season. */
export function placeWords({ season, episode }: SeasonPlace): string {
  return episode === null ? `S${season}` : `S${season}E${episode}`
}

/** Whether two are the same. */
export function isSamePlace(one: SeasonPlace, other: SeasonPlace): boolean {
  return one.season === other.season && one.episode === other.episode
}
