import { followedFeedId, picturePath, summaryOf, type StoredSummary } from '@matinee/catalogue'
import { synopsisFor, titleFor } from '@matinee/viewer'
import type { PosterRecord } from '@matinee/viewer/poster'
import type { SiteModel, SiteWork } from './site-model.ts'
import { siteWords } from './site-words.ts'

/** A work in the words of a site's language. Every text is a stranger's. */
export interface WorkWords {
  readonly summary: StoredSummary
  readonly title: string
  readonly titleLanguage: string | null
  readonly originalTitle: string | null
  readonly synopsis: { readonly text: string; readonly language: string } | null
  /** Makers, years, length: each in its own direction. */
  readonly facts: readonly string[]
  readonly poster: PosterRecord
}

/** What a work's pages say of it. */
export function wordsOf(work: SiteWork, { viewer, language, fingerprint }: SiteModel): WorkWords {
  const summary = summaryOf(work.record, work.added)
  const { title, titleLanguage, originalTitle } = titleFor(summary, viewer)
  const { kind, makers, year, endYear, durationSeconds, episodeCount } = summary
  const say = siteWords(language)
  const minutes =
    durationSeconds === null
      ? []
      : [say('minutes', { count: String(Math.max(1, Math.round(durationSeconds / 60))) })]
  const years =
    year === null
      ? []
      : [endYear === null || endYear === year ? String(year) : `${year}–${endYear}`]
  return {
    summary,
    title,
    titleLanguage,
    originalTitle,
    synopsis: synopsisFor(work.record, viewer),
    facts: [...(makers.length === 0 ? [] : [makers.join(', ')]), ...years, ...minutes],
    // As in Matinee itself, where a followed feed's works have these ids: so a poster is the same in both.
    poster: {
      id: `${followedFeedId(fingerprint)}.${work.record.id}`,
      title,
      titleLanguage,
      makers: [...makers],
      year,
      kind,
      durationSeconds,
      episodeCount,
    },
  }
}

/** A work's page, from the site's root. */
export function workPath({ record }: SiteWork): string {
  return `work/${record.id}.html`
}

/** An episode's page, from the site's root. */
export function episodePath({ record }: SiteWork, episodeId: string): string {
  return `work/${record.id}/${episodeId}.html`
}

/** Where a picture of a work lies for programs that take pictures by address. */
export function posterPath({ poster, record }: SiteWork): string {
  return poster === null ? `posters/${record.id}.png` : picturePlace(poster)
}

/** Where a picture of the feed lies, from the site's root. */
export function picturePlace({ picture }: NonNullable<SiteWork['poster']>): string {
  return picturePath(picture)
}
