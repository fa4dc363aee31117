import { createHash } from 'node:crypto'
import { assert, toHex } from '@matinee/base'
import type { JsonObject, JsonValue } from '@matinee/catalogue'
import { spanOfSeconds } from '@matinee/media'
import type { Metainfo } from '@matinee/protocol'
import type { FilmFacts } from './film-facts.ts'
import { indexEnd } from './film-fault.ts'
import type { AudioSource, ReleaseOrder, SubtitleSource } from './release-order.ts'

/** A file that lies in the release's folder and stands in its record. */
export type PlacedFile =
  | {
      readonly kind: 'video'
      readonly name: string
      readonly film: FilmFacts
      readonly languages: readonly string[]
      readonly episode: string | undefined
    }
  | {
      readonly kind: 'audio'
      readonly name: string
      readonly film: null
      readonly language: string
      readonly use: AudioSource['use']
      readonly codec: string
      readonly container: string
      readonly episode: string | undefined
    }
  | {
      readonly kind: 'subtitles'
      readonly name: string
      readonly film: null
      readonly language: string
      readonly use: SubtitleSource['use']
      readonly episode: string | undefined
    }

/** What was made of the files. */
export interface MadeTorrents {
  readonly hybrid: Metainfo
  readonly twin: Metainfo
  readonly headPack: Uint8Array | null
}

/** As much of a film as is asked for before it begins. */
const HEAD_SECONDS = 4

/** The release as its record names it: feed-format 5. */
export function releaseDraft(
  order: ReleaseOrder,
  placed: readonly PlacedFile[],
  { hybrid, twin, headPack }: MadeTorrents,
): JsonObject {
  const { v1, v2 } = hybrid.infoHashes
  assert(v1 !== null && v2 !== null && twin.infoHashes.v1 !== null, 'torrents of all kinds')
  const named = (kind: PlacedFile['kind']): JsonObject[] =>
    placed.filter((file) => file.kind === kind).map((file) => fileDraft(file, hybrid))
  const height = placed[0]?.film?.video?.height
  return withoutUndefined({
    kind: 'release',
    id: order.releaseId,
    label: order.label ?? (height === undefined ? undefined : `${height}p`),
    infoHashes: { v1, v2 },
    trackers: order.trackers,
    webSeeds: order.webSeeds,
    twin: twin.infoHashes.v1,
    headPack:
      headPack === null ? undefined : { sha256: sha256Of(headPack), length: headPack.length },
    videos: named('video'),
    audios: named('audio'),
    subtitles: named('subtitles'),
  })
}

function fileDraft(file: PlacedFile, metainfo: Metainfo): JsonObject {
  const found = metainfo.files.find(({ path }) => path.join('/') === file.name)
  assert(found !== undefined && found.piecesRoot !== null, 'a placed file is in its torrent')
  const place = withoutUndefined({
    path: file.name,
    length: found.length,
    root: toHex(found.piecesRoot),
    episode: file.episode,
  })
  switch (file.kind) {
    case 'video':
      return { ...place, ...videoDraft(file.film, file.languages) }
    case 'audio': {
      const { language, use, codec, container } = file
      return withoutUndefined({ ...place, language, use, codecs: [codec], container })
    }
    case 'subtitles': {
      const { language, use } = file
      return withoutUndefined({ ...place, language, use, format: 'webvtt' })
    }
  }
}

function videoDraft(film: FilmFacts, languages: readonly string[]): JsonObject {
  const { container, durationSeconds, video, sounds, index, lengthBytes } = film
  assert(video !== null && index !== null, 'what has faults is in no release')
  const end = indexEnd(film)
  const needed = spanOfSeconds(index, 0, HEAD_SECONDS, lengthBytes)
  return withoutUndefined({
    container,
    durationSeconds,
    width: video.width,
    height: video.height,
    frameRate: video.frameRate ?? undefined,
    codecs: [video.codec, ...new Set(sounds.map(({ codec }) => codec))].slice(0, 8),
    languages,
    index: { start: 0, end },
    head: { start: Math.min(end, needed.start), end: needed.end },
  })
}

function withoutUndefined(fields: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const kept: Record<string, JsonValue> = {}
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) kept[key] = value
  return kept
}

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
