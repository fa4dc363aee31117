import { readFileSync } from 'node:fs'

/** Titles and texts in one of the two languages that every made-up work has. */
export interface MadeText {
  readonly title?: string
  readonly synopsis: string
}

/** Why a made-up work is free: enough to make a rights entry of. */
export type MadeRights =
  | { readonly kind: 'licence'; readonly licence: string; readonly places?: readonly string[] }
  /** Its makers died in this year: free in the United States and the European Union. */
  | { readonly kind: 'term'; readonly died: number }
  /** Who held the rights marked it: free everywhere. */
  | { readonly kind: 'mark' }
  /** Free in the United States and nowhere else. */
  | { readonly kind: 'us-only' | 'government' }

/** One episode of a made-up series. */
export interface MadeEpisode {
  readonly number: number
  readonly en: string
  readonly fr: string
  /** Left out: half an hour. */
  readonly seconds?: number
}

/** A work that doesn't exist, as made-works.json has it. */
export interface MadeWork {
  readonly id: string
  readonly title: string
  readonly titleLanguage: string
  readonly kind: 'feature' | 'short' | 'series'
  readonly year: number
  readonly endYear?: number | null
  readonly countries: readonly string[]
  readonly languages: readonly string[]
  readonly minutes?: number
  /** In place of minutes: works whose films can be made, because they are short. */
  readonly seconds?: number
  readonly genres: readonly string[]
  /** `role:person` joined by spaces; persons are keys of {@link MadeBook.people}. */
  readonly people: string
  readonly en: MadeText
  readonly fr: MadeText
  readonly rights: MadeRights
  /** From which age, as its maker has it. Left out: nobody says. */
  readonly minYears?: number
  /** `kind degree` */
  readonly advisories?: readonly string[]
  /** Start in seconds, English title, French title. */
  readonly chapters?: readonly (readonly [number, string, string])[]
  readonly seasons?: readonly {
    readonly number: number
    readonly year: number
    readonly episodes: readonly MadeEpisode[]
  }[]
  readonly state?: 'candidate'
}

/** A curator's list in a made-up feed. */
export interface MadeList {
  readonly id: string
  readonly kind: 'double-bill' | 'programme'
  readonly en: { readonly title: string; readonly note: string }
  readonly fr: { readonly title: string; readonly note: string }
  readonly works: readonly string[]
}

/** Everything that was made up: no work, person or place of it is real. */
export interface MadeBook {
  /** The name, and other spellings of it, by key. */
  readonly people: Readonly<Record<string, readonly string[]>>
  readonly works: readonly MadeWork[]
  readonly lists: readonly MadeList[]
}

const book: unknown = JSON.parse(
  readFileSync(new URL('made-works.json', import.meta.url), { encoding: 'utf8' }),
)

/** Fifty-eight made-up works of 1902 to 2026 in fourteen languages. */
export const MADE_BOOK: MadeBook = book as MadeBook

/** How long a work lasts, in seconds; an episode of a series that doesn't say lasts half an hour. */
export function madeSeconds({
  seconds,
  minutes = 30,
}: Pick<MadeWork, 'seconds' | 'minutes'>): number {
  return seconds ?? minutes * 60
}

/** The id of an episode in its record. */
export function madeEpisodeId(season: number, episode: number): string {
  return `s${season}e${episode}`
}
