import * as z from 'zod/mini'
import { parseReleaseId } from '../name/id.ts'
import { line, list, parsed, sha1, sha256, tracker, webAddress, whole } from '../schema/field.ts'
import type { Immutable } from '../schema/immutable.ts'
import {
  legacyAudioSchema,
  legacySubtitlesSchema,
  legacyVideoSchema,
  releaseAudioSchema,
  releaseSubtitlesSchema,
  releaseVideoSchema,
} from './torrent-file.ts'

/** feed-format 5.4: in one release. */
export const RELEASE_FILES = 1000

/** feed-format 5.1. */
const torrent = {
  id: parsed('id', 'is no id', parseReleaseId),
  label: z.optional(line(80)),
  trackers: list(tracker, 20),
  webSeeds: list(webAddress, 20),
}

/** feed-format 5.2. */
export const ownReleaseSchema = z.object({
  kind: z.literal('release'),
  ...torrent,
  infoHashes: z.object({ v1: z.optional(sha1), v2: sha256 }),
  twin: z.optional(sha1),
  headPack: z.optional(z.object({ sha256, length: whole(1, 98_304) })),
  videos: list(releaseVideoSchema, RELEASE_FILES),
  audios: list(releaseAudioSchema, RELEASE_FILES),
  subtitles: list(releaseSubtitlesSchema, RELEASE_FILES),
})

/** feed-format 5.2. */
export const legacyReleaseSchema = z.object({
  kind: z.literal('legacy'),
  ...torrent,
  infoHashes: z.object({ v1: sha1 }),
  videos: list(legacyVideoSchema, RELEASE_FILES),
  audios: list(legacyAudioSchema, RELEASE_FILES),
  subtitles: list(legacySubtitlesSchema, RELEASE_FILES),
})

/** feed-format 5.1. */
export const releaseSchema = z.discriminatedUnion('kind', [ownReleaseSchema, legacyReleaseSchema])

/** A torrent made for this format: v2 or hybrid, every file pinned by SHA-256. */
export type OwnRelease = Immutable<z.output<typeof ownReleaseSchema>>
/** An older torrent that the publisher didn't make: v1, its info-hash pinned. Checked less strictly. */
export type LegacyRelease = Immutable<z.output<typeof legacyReleaseSchema>>
/** One torrent that holds the work, or episodes of it. */
export type Release = OwnRelease | LegacyRelease
