import type { InfoHashes, Metainfo } from '@matinee/protocol'
import type { AnnounceCall } from './discovery/announcer.ts'
import type { ResolvedOptions } from './options.ts'
import type { TokenBucket } from './upload/token-bucket.ts'
import type { LeafRun } from './verify/leaf-run.ts'
import type { WebSeedOrigin } from './webseed/web-seeds.ts'

/** What makes a torrent, before and after its metadata is known. */
export interface TorrentParts {
  readonly options: ResolvedOptions
  readonly infoHashes: InfoHashes
  readonly metainfo: Metainfo | null
  readonly trackers: readonly string[]
  readonly webSeeds: readonly WebSeedOrigin[]
  readonly announce: AnnounceCall
  readonly peerId: Uint8Array
  readonly listenPort: number | null
  readonly leaves: readonly LeafRun[]
  /** What the whole engine may upload. */
  readonly uploadBucket: TokenBucket
  readonly filesFrom: readonly string[] | undefined
}
