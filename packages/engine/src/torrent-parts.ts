import type { InfoHashes, Metainfo } from '@matinee/protocol'
import type { Dht } from './dht/dht.ts'
import type { AnnounceCall } from './discovery/announcer.ts'
import type { TrackerLists } from './discovery/discovery.ts'
import type { ResolvedOptions } from './options.ts'
import type { TokenBucket } from './token-bucket.ts'
import type { LeafRun } from './verify/leaf-run.ts'
import type { WebSeedOrigin } from './webseed/web-seeds.ts'

/** What a reader knows of what it reads. */
export interface ReaderHints {
  /** Of the film; decides what is needed when. Default 1 000 000. */
  readonly bytesPerSecond?: number
}

/** What makes a torrent, before and after its metadata is known. */
export interface TorrentParts {
  readonly options: ResolvedOptions
  readonly infoHashes: InfoHashes
  readonly metainfo: Metainfo | null
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
  readonly filesFrom: readonly string[] | undefined
}
