/** The episodes that a call of `feed add` brings, and the seasons of the record with them. */
import { basename } from 'node:path'
import type { JsonObject } from '@matinee/catalogue'
import { UsageError } from '../command.ts'
import type { Questions } from '../questions.ts'
import type { FilmFacts } from '../release/film-facts.ts'
import type { ChapterSource } from '../release/release-order.ts'
import {
  isSamePlace,
  parseEpisodePlace,
  placeInName,
  placeWords,
  readPlacedText,
  type EpisodePlace,
  type PlacedText,
} from './episode-place.ts'
import { readPair, type FilmArgument, type IntakeOptions } from './intake-options.ts'
import { objectIn, objectsIn } from './json-fields.ts'

/** An episode of which this call has films. */
export interface IntakeEpisode {
  readonly place: EpisodePlace
  /** Its id in the record, for ever the same. */
  readonly id: string
  /** Of its first film. */
  readonly durationSeconds: number
}

/** What {@link seasonsWith} puts together. */
export interface SeasonsOrder {
  readonly values: IntakeOptions
  /** Fields of the record that is there. */
  readonly known: JsonObject
  readonly episodes: readonly IntakeEpisode[]
  readonly chapters: readonly ChapterSource[]
  /** In which titles are asked for. */
  readonly language: string
  readonly questions: Questions
}

/**
 * Which episode each film is: what was said, else what its name says, else what somebody answers. In the order of the
 * films. Throws {@link UsageError}.
 */
export async function readEpisodes(
  films: readonly FilmArgument[],
  facts: readonly FilmFacts[],
  known: JsonObject,
  questions: Questions,
): Promise<readonly IntakeEpisode[]> {
  const found: IntakeEpisode[] = []
  for (const [at, film] of films.entries()) {
    const place = film.place ?? (await askPlace(film.path, questions))
    const same = found.find((each) => isSamePlace(each.place, place))
    const durationSeconds = Math.max(1, Math.round(facts[at]?.durationSeconds ?? 1))
    found.push(same ?? { place, id: idOf(place, known), durationSeconds })
  }
  return found
}

async function askPlace(path: string, questions: Questions): Promise<EpisodePlace> {
  const usual = placeInName(path)
  const said = await questions.ask({
    option: `S1E2=${basename(path)}`,
    text: `Which episode ${basename(path)} is, as S1E2`,
    usual: usual === null ? null : placeWords(usual),
    fault: (text) => (parseEpisodePlace(text) === null ? 'season and number, as S1E2' : null),
  })
  const place = parseEpisodePlace(said)
  if (place === null) throw new UsageError(`${said} is no episode, as S1E2`)
  return place
}

/** Of the episode that has these numbers already, else a new one. */
function idOf({ season, episode }: EpisodePlace, known: JsonObject): string {
  const seasons = objectsIn(known, 'seasons')
  const there = seasons
    .filter(({ number }) => number === season)
    .flatMap((each) => objectsIn(each, 'episodes'))
    .find(({ number }) => number === episode)
  if (typeof there?.['id'] === 'string') return there['id']
  const taken = new Set<unknown>(
    seasons.flatMap((each) => objectsIn(each, 'episodes')).map(({ id }) => id),
  )
  const usual = `s${season}e${episode}`
  let id = usual
  for (let count = 2; taken.has(id); count++) id = `${usual}-${count}`
  return id
}

/** The id of the episode that a file is of; `undefined` in a work without episodes. Throws {@link UsageError}. */
export function episodeOfFile(
  option: string,
  { place, text }: PlacedText,
  episodes: readonly IntakeEpisode[],
): string | undefined {
  const [first, ...others] = episodes
  if (first === undefined) {
    if (place === null) return undefined
    throw new UsageError(`${option} ${placeWords(place)}: is for a series`)
  }
  if (place === null) {
    if (others.every(({ id }) => id === first.id)) return first.id
    throw new UsageError(
      `${option} ${text}: of which episode? Say it as ${placeWords(first.place)}:${text}`,
    )
  }
  const found = episodes.find((each) => isSamePlace(each.place, place))
  if (found === undefined)
    throw new UsageError(
      `${option} ${placeWords(place)}: none of the films is ${placeWords(place)}`,
    )
  return found.id
}

/** The usual name of the release that these episodes are in: `s1e3`, or `s1e3-s1e5`. */
export function episodesName(episodes: readonly IntakeEpisode[]): string {
  const sorted = episodes.map(({ place }) => place).toSorted(byPlace)
  const names = [sorted[0], sorted.at(-1)].map((place) =>
    place === undefined ? '' : placeWords(place).toLowerCase(),
  )
  return [...new Set(names)].join('-')
}

