import type { EpisodeCard, ReleaseCard, RightsSlip, SeasonCard, WorkCard, WorkDetails } from '#api'
import { offeredReleases, type Release, type Standing, type WorkRecord } from '@matinee/catalogue'
import type { FilmProgress } from '../shelf/film-progress.ts'
import { episodeToSee } from '../shelf/carry-on.ts'
import { episodesOf, seasonsInOrder } from './episodes.ts'
import { descriptionsOf, filmChoices, subtitlesOf, type FilmChoice } from './film-choice.ts'
import type { Viewer } from './viewer.ts'
import { thanksFor, type RecordSigner } from './thanks.ts'
import { rightsSlip } from './words/rights-words.ts'
import { withdrawnSlip } from './words/withdrawn-slip.ts'
import { episodeSynopsis, episodeTitle, partsFor, seasonTitle, synopsisFor } from './work-texts.ts'

/** What stands on a work's page besides what its record says. */
export interface WorkPageParts {
  readonly record: WorkRecord
  readonly card: WorkCard
  readonly signer: RecordSigner
  readonly progress: readonly FilmProgress[]
  readonly viewer: Viewer
  readonly isOffered: boolean
  /** Those that act first. */
  readonly withdrawals: WorkDetails['withdrawals']
  /** What of it remains under those that act. */
  readonly standing: Standing
  /** It was withdrawn, and the copy on this disk may be played. */
  readonly ownCopy: boolean
  /** Who lists it, in words. */
  readonly source: string
  readonly alsoIn: WorkDetails['alsoIn']
  /** By which somebody's page is asked for. */
  readonly personIdOf: (person: WorkRecord['people'][number]) => string
  readonly similar: readonly WorkCard[]
  readonly lists: WorkDetails['lists']
}

/** The page of a work. Releases that aren't offered where the viewer is are left out. */
export function workPage(parts: WorkPageParts): WorkDetails {
  const { record, card, progress, viewer } = parts
  const releases = parts.isOffered ? offeredReleases(record, viewer.territory, viewer.today) : []
  const synopsis = synopsisFor(record, viewer)
  const film = progress.find(({ episodeId }) => episodeId === null)
  const isSeries = record.kind === 'series'
  return {
    card,
    synopsis: synopsis?.text ?? null,
    synopsisLanguage: synopsis?.language ?? null,
    people: record.people.map((person) => ({
      id: parts.personIdOf(person),
      name: person.name,
      roles: [...person.roles],
      as: person.characters[0] ?? null,
    })),
    releases: isSeries ? [] : releaseCards(releases, null),
    chapters: partsFor(record.chapters, viewer),
    seasons: seasonCards(record, releases, progress, viewer),
    nextEpisodeId: isSeries
      ? (episodeToSee(episodesOf(record, viewer), progress)?.episode.id ?? null)
      : null,
    resumeSeconds: film !== undefined && film.seconds > 0 ? film.seconds : null,
    advisories: record.advisories.map(({ kind, degree }) => ({ kind, degree })),
    ages: record.ages.map(({ scheme, label }) => ({ scheme, label })),
    links: record.links.map(({ kind, url, title }) => ({ kind, url, title: title ?? null })),
    rights: slipOf(parts, releases[0]),
    thanks: thanksFor(record, releases[0], parts.signer, viewer),
    offered: releases.length > 0,
    ownCopy: parts.ownCopy,
    withdrawals: [...parts.withdrawals],
    alsoIn: [...parts.alsoIn],
    similar: [...parts.similar],
    lists: [...parts.lists],
  }
}

function slipOf(parts: WorkPageParts, release: Release | undefined): RightsSlip {
  const { record, viewer, card, standing, source } = parts
  const slip = { ...rightsSlip(record, viewer, card.title, release), source }
  const acting = parts.withdrawals.find(({ acts }) => acts)
  return acting === undefined ? slip : withdrawnSlip(slip, acting, standing, viewer)
}

function releaseCards(releases: readonly Release[], episodeId: string | null): ReleaseCard[] {
  return filmChoices(releases, episodeId).map(releaseCard)
}

function releaseCard(choice: FilmChoice): ReleaseCard {
  const { release, video, plays } = choice
  const height = video.height ?? null
  const name = video.path.split('/').at(-1) ?? video.path
  return {
    id: release.id,
    label: release.label ?? (height === null ? name : `${height}p`),
    kind: release.kind,
    lengthBytes: video.length,
    height,
    languages: [...video.languages],
    subtitles: [...new Set(subtitlesOf(choice).map(({ language }) => language))],
    descriptions: [...new Set(descriptionsOf(choice).map(({ language }) => language))],
    plays,
    webSeedCount: release.webSeeds.length,
  }
}

function seasonCards(
  record: WorkRecord,
  releases: readonly Release[],
  progress: readonly FilmProgress[],
  viewer: Viewer,
): SeasonCard[] {
  const known = new Map(progress.map((each) => [each.episodeId, each]))
  return seasonsInOrder(record).map((season) => ({
    id: String(season.number),
    number: season.number,
    title: seasonTitle(season, viewer),
    year: season.year ?? null,
    episodes: season.episodes.map((episode): EpisodeCard => {
      const seen = known.get(episode.id)
      return {
        id: episode.id,
        number: episode.number,
        title: episodeTitle(episode, viewer),
        synopsis: episodeSynopsis(episode, viewer),
        durationSeconds: episode.durationSeconds ?? null,
        // The format has no picture of an episode: the page draws a frame.
        stillUrl: null,
        releases: releaseCards(releases, episode.id),
        seconds: seen !== undefined && seen.seconds > 0 ? seen.seconds : null,
        watched: seen?.watched ?? false,
      }
    }),
  }))
}
