import * as z from 'zod/mini'
import {
  language,
  list,
  oneOf,
  parsed,
  pattern,
  sha256,
  someOf,
  someSeconds,
  token,
  whole,
} from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'
import { parseTorrentPath } from '../text/torrent-path.ts'
import { episodeIdSchema } from './season.ts'

const LONGEST_FILE_BYTES = 2 ** 50

/** feed-format 5.4: RFC 6381. */
const codec = pattern(/^[!-~]{1,64}$/u)

/** feed-format 5.4: half-open, in bytes of the file. */
const spanSchema = z.object({
  start: whole(0, LONGEST_FILE_BYTES),
  end: whole(0, LONGEST_FILE_BYTES),
})

/** feed-format 5.3. */
const place = {
  path: parsed('path', 'is no path inside of a torrent', parseTorrentPath),
  length: whole(1, LONGEST_FILE_BYTES),
  episode: z.optional(episodeIdSchema),
}
/** feed-format 5.2: a file of a release is known by its merkle root. */
const rooted = { ...place, root: sha256 }
/** feed-format 5.2: a file of an older torrent, perhaps by the hash of all its bytes. */
const older = { ...place, sha256: z.optional(sha256) }

const size = whole(1, 16_384)
const frameRate = z.optional(z.number().check(z.gt(0), z.lte(300)))
const spans = { index: z.optional(spanSchema), head: z.optional(spanSchema) }
const languages = list(language, 20)

const audio = {
  language,
  use: z.optional(token),
  codecs: list(codec, 8),
  container: z.optional(token),
}
const subtitles = {
  language,
  format: oneOf(['webvtt', 'srt', 'ass']),
  use: z.optional(token),
}

/** feed-format 5.4, in a `release`: enough to know before the start whether a browser plays it. */
export const releaseVideoSchema = z.object({
  ...rooted,
  container: token,
  durationSeconds: someSeconds,
  width: size,
  height: size,
  frameRate,
  codecs: someOf(codec, 8),
  languages,
  ...spans,
})

/** feed-format 5.4, in a `legacy` release: what is known. */
export const legacyVideoSchema = z.object({
  ...older,
  container: z.optional(token),
  durationSeconds: z.optional(someSeconds),
  width: z.optional(size),
  height: z.optional(size),
  frameRate,
  codecs: list(codec, 8),
  languages,
  ...spans,
})

/** feed-format 5.5. */
export const releaseAudioSchema = z.object({ ...rooted, ...audio })
/** feed-format 5.5. */
export const legacyAudioSchema = z.object({ ...older, ...audio })
/** feed-format 5.6. */
export const releaseSubtitlesSchema = z.object({ ...rooted, ...subtitles })
/** feed-format 5.6. */
export const legacySubtitlesSchema = z.object({ ...older, ...subtitles })

/** A film or an episode in one profile. */
export type ReleaseVideo = Immutable<z.output<typeof releaseVideoSchema>>
/** A film or an episode in an older torrent; what isn't known is left out. */
export type LegacyVideo = Immutable<z.output<typeof legacyVideoSchema>>
/** Sound beside a video: audio description, a commentary, another language. */
export type ReleaseAudio = Immutable<z.output<typeof releaseAudioSchema>>
/** The same in an older torrent. */
export type LegacyAudio = Immutable<z.output<typeof legacyAudioSchema>>
/** Subtitles; `use` left out is `full`. */
export type ReleaseSubtitles = Immutable<z.output<typeof releaseSubtitlesSchema>>
/** The same in an older torrent. */
export type LegacySubtitles = Immutable<z.output<typeof legacySubtitlesSchema>>
