/** The site as an RSS feed with torrents: an item for what each release adds, with its licence, by RSS 2.0 and Media RSS 1.5. */
import { escapeXml } from '@matinee/base'
import { namesOf } from './page-frame.ts'
import { torrentPaths } from './release-places.ts'
import type { SiteModel, SiteRelease, SiteWork } from './site-model.ts'
import { filmsOf } from './site-film.ts'
import { posterPath, wordsOf, workPath } from './work-words.ts'

/** What a reader of such feeds keeps in view. */
const MOST_ITEMS = 300

/** The feed, newest first. */
export function torrentFeed(model: SiteModel, baseUrl: string): string {
  const { name, description } = namesOf(model)
  const items = model.works
    .flatMap((work) => newIn(work).map((release) => ({ work, release })))
    .toSorted((a, b) => (a.work.added === b.work.added ? 0 : a.work.added < b.work.added ? 1 : -1))
    .slice(0, MOST_ITEMS)
  const [newest] = items
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">',
    '<channel>',
    element('title', name),
    element('link', baseUrl),
    element('description', description === '' ? name : description),
    element('language', model.language),
    `<atom:link href="${escapeXml(`${baseUrl}feed.xml`)}" rel="self" type="application/rss+xml"/>`,
    ...(newest === undefined ? [] : [element('lastBuildDate', dayText(newest.work.added))]),
    ...items.map(({ work, release }) => item(model, work, release, baseUrl)),
    '</channel>',
    '</rss>',
  ]
  return `${lines.join('\n')}\n`
}

/** Of releases that hold the same films the first is enough for who takes torrents by a feed. */
function newIn({ releases }: SiteWork): SiteRelease[] {
  const seen = new Set<string>()
  return releases.filter(({ release }) => {
    const films = release.videos.map(({ episode }) => episode ?? '')
    const isNew = films.some((film) => !seen.has(film))
    for (const film of films) seen.add(film)
    return isNew
  })
}

function item(model: SiteModel, work: SiteWork, release: SiteRelease, baseUrl: string): string {
  const { title, synopsis } = wordsOf(work, model)
  const { slip } = release
  const { own, twin } = torrentPaths(release)
  // The v1 twin first: what takes torrents from feeds can't always read hybrid ones.
  const torrent = twin === null ? release.torrent : release.twin
  const torrentPath = twin ?? own
  const page = new URL(workPath(work), baseUrl).href
  const label = release.release.label
  const { name, url } = slip.licence
  const text = [synopsis?.text ?? '', slip.attribution].filter((each) => each !== '').join('\n\n')
  const lines = [
    '<item>',
    element('title', label === undefined ? title : `${title} (${label})`),
    element('link', page),
    `<guid isPermaLink="false">${escapeXml(`${model.fingerprint}/${work.record.id}/${release.release.id}`)}</guid>`,
    element('pubDate', dayText(work.added)),
    element('description', text),
    ...(torrent === null || torrentPath === null
      ? []
      : [
          `<enclosure url="${escapeXml(new URL(torrentPath, baseUrl).href)}" length="${torrent.bytes.length}" type="application/x-bittorrent"/>`,
        ]),
    `<media:thumbnail url="${escapeXml(new URL(posterPath(work), baseUrl).href)}"/>`,
    ...(name === ''
      ? []
      : [
          url === null
            ? `<media:license>${escapeXml(name)}</media:license>`
            : `<media:license type="text/html" href="${escapeXml(url)}">${escapeXml(name)}</media:license>`,
        ]),
    ...(slip.attribution === ''
      ? []
      : [`<media:copyright>${escapeXml(slip.attribution)}</media:copyright>`]),
    ...mediaLines(model, work, release, baseUrl),
    '</item>',
  ]
  return lines.join('\n')
}

function mediaLines(
  { baseUrl: own }: SiteModel,
  work: SiteWork,
  release: SiteRelease,
  baseUrl: string,
): string[] {
  if (work.record.kind === 'series') return []
  const [film] = filmsOf({ ...work, releases: [release] }, null, own?.startsWith('https:') ?? false)
  const [url] = film?.urls ?? []
  if (film === undefined || url === undefined) return []
  const { length, durationSeconds, width, height, container } = film.choice.video
  const facts = [
    `url="${escapeXml(url)}"`,
    `fileSize="${length}"`,
    `type="video/${container === 'webm' ? 'webm' : 'mp4'}"`,
    'medium="video"',
    ...(durationSeconds === undefined ? [] : [`duration="${Math.round(durationSeconds)}"`]),
    ...(width === undefined || height === undefined ? [] : [`width="${width}" height="${height}"`]),
  ]
  const tracks = film.tracks.map(
    ({ path, language }) =>
      `<media:subTitle type="text/vtt" lang="${escapeXml(language)}" href="${escapeXml(new URL(path, baseUrl).href)}"/>`,
  )
  return [`<media:content ${facts.join(' ')}/>`, ...tracks]
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`
}

/** RFC 822, as RSS wants it; the format knows days only. */
function dayText(date: string): string {
  return new Date(`${date}T00:00:00Z`).toUTCString()
}
