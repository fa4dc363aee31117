/** What a site is made of: values, everything of it checked. What is made of them is bytes, the same every time. */
import type { FeedHead, Picture, Release, Sha256Text, WorkRecord } from '@matinee/catalogue'
import type { Metainfo } from '@matinee/protocol'
import type { CalendarDate } from '@matinee/rights'
import type { rightsSlip, Viewer } from '@matinee/viewer'

/** The languages in which a site's own words are. */
export const SITE_LANGUAGES = ['de', 'en', 'es', 'fr'] as const
/** One of {@link SITE_LANGUAGES}. */
export type SiteLanguage = (typeof SITE_LANGUAGES)[number]

/** A .torrent file that was read. */
export interface SiteTorrent {
  readonly bytes: Uint8Array
  readonly metainfo: Metainfo
}

/** The card "May I watch and share this?" in words. */
export type SiteSlip = ReturnType<typeof rightsSlip>

/** A release that a site may show. */
export interface SiteRelease {
  readonly release: Release
  /** What may be done with it, and how it's credited. */
  readonly slip: SiteSlip
  /** As its head pack has it; `null` = it has none here. */
  readonly torrent: SiteTorrent | null
  /** The v1 twin, for programs that can't read hybrid ones; `null` = it isn't here. */
  readonly twin: SiteTorrent | null
  /** WebVTT by the file's path in the torrent; what isn't here, or isn't what was signed, is left out. */
  readonly subtitles: ReadonlyMap<string, string>
}

/** A picture that a record names, and that is here. */
export interface SitePicture {
  readonly picture: Picture
  readonly bytes: Uint8Array
}

/** A work that may be offered everywhere. */
export interface SiteWork {
  readonly record: WorkRecord
  readonly added: CalendarDate
  /** One at least, those that may be offered. */
  readonly releases: readonly SiteRelease[]
  readonly poster: SitePicture | null
  /** A wide picture of it. */
  readonly still: SitePicture | null
}

/** What isn't on the site, and why, in English. */
export interface LeftOut {
  /** A work isn't there at all; of a release that is there, a part is missing. */
  readonly kind: 'work' | 'part'
  /** The work's id; of a release, `work/release`. */
  readonly what: string
  readonly why: string
}

/** A whole site, before its files are written. */
export interface SiteModel {
  readonly fingerprint: Sha256Text
  readonly head: FeedHead
  readonly language: SiteLanguage
  /** To whom every work is shown: nobody knows where, so what is free everywhere. */
  readonly viewer: Viewer
  /** With `/` at its end; `null` = it isn't known where the site will be. */
  readonly baseUrl: string | null
  /** By id. */
  readonly works: readonly SiteWork[]
}
