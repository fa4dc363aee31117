import type { JsonObject } from '@matinee/catalogue'
import type { Credit, CreditTerms } from '@matinee/rights'

/** A film file of the release: one profile of the cut, or of an episode. All profiles are the same cut. */
export interface FilmSource {
  /** Absolute. */
  readonly path: string
  /** Of the sound in it (BCP 47); `['zxx']` = no words. Empty = what the container says. */
  readonly languages: readonly string[]
  /** Id of the episode that it is; in a series every film has one, elsewhere none. */
  readonly episode?: string
}

/** Subtitles beside the film, in any format that is read; the release has them as WebVTT. */
export interface SubtitleSource {
  /** Absolute. */
  readonly path: string
  /** BCP 47. */
  readonly language: string
  /** feed-format 5.6. Default `full`. */
  readonly use?: 'full' | 'sdh' | 'forced' | 'commentary'
  /** As {@link FilmSource.episode}. */
  readonly episode?: string
}

/** Sound beside the film: audio description, a commentary, another language. */
export interface AudioSource {
  /** Absolute. */
  readonly path: string
  /** BCP 47. */
  readonly language: string
  /** feed-format 5.5. Default `main`. */
  readonly use?: 'main' | 'description' | 'commentary' | 'music'
  /** As {@link FilmSource.episode}. */
  readonly episode?: string
}

/** A picture for the record. */
export interface PictureSource {
  /** Absolute: PNG, JPEG, WebP or AVIF. */
  readonly path: string
  /** feed-format 4.5. The first `poster` is in the torrent as well. */
  readonly role: string
  /** BCP 47, of words in the picture. */
  readonly language?: string
  /** Language to text. */
  readonly alt?: Readonly<Record<string, string>>
  readonly credit?: string
  /** SPDX, when it's another than the film's. */
  readonly licence?: string
}

/** Where a part of the film begins: feed-format 4.1. */
export interface ChapterSource {
  readonly startSeconds: number
  /** Language to text; one at least. */
  readonly titles: Readonly<Record<string, string>>
  /** As {@link FilmSource.episode}. */
  readonly episode?: string
}

/** What a release is made of. Nothing of it is changed. */
export interface ReleaseOrder {
  /** Absolute: where the release's files go. Made here, whole or not at all; throws when it's there. */
  readonly folder: string
  /** Of the work: the name of the film's files. */
  readonly workId: string
  /** Of the release in its record. */
  readonly releaseId: string
  /** For people, such as "1080p". Default: the height of the first film. */
  readonly label?: string
  /** The original title; with the year it names the torrent. */
  readonly title: string
  readonly year: number | null
  /** One at least. */
  readonly films: readonly FilmSource[]
  readonly subtitles: readonly SubtitleSource[]
  readonly audios: readonly AudioSource[]
  readonly pictures: readonly PictureSource[]
  readonly chapters: readonly ChapterSource[]
  /** For ATTRIBUTION.txt. */
  readonly credit: Credit
  /** For LICENSE. */
  readonly terms: CreditTerms
  /** The licence's whole text, or the maker's own; `null` = its name and address stand for it. */
  readonly licenceText: string | null
  /** Each asked by itself. */
  readonly trackers: readonly string[]
  /** BEP 19: folders that hold the torrent's folder. */
  readonly webSeeds: readonly string[]
  /** The program's path; `null` = there is none: no thumbnails, no candidates, and no pictures may be ordered. */
  readonly ffmpeg: string | null
}

/** A picture made anew from its pixels. */
export interface BuiltPicture {
  /** As the record names it: feed-format 4.5. */
  readonly picture: JsonObject & { readonly sha256: string; readonly type: string }
  readonly bytes: Uint8Array
}

/** What came of an order, besides the files in its folder. */
export interface BuiltRelease {
  /** As the record names it: feed-format 5. {@link parseRecord} judges it with the rest. */
  readonly release: JsonObject
  /** Of the first film. */
  readonly durationSeconds: number
  /** In the order of the order's pictures. */
  readonly pictures: readonly BuiltPicture[]
  /** Frames of the film that could become a poster; empty without ffmpeg. */
  readonly posterCandidates: readonly BuiltPicture[]
  /** The file `head-pack`, as it is in the folder; `null` = it would be above 96 KiB. */
  readonly headPack: Uint8Array | null
  /** What was left out and why, in sentences. */
  readonly notes: readonly string[]
}

/** How far a release is. `doneBytes` of `totalBytes`; both 0 where nobody knows. */
export interface ReleaseProgress {
  readonly step: 'probing' | 'copying' | 'pictures' | 'thumbnails' | 'hashing'
  readonly doneBytes: number
  readonly totalBytes: number
}

/**
 * Why no release can be made; stable.
 *
 * - `unplayable`: a browser doesn't play it, or not at once; `mend` says what to do
 * - `unreadable`: a file isn't there or can't be read
 * - `subtitles`: a subtitle file can't be read as subtitles
 * - `audio`: a sound file that no browser plays
 * - `picture`: a picture that can't be made anew
 * - `no-ffmpeg`: pictures were ordered, and there is no ffmpeg to make them anew
 * - `there`: the folder is there already
 */
export type ReleaseErrorCode =
  | 'unplayable'
  | 'unreadable'
  | 'subtitles'
  | 'audio'
  | 'picture'
  | 'no-ffmpeg'
  | 'there'

/** The order can't become a release. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError'
  readonly code: ReleaseErrorCode
  /** The line for a shell that mends the film, or `null`. */
  readonly mend: string | null
  constructor(
    code: ReleaseErrorCode,
    message: string,
    options: ErrorOptions & { readonly mend?: string } = {},
  ) {
    super(message, options)
    this.code = code
    this.mend = options.mend ?? null
  }
}
