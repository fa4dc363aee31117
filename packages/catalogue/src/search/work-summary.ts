import type { CountryCode } from '../name/place.ts'
import type { FeedId, WorkId } from '../name/id.ts'
import type { Language } from '../name/language.ts'
import type { Token } from '../name/token.ts'
import type { Picture } from '../record/picture.ts'
import type { OriginalTitle } from '../record/translation.ts'
import type { WorkKind, WorkRecord } from '../record/work-record.ts'

/** A work among all feeds. */
export interface WorkKey {
  readonly feedId: FeedId
  readonly id: WorkId
}

/** A work as lists show it. Every text is a stranger's. */
export interface WorkSummary extends WorkKey {
  readonly kind: WorkKind
  readonly title: OriginalTitle
  /** Translated titles by language; when a query names languages, only those. */
  readonly titles: Readonly<Record<Language, string>>
  /** Of first publication; `null` = not known. */
  readonly year: number | null
  /** Of a series: the last season's year; `null` = it goes on, not known, or no series. */
  readonly endYear: number | null
  /** `null` = not known, or a series. */
  readonly durationSeconds: number | null
  readonly countries: readonly CountryCode[]
  /** Spoken; `zxx` = no words. */
  readonly languages: readonly Language[]
  readonly genres: readonly Token[]
  /** Directors, else creators, else writers; at most 4. */
  readonly makers: readonly string[]
  /** Languages of subtitles in any release. */
  readonly subtitleLanguages: readonly Language[]
  /** Of a series, else 0. */
  readonly seasonCount: number
  readonly episodeCount: number
  readonly poster: Picture | null
  /** A backdrop, else a still. */
  readonly still: Picture | null
  /**
   * By what it's free where it was asked for: an SPDX identifier, `public-domain`, a name of
   * rightsstatements.org, or `own-text` for a maker's own words.
   */
  readonly licence: string
  /** `YYYY-MM-DD`, the day on which it came into its feed. */
  readonly added: string
}

/** What a summary says whoever asks: all but the feed and the licence, which depends on where. */
export type StoredSummary = Omit<WorkSummary, 'feedId' | 'licence'>

const MAKERS = 4

/** A work's summary. `added` is the day on which it came into its feed. */
export function summaryOf(record: WorkRecord, added: string): StoredSummary {
  const { id, kind, title, countries, languages, genres, seasons } = record
  const titles = Object.entries(record.translations).flatMap(
    ([language, translation]): [string, string][] =>
      translation.title === undefined ? [] : [[language, translation.title]],
  )
  return {
    id,
    kind,
    title,
    titles: Object.fromEntries(titles),
    year: record.year ?? null,
    endYear: record.endYear ?? null,
    durationSeconds: record.durationSeconds ?? null,
    countries,
    languages,
    genres,
    makers: makersOf(record),
    subtitleLanguages: subtitleLanguagesOf(record),
    seasonCount: seasons.length,
    episodeCount: seasons.reduce((count, { episodes }) => count + episodes.length, 0),
    poster: pictureOf(record, 'poster'),
    still: pictureOf(record, 'backdrop') ?? pictureOf(record, 'still'),
    added,
  }
}

/** Every language in which a release of the work has subtitles, once. */
export function subtitleLanguagesOf({ releases }: WorkRecord): Language[] {
  const all = releases.flatMap(({ subtitles }) => subtitles.map(({ language }) => language))
  return [...new Set(all)].toSorted()
}

/** Every language in which a release of the work has audio description, once. */
export function descriptionLanguagesOf({ releases }: WorkRecord): Language[] {
  const all = releases.flatMap(({ audios }) =>
    audios.flatMap(({ use, language }) => (use === 'description' ? [language] : [])),
  )
  return [...new Set(all)].toSorted()
}

function makersOf({ people }: WorkRecord): string[] {
  for (const role of ['director', 'creator', 'writer']) {
    const makers = people.filter(({ roles }) => roles.includes(role))
    if (makers.length > 0) return makers.slice(0, MAKERS).map(({ name }) => name)
  }
  return []
}

function pictureOf({ images }: WorkRecord, role: string): Picture | null {
  return images.find((image) => image.role === role) ?? null
}
