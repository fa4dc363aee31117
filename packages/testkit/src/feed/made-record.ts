import { hash } from 'node:crypto'
import { madeRights } from './made-rights.ts'
import {
  MADE_BOOK,
  madeEpisodeId,
  madeSeconds,
  type MadeEpisode,
  type MadeText,
  type MadeWork,
} from './made-work.ts'

/** JSON of a record or a part of it; who reads it validates it. */
export type MadeJson = Readonly<Record<string, unknown>>

/**
 * The record of a made-up work, as JSON.
 *
 * @param releases its torrents; left out: one that nobody has, with hashes of nothing
 */
export function madeRecord(work: MadeWork, releases?: readonly MadeJson[]): MadeJson {
  const { id, kind, year, countries, languages, genres, title } = work
  const people = peopleOf(work)
  const makers = people.filter(({ roles }) => !roles.includes('cast')).map(({ name }) => name)
  return {
    type: 'matinee-record',
    version: 1,
    id,
    kind,
    title: { text: title, language: work.titleLanguage },
    year,
    ...(work.endYear === undefined ? {} : { endYear: work.endYear }),
    countries,
    languages,
    ...(kind === 'series' ? {} : { durationSeconds: madeSeconds(work) }),
    genres,
    translations: { en: text(work.en), fr: text(work.fr) },
    people,
    ...(work.seasons === undefined ? {} : { seasons: seasonsOf(work) }),
    releases: work.state === 'candidate' ? [] : (releases ?? [absentRelease(work)]),
    chapters: (work.chapters ?? []).map(([startSeconds, en, fr]) => ({
      startSeconds,
      titles: { en, fr },
    })),
    advisories: (work.advisories ?? []).map((advisory) => {
      const [kindOf, degree] = advisory.split(' ')
      return { kind: kindOf, degree }
    }),
    ages: agesOf(work),
    ...madeRights(work, makers.slice(0, 1)),
    ...(work.rights.kind === 'licence' && year >= 2015
      ? { donations: [donation(work, makers[0] ?? title)] }
      : {}),
    links: [{ kind: 'official', url: `https://films.example/${id}` }],
  }
}

function agesOf({ minYears }: MadeWork): readonly MadeJson[] {
  return minYears === undefined ? [] : [{ scheme: 'maker', label: `${minYears}+`, minYears }]
}

function text({ title, synopsis }: MadeText): MadeJson {
  return { ...(title === undefined ? {} : { title }), synopsis }
}

interface MadePerson {
  readonly name: string
  readonly roles: readonly string[]
  readonly otherNames: readonly string[]
}

/** In the order of first mention, each person once with all roles. */
function peopleOf(work: MadeWork): MadePerson[] {
  const rolesOf = new Map<string, string[]>()
  for (const credit of work.people.split(' ')) {
    const [role = '', key = ''] = credit.split(':')
    rolesOf.set(key, [...(rolesOf.get(key) ?? []), role])
  }
  return [...rolesOf].map(([key, roles]) => {
    const [name = key, ...otherNames] = MADE_BOOK.people[key] ?? []
    return { name, roles, otherNames }
  })
}

function seasonsOf({ seasons = [] }: MadeWork): MadeJson[] {
  return seasons.map((season) => ({
    number: season.number,
    year: season.year,
    episodes: season.episodes.map((episode) => ({
      id: madeEpisodeId(season.number, episode.number),
      number: episode.number,
      durationSeconds: madeSeconds(episode),
      translations: {
        en: { title: episode.en, synopsis: `Episode ${episode.number}: ${episode.en}.` },
        fr: { title: episode.fr, synopsis: `Épisode ${episode.number} : ${episode.fr}.` },
      },
    })),
  }))
}

function donation({ id }: MadeWork, payee: string): MadeJson {
  return { id: 'maker', kind: 'payment-link', payee, url: `https://films.example/${id}/give` }
}

/** A release of the right shape whose torrent is nowhere. */
function absentRelease(work: MadeWork): MadeJson {
  const { id, languages, seasons = [] } = work
  const video = (path: string, seconds: number, episode: string | null): MadeJson => ({
    path,
    length: seconds * 250_000,
    root: hash('sha256', `root of ${id}/${path}`),
    ...(episode === null ? {} : { episode }),
    container: 'mp4',
    durationSeconds: seconds,
    width: work.year < 1955 ? 960 : 1280,
    height: 720,
    codecs: ['avc1.64001f', 'mp4a.40.2'],
    languages,
  })
  const episodes = seasons.flatMap(({ number, episodes: all }) =>
    all.map((episode: MadeEpisode) => {
      const name = madeEpisodeId(number, episode.number)
      return video(`${name}.mp4`, madeSeconds(episode), name)
    }),
  )
  const isSpoken = !languages.includes('zxx') && episodes.length === 0
  return {
    kind: 'release',
    id: 'main',
    label: '720p',
    infoHashes: { v2: hash('sha256', `torrent of ${id}`) },
    videos: episodes.length > 0 ? episodes : [video(`${id}.mp4`, madeSeconds(work), null)],
    subtitles: (isSpoken ? ['en', 'fr'] : []).map((language) => ({
      path: `${id}.${language}.vtt`,
      length: 20_000,
      root: hash('sha256', `root of ${id}.${language}.vtt`),
      language,
      format: 'webvtt',
    })),
  }
}
