import type { Release } from '@matinee/catalogue'
import type { TorrentSource } from '@matinee/engine'
import { parseInfoHashV1, parseInfoHashV2, type InfoHashes } from '@matinee/protocol'

/** A release's info-hashes, as the engine knows torrents by. */
export function infoHashesOf({ infoHashes }: Release): InfoHashes {
  const v2 = 'v2' in infoHashes ? infoHashes.v2 : undefined
  return {
    v1: infoHashes.v1 === undefined ? null : parseInfoHashV1(infoHashes.v1),
    v2: v2 === undefined ? null : parseInfoHashV2(v2),
  }
}

/** Whether two pairs of hashes are of one torrent: by v2 where both have it. */
export function isSameTorrent(a: InfoHashes, b: InfoHashes): boolean {
  return a.v2 === null || b.v2 === null ? a.v1 !== null && a.v1 === b.v1 : a.v2 === b.v2
}

/** What a record says of a torrent, as a magnet link would: its metadata comes from who has it, held to the hash. */
export function magnetOf(release: Release, infoHashes: InfoHashes): TorrentSource {
  return {
    kind: 'magnet',
    magnet: {
      infoHashes,
      displayName: null,
      trackers: release.trackers,
      webSeeds: release.webSeeds,
      peers: [],
      files: [],
      exactSource: null,
    },
  }
}

/** The name by which the engine keeps a release's files. */
export function keyOf({ infoHashes }: Release): string {
  return infoHashes.v1 ?? ('v2' in infoHashes ? infoHashes.v2 : '')
}