/**
 * The seasons of the record: those that were there, with the episodes of this call and what options say of seasons and
 * episodes. Titles that nobody said are asked for. Throws {@link UsageError}.
 */
export async function seasonsWith(order: SeasonsOrder): Promise<readonly JsonObject[]> {
  const { values, known, episodes, chapters, language, questions } = order
  const seasons = new SeasonBook(known)
  for (const episode of new Map(episodes.map((each) => [each.id, each])).values()) {
    const { place, id, durationSeconds } = episode
    const own = chapters.filter((each) => each.episode === id)
    seasons.add(place, {
      id,
      number: place.episode,
      durationSeconds,
      ...(own.length === 0
        ? {}
        : { chapters: own.map(({ startSeconds, titles }) => ({ startSeconds, titles })) }),
    })
  }
  for (const [option, field] of [
    ['--title-in', 'title'],
    ['--synopsis', 'synopsis'],
  ] as const)
    for (const said of values[option === '--title-in' ? 'title-in' : 'synopsis']) {
      const placed = readPlacedText(said)
      if (placed.place === null) continue
      const [key, text] = readPair(option, placed.text)
      seasons.translate(option, placed, key, { [field]: text })
    }
  for (const said of values.aired) {
    const placed = readPlacedText(said)
    if (placed.place === null || placed.place.episode === null)
      throw new UsageError(`--aired ${said} is not of the form S1E2:1931-05-01`)
    seasons.date(placed)
  }
  for (const { place } of episodes) {
    if (seasons.hasTitle(place)) continue
    const text = `Title of ${placeWords(place)}, in the language ${language}`
    const title = await questions.ask({ option: '--title-in', text, usual: '' })
    const placed = { place, text: '' }
    if (title !== '') seasons.translate('--title-in', placed, language, { title })
  }
  return seasons.toJson()
}

interface SeasonDraft {
  fields: JsonObject
  readonly episodes: Map<number, JsonObject>
}

/** Seasons that are being put together. */
class SeasonBook {
  readonly #seasons = new Map<number, SeasonDraft>()

  constructor(known: JsonObject) {
    for (const fields of objectsIn(known, 'seasons')) {
      const episodes = objectsIn(fields, 'episodes').map((each): [number, JsonObject] => [
        Number(each['number']),
        each,
      ])
      this.#seasons.set(Number(fields['number']), { fields, episodes: new Map(episodes) })
    }
  }

  add({ season, episode }: EpisodePlace, fields: JsonObject): void {
    const draft = this.#seasons.get(season) ?? { fields: { number: season }, episodes: new Map() }
    this.#seasons.set(season, draft)
    draft.episodes.set(episode, { ...draft.episodes.get(episode), ...fields })
  }

  hasTitle({ season, episode }: EpisodePlace): boolean {
    const there = objectIn(this.#seasons.get(season)?.episodes.get(episode) ?? {}, 'translations')
    return Object.keys(there).some((key) => 'title' in objectIn(there, key))
  }

  translate(option: string, placed: PlacedText, language: string, added: JsonObject): void {
    this.#change(option, placed, (fields) => {
      const there = objectIn(fields, 'translations')
      const translation = { ...objectIn(there, language), ...added }
      return { ...fields, translations: { ...there, [language]: translation } }
    })
  }

  date(placed: PlacedText): void {
    this.#change('--aired', placed, (fields) => ({ ...fields, aired: placed.text }))
  }

  toJson(): readonly JsonObject[] {
    return [...this.#seasons]
      .toSorted(([one], [other]) => one - other)
      .map(([, { fields, episodes }]) => ({
        ...fields,
        episodes: [...episodes].toSorted(([one], [other]) => one - other).map(([, each]) => each),
      }))
  }

  #change(option: string, { place }: PlacedText, change: (fields: JsonObject) => JsonObject): void {
    if (place === null) return
    const season = this.#seasons.get(place.season)
    const episode = place.episode === null ? null : season?.episodes.get(place.episode)
    if (season === undefined || episode === undefined)
      throw new UsageError(`${option}: the series has no ${placeWords(place)}`)
    if (episode === null || place.episode === null) season.fields = change(season.fields)
    else season.episodes.set(place.episode, change(episode))
  }
}

function byPlace(one: EpisodePlace, other: EpisodePlace): number {
  return one.season - other.season || one.episode - other.episode
}
