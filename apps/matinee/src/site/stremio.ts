/**
 * The site as an add-on of Stremio: its protocol is JSON at fixed addresses, so a static server can give it out. Ids hold letters,
 * digits, hyphens and full stops only: they are names of files, too.
 */
import type { EpisodeId } from '@matinee/catalogue'
import type { CalendarDate } from '@matinee/rights'
import { episodeSynopsis, episodeTitle } from '@matinee/viewer'
import { namesOf } from './page-frame.ts'
import { episodesOf, swarmPlaceOf, type SiteFilm } from './site-film.ts'
import type { SiteModel, SiteWork } from './site-model.ts'
import { filmsFor } from './work-pages.ts'
import { picturePlace, posterPath, wordsOf, workPath } from './work-words.ts'

/** So many works a catalogue's answer has at most: players ask for the next ones by `skip`. */
const CATALOGUE_PAGE = 100
const TYPES = ['movie', 'series'] as const
type StremioType = (typeof TYPES)[number]

type Json = Readonly<Record<string, unknown>>

/** The add-on's files by their paths from the site's root. */
export function stremioFiles(model: SiteModel, baseUrl: string): ReadonlyMap<string, Json> {
  const files = new Map<string, Json>([['manifest.json', manifest(model)]])
  for (const type of TYPES) {
    const works = model.works.filter((work) => typeOf(work) === type)
    const metas = works.map((work) => preview(model, work, baseUrl))
    for (let at = 0; at === 0 || at < metas.length; at += CATALOGUE_PAGE) {
      const place = at === 0 ? 'all' : `all/skip=${at}`
      files.set(`catalog/${type}/${place}.json`, { metas: metas.slice(at, at + CATALOGUE_PAGE) })
    }
    // Whoever asks for more than there is gets an end.
    const end = Math.ceil(metas.length / CATALOGUE_PAGE) * CATALOGUE_PAGE
    if (end > 0) files.set(`catalog/${type}/all/skip=${end}.json`, { metas: [] })
    for (const work of works) {
      files.set(`meta/${type}/${idOf(model, work)}.json`, { meta: meta(model, work, baseUrl) })
      for (const [id, films] of videosOf(model, work)) {
        files.set(`stream/${type}/${id}.json`, streamsAnswer(model, films))
        files.set(`subtitles/${type}/${id}.json`, { subtitles: subtitlesOf(films, baseUrl) })
      }
    }
  }
  return files
}

function manifest(model: SiteModel): Json {
  const { fingerprint, head, works } = model
  const { name, description } = namesOf(model)
  const types = TYPES.filter((type) => works.some((work) => typeOf(work) === type))
  const email = head.contact?.email
  return {
    id: `matinee.feed.${fingerprint.slice(0, 32)}`,
    version: '1.0.0',
    name,
    description: description === '' ? name : description,
    resources: ['catalog', 'meta', 'stream', 'subtitles'],
    types,
    idPrefixes: [prefixOf(model)],
    catalogs: types.map((type) => ({ type, id: 'all', name, extra: [{ name: 'skip' }] })),
    ...(email === undefined ? {} : { contactEmail: email }),
    behaviorHints: { p2p: true },
  }
}

function typeOf({ record }: SiteWork): StremioType {
  return record.kind === 'series' ? 'series' : 'movie'
}

function prefixOf({ fingerprint }: SiteModel): string {
  return `mtn.${fingerprint.slice(0, 12)}.`
}

function idOf(model: SiteModel, { record }: SiteWork): string {
  return `${prefixOf(model)}${record.id}`
}

function preview(model: SiteModel, work: SiteWork, baseUrl: string): Json {
  const { title, synopsis, summary } = wordsOf(work, model)
  const { year, endYear, makers, genres } = summary
  const poster = new URL(posterPath(work), baseUrl).href
  return {
    id: idOf(model, work),
    type: typeOf(work),
    name: title,
    poster,
    posterShape: 'poster',
    ...(genres.length === 0 ? {} : { genres: genres.map(capital) }),
    ...(year === null ? {} : { releaseInfo: releaseInfo(work, year, endYear) }),
    ...(makers.length === 0 ? {} : { director: makers }),
    ...(synopsis === null ? {} : { description: synopsis.text }),
  }
}

