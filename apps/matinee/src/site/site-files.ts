/** Every file of a site, by its path: a pure function of what is shown, so the same feed gives the same bytes. */
import { utf8Bytes } from '@matinee/base'
import { inksOf } from '@matinee/viewer/poster'
import { homePages } from './home-pages.ts'
import { torrentPaths } from './release-places.ts'
import { episodesOf } from './site-film.ts'
import type { SiteModel, SiteWork } from './site-model.ts'
import { originsOf, serverFiles } from './site-policy.ts'
import { standInPicture } from './stand-in-picture.ts'
import { stremioFiles } from './stremio.ts'
import { torrentFeed } from './torrent-feed.ts'
import { filmsFor, workPages } from './work-pages.ts'
import { picturePlace, posterPath, wordsOf, workPath } from './work-words.ts'

/** Files by their paths from the site's root, in the order in which they're put there: what is named before what names it. */
export type SiteFiles = ReadonlyMap<string, Uint8Array>

/** @param assets what pages look like and are searched with, by path */
export function siteFiles(model: SiteModel, assets: SiteFiles): SiteFiles {
  const { works, baseUrl } = model
  const files = new Map(assets)
  const origins = new Set<string>()
  for (const work of works) {
    for (const picture of [work.poster, work.still])
      if (picture !== null) files.set(picturePlace(picture), picture.bytes)
    if (work.poster === null)
      files.set(posterPath(work), standInPicture(inksOf(wordsOf(work, model).poster)))
    for (const release of work.releases) {
      const { own, twin } = torrentPaths(release)
      if (own !== null && release.torrent !== null) files.set(own, release.torrent.bytes)
      if (twin !== null && release.twin !== null) files.set(twin, release.twin.bytes)
    }
    const episodes = episodesOf(work).map(({ episode }) => episode.id)
    for (const episode of episodes.length === 0 ? [null] : episodes)
      for (const film of filmsFor(model, work, episode)) {
        for (const origin of originsOf(film.urls)) origins.add(origin)
        for (const { path, text } of film.tracks) files.set(path, utf8Bytes(text))
      }
  }
  for (const [path, text] of serverFiles([...origins].toSorted())) files.set(path, utf8Bytes(text))
  for (const work of works)
    for (const [path, text] of workPages(model, work)) files.set(path, utf8Bytes(text))
  if (baseUrl !== null) {
    // The manifest is what others begin with: it comes last of these.
    const addOn = [...stremioFiles(model, baseUrl)].toReversed()
    for (const [path, value] of addOn) files.set(path, utf8Bytes(`${JSON.stringify(value)}\n`))
    files.set('feed.xml', utf8Bytes(torrentFeed(model, baseUrl)))
  }
  files.set(
    'works.json',
    utf8Bytes(`${JSON.stringify(works.map((work) => searchLine(model, work)))}\n`),
  )
  for (const [path, text] of [...homePages(model)].toReversed()) files.set(path, utf8Bytes(text))
  return files
}

/** What the search of the pages knows of a work: title, what is said below it, other titles, and its page. */
function searchLine(model: SiteModel, work: SiteWork): readonly string[] {
  const { title, facts, originalTitle, summary } = wordsOf(work, model)
  const others = [originalTitle ?? '', ...Object.values(summary.titles)].join(' ')
  const episodes = work.record.seasons.flatMap(({ episodes: all }) =>
    all.flatMap(({ translations }) =>
      Object.values(translations).flatMap((each) => each.title ?? []),
    ),
  )
  return [title, facts.join(' · '), [others, ...episodes].join(' ').slice(0, 1000), workPath(work)]
}
