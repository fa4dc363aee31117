import { parseInfoHashV1, parseInfoHashV2, type Magnet } from '@matinee/protocol'
import type { SiteRelease } from './site-model.ts'

/** Where a release's torrents lie, from the site's root; `null` = it has none here. */
export interface TorrentPaths {
  readonly own: string | null
  readonly twin: string | null
}

/** Named by what they hold, so one that changes is another file. */
export function torrentPaths({ release, torrent, twin }: SiteRelease): TorrentPaths {
  const own = release.kind === 'release' ? release.infoHashes.v2 : release.infoHashes.v1
  const v1 = release.kind === 'release' ? release.twin : undefined
  return {
    own: torrent === null ? null : `torrents/${own}.torrent`,
    twin: twin === null || v1 === undefined ? null : `torrents/${v1}.torrent`,
  }
}

/** The release as a magnet link says it. */
export function magnetOf({ release }: SiteRelease, displayName: string): Magnet {
  const { v1 } = release.infoHashes
  const v2 = release.kind === 'release' ? release.infoHashes.v2 : undefined
  return {
    infoHashes: {
      v1: v1 === undefined ? null : parseInfoHashV1(v1),
      v2: v2 === undefined ? null : parseInfoHashV2(v2),
    },
    displayName,
    trackers: release.trackers,
    webSeeds: release.webSeeds,
    peers: [],
    files: [],
    exactSource: null,
  }
}