function meta(model: SiteModel, work: SiteWork, baseUrl: string): Json {
  const { record, still } = work
  const slip = work.releases[0]?.slip
  const cast = record.people.filter(({ roles }) =>
    roles.some((role) => role === 'cast' || role === 'voice'),
  )
  const links =
    slip === undefined || slip.licence.url === null
      ? []
      : [{ name: slip.licence.name, category: 'licence', url: slip.licence.url }]
  const minutes = record.durationSeconds
  const said = preview(model, work, baseUrl)
  return {
    ...said,
    // The credit goes where the film goes.
    description: [said['description'], slip?.attribution]
      .filter((each) => typeof each === 'string' && each !== '')
      .join('\n\n'),
    ...(still === null ? {} : { background: new URL(picturePlace(still), baseUrl).href }),
    ...(cast.length === 0 ? {} : { cast: cast.slice(0, 20).map(({ name }) => name) }),
    ...(minutes === undefined ? {} : { runtime: `${Math.max(1, Math.round(minutes / 60))}m` }),
    ...(record.kind === 'series' ? { videos: videos(model, work) } : {}),
    website: new URL(workPath(work), baseUrl).href,
    links,
  }
}

function videos(model: SiteModel, work: SiteWork): readonly Json[] {
  return episodesOf(work).map(({ season, episode }) => {
    const overview = episodeSynopsis(episode, model.viewer)
    return {
      id: `${idOf(model, work)}.${episode.id}`,
      title: episodeTitle(episode, model.viewer),
      // Asked of every video; where it isn't known, the day it came here.
      released: moment(episode.aired ?? work.added),
      season,
      episode: episode.number,
      ...(overview === null ? {} : { overview }),
    }
  })
}

function videosOf(
  model: SiteModel,
  work: SiteWork,
): readonly (readonly [string, readonly SiteFilm[]])[] {
  const own = idOf(model, work)
  const films = (episode: EpisodeId | null): readonly SiteFilm[] => filmsFor(model, work, episode)
  if (work.record.kind !== 'series') return [[own, films(null)]]
  return episodesOf(work).map(({ episode }) => [`${own}.${episode.id}`, films(episode.id)])
}

function streamsAnswer(model: SiteModel, films: readonly SiteFilm[]): Json {
  const { baseUrl } = model
  const { name } = namesOf(model)
  const streams = films.flatMap((film) => {
    const { video } = film.choice
    const { release } = film.release
    const label = release.label ?? (video.height === undefined ? release.id : `${video.height}p`)
    const filename = video.path.split('/').at(-1) ?? video.path
    const common = { name: `${name}\n${label}`, description: film.release.slip.attribution }
    const hints = { bingeGroup: `${prefixOf(model)}${label}`, filename, videoSize: video.length }
    const web = film.urls.map((url) => ({
      ...common,
      url,
      subtitles: baseUrl === null ? [] : subtitlesOf([film], baseUrl),
      behaviorHints: {
        ...hints,
        notWebReady: !url.startsWith('https:') || video.container !== 'mp4' || !film.choice.plays,
      },
    }))
    const place = swarmPlaceOf(film)
    const swarm =
      place === null
        ? []
        : [
            {
              ...common,
              infoHash: place.infoHash,
              ...(place.fileIndex === null ? {} : { fileIdx: place.fileIndex }),
              sources: [
                ...release.trackers.map((tracker) => `tracker:${tracker}`),
                `dht:${place.infoHash}`,
              ],
              subtitles: baseUrl === null ? [] : subtitlesOf([film], baseUrl),
              behaviorHints: hints,
            },
          ]
    return [...web, ...swarm]
  })
  return { streams }
}

/** Every track once: releases of a work often have the same. */
function subtitlesOf(films: readonly SiteFilm[], baseUrl: string): readonly Json[] {
  const seen = new Set<string>()
  return films.flatMap(({ tracks }) =>
    tracks.flatMap(({ path, language, use, text }) => {
      if (seen.has(text)) return []
      seen.add(text)
      const [base = language] = language.split('-')
      const id = path.replaceAll(/[^a-z0-9]+/giu, '-')
      return [
        { id, url: new URL(path, baseUrl).href, lang: use === 'full' ? base : `${base} (${use})` },
      ]
    }),
  )
}

function releaseInfo({ record }: SiteWork, year: number, endYear: number | null): string {
  if (record.kind !== 'series') return String(year)
  return `${year}-${endYear ?? ''}`
}

function moment(date: CalendarDate): string {
  return `${date}T00:00:00.000Z`
}

function capital(token: string): string {
  return token.charAt(0).toUpperCase() + token.slice(1).replaceAll('-', ' ')
}
