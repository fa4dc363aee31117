/** The films of a work as a site plays them: from web seeds, with subtitles that lie beside the pages. */
import type { Episode, EpisodeId, ReleaseSubtitles } from '@matinee/catalogue'
import { BencodeDictionary, decodeBencode, type Metainfo } from '@matinee/protocol'
import { filmChoices, type FilmChoice } from '@matinee/viewer'
import type { SiteRelease, SiteWork } from './site-model.ts'

/** Subtitles of a film, as a file of the site. */
export interface SiteTrack {
  /** From the site's root. */
  readonly path: string
  readonly language: string
  readonly use: string
  readonly text: string
}

/** A film or an episode in one release. */
export interface SiteFilm {
  readonly release: SiteRelease
  readonly choice: FilmChoice
  /** Of web seeds, the file itself; empty = over BitTorrent only. */
  readonly urls: readonly string[]
  readonly tracks: readonly SiteTrack[]
}

/** Where a v1 client finds a film. */
export interface SwarmPlace {
  /** v1, hexadecimal. */
  readonly infoHash: string
  /** Counted as v1 clients count, pad files too; `null` = not known. */
  readonly fileIndex: number | null
}

/** A picture that is larger is for another screen than a page's. */
const TALLEST = 1080

/**
 * A film or an episode in each release that has it: first what a browser plays from a web seed, of that the highest picture up
 * to 1080 lines.
 *
 * @param episodeId `null` = the work is one film
 * @param isSecure the pages come by https, which loads nothing by http
 */
export function filmsOf(
  { record, releases }: SiteWork,
  episodeId: EpisodeId | null,
  isSecure: boolean,
): readonly SiteFilm[] {
  const films = releases.flatMap((each) =>
    filmChoices([each.release], episodeId).map((choice) => ({
      release: each,
      choice,
      urls: urlsOf(each, choice).filter((url) => !isSecure || url.startsWith('https:')),
      tracks: tracksOf(record.id, each, choice),
    })),
  )
  return films.toSorted((a, b) => fitness(b) - fitness(a))
}

/** Where a v1 client finds it: in the twin, else in the hybrid; `null` = nowhere. */
export function swarmPlaceOf({
  release: { release, twin, torrent },
  choice,
}: SiteFilm): SwarmPlace | null {
  const { path } = choice.video
  if (twin !== null && release.kind === 'release' && release.twin !== undefined)
    return { infoHash: release.twin, fileIndex: v1Index(twin.metainfo, path) }
  // The twin's files are the hybrid's, in the same order and with the same padding.
  const infoHash = (release.kind === 'release' ? release.twin : undefined) ?? release.infoHashes.v1
  if (infoHash === undefined) return null
  return { infoHash, fileIndex: torrent === null ? null : v1Index(torrent.metainfo, path) }
}

/** Episodes in the order of the record's seasons, with their season's number. */
export function episodesOf({
  record,
}: SiteWork): readonly { readonly season: number; readonly episode: Episode }[] {
  return record.seasons.flatMap(({ number, episodes }) =>
    episodes.map((episode) => ({ season: number, episode })),
  )
}

function fitness({ choice: { plays, video }, urls }: SiteFilm): number {
  const height = video.height ?? 0
  const shown = height > TALLEST ? TALLEST / height : height
  return Number(urls.length > 0 && plays) * 1e6 + Number(urls.length > 0) * 1e5 + shown
}

function urlsOf({ release, torrent }: SiteRelease, { video }: FilmChoice): string[] {
  const file = torrent?.metainfo.files.find(({ path }) => path.join('/') === video.path)
  if (torrent === null || file?.length !== video.length) return []
  const urls = release.webSeeds.map((seed) => torrent.metainfo.webSeedUrl(seed, file.index))
  return urls
    .flatMap((url) => (URL.canParse(url) ? [new URL(url)] : []))
    .filter(({ protocol }) => protocol === 'https:' || protocol === 'http:')
    .map(({ href }) => href)
}

function tracksOf(
  work: string,
  { release, subtitles }: SiteRelease,
  { video }: FilmChoice,
): readonly SiteTrack[] {
  const all: readonly Pick<ReleaseSubtitles, 'path' | 'episode' | 'language' | 'use'>[] =
    release.subtitles
  return all.flatMap(({ path, episode, language, use = 'full' }, at) => {
    const text = subtitles.get(path)
    if (text === undefined || episode !== video.episode) return []
    return [{ path: `subtitles/${work}/${release.id}/${at}.${language}.vtt`, language, use, text }]
  })
}

function v1Index({ infoBytes, files }: Metainfo, path: string): number | null {
  const file = files.find((each) => each.path.join('/') === path)
  if (file === undefined) return null
  const info = decodeBencode(infoBytes)
  const list = info instanceof BencodeDictionary ? info.list('files') : undefined
  // A torrent of one file has no list.
  if (list === undefined) return files.length === 1 ? 0 : null
  let ownFiles = -1
  for (const [index, entry] of list.entries()) {
    if (!(entry instanceof BencodeDictionary)) return null
    // BEP 47: a pad file is a file for who counts them.
    if (entry.text('attr')?.includes('p') === true) continue
    ownFiles++
    if (ownFiles === file.index) return index
  }
  return null
}
