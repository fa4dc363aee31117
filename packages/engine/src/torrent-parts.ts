import { messageOf, type TokenBucket } from '@matinee/base'
import { parseInfo, type InfoHashes, type Metainfo } from '@matinee/protocol'
import type { Dht } from './dht/dht.ts'
import type { AnnounceCall } from './discovery/announcer.ts'
import type { TrackerLists } from './discovery/discovery.ts'
import type { ResolvedOptions } from './options.ts'
import type { Shares } from './share/shares.ts'
import type { Turns } from './share/turns.ts'
import { loadInfo } from './store/info-file.ts'
import type { LeafRun } from './verify/leaf-run.ts'
import type { WebSeedOrigin } from './webseed/web-seeds.ts'

/** What makes a torrent, besides its metadata. Kept as long as the torrent is there. */
export interface TorrentParts {
  readonly options: ResolvedOptions
  readonly infoHashes: InfoHashes
  readonly trackers: TrackerLists
  /** `null` = it isn't used. */
  readonly dht: Dht | null
  /** Where the `.torrent` of a magnet link may be had; `null` = not told. */
  readonly exactSource: string | null
  readonly webSeeds: readonly WebSeedOrigin[]
  readonly announce: AnnounceCall
  readonly peerId: Uint8Array
  readonly listenPort: number | null
  readonly leaves: readonly LeafRun[]
  /** What the whole engine may upload. */
  readonly uploadBucket: TokenBucket
  /** What the engine's connections and upload slots are divided by. */
  readonly shares: Shares
  /** Who compares what lies on the disk does so in turns. */
  readonly checks: Turns
  readonly filesFrom: readonly string[] | undefined
}

/** Reads metadata that came without a .torrent file, held to the hashes that are known. Throws MetainfoError. */
export function readInfo(
  { trackers, webSeeds, options }: TorrentParts,
  infoHashes: InfoHashes,
  infoBytes: Uint8Array,
): Metainfo {
  const extra = { trackers: trackers.flat(), webSeeds: webSeeds.map(({ url }) => url) }
  return parseInfo(infoBytes, options.hash, infoHashes, extra)
}

/** Metadata that an earlier run left in the torrent's folder; `null` = none, or it's wrong. */
export async function storedInfo(
  parts: TorrentParts,
  folder: string,
  infoHashes: InfoHashes,
): Promise<Metainfo | null> {
  const { disk, log } = parts.options
  const infoBytes = await loadInfo(disk, folder)
  if (infoBytes === null) return null
  try {
    return readInfo(parts, infoHashes, infoBytes)
  } catch (error) {
    log.warn('stored metadata is wrong', { reason: messageOf(error) })
    return null
  }
}
