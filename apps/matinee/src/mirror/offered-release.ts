import type { OwnRelease } from '@matinee/catalogue'
import type { TorrentSource } from '@matinee/engine'
import { parseInfoHashV1, parseInfoHashV2 } from '@matinee/protocol'

/** A release that feeds offer now. */
export interface OfferedRelease {
  readonly release: OwnRelease
  /** Its title, for people. */
  readonly title: string
  /** The .torrent that its head pack holds; `null` = its metadata comes from who has it. */
  readonly source: () => Promise<TorrentSource | null>
}

/** Bytes of all files that a record names. */
export function bytesOf({ videos, audios, subtitles }: OwnRelease): number {
  return [...videos, ...audios, ...subtitles].reduce((sum, { length }) => sum + length, 0)
}

/** The name of its folder in the engine's. */
export function folderOf({ infoHashes }: OwnRelease): string {
  return infoHashes.v1 ?? infoHashes.v2
}

/** By its hashes, trackers and web seeds alone, where its .torrent isn't here. */
export function magnetOf({ infoHashes, trackers, webSeeds }: OwnRelease): TorrentSource {
  const { v1, v2 } = infoHashes
  return {
    kind: 'magnet',
    magnet: {
      infoHashes: { v1: v1 === undefined ? null : parseInfoHashV1(v1), v2: parseInfoHashV2(v2) },
      displayName: null,
      trackers,
      webSeeds,
      peers: [],
      files: [],
      exactSource: null,
    },
  }
}
