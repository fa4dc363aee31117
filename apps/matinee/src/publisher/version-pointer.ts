import type { Signer } from '@matinee/base'
import {
  type Sha256Text,
  type VerifiedFeed,
  type WorkRecord,
  feedTorrent,
  feedTorrentFile,
  feedTorrentPaths,
  makePointer,
} from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import type { FeedSource } from './feed-source.ts'
import { PublisherError } from './publisher-error.ts'

/** What a pointer is made of. */
export interface PointerParts {
  readonly fingerprint: Sha256Text
  readonly feed: VerifiedFeed
  /** Of every work in the version. */
  readonly records: readonly WorkRecord[]
  readonly source: FeedSource
  /** The timestamp's. */
  readonly version: number
  /** The bytes of timestamp.json. */
  readonly timestamp: Uint8Array
  /** A key of the timestamp role. */
  readonly signer: Signer
}

const MOST_BYTES = 16 * 1024 * 1024

/** The pointer to a version (feed-format 16.3). */
export async function pointerFor(parts: PointerParts): Promise<{
  /** `null` = the timestamp is too long for the DHT. */
  readonly bytes: Uint8Array | null
  readonly hasWorkFiles: boolean
}> {
  const { feed, records, source, fingerprint, version, timestamp, signer } = parts
  const hash = systemHash()
  const { paths, hasWorkFiles } = feedTorrentPaths(feed, records)
  const files = []
  for (const path of paths) {
    const bytes = await source(path, MOST_BYTES)
    if (bytes === null) throw new PublisherError('damaged', `feed/${path} is not there`)
    files.push(feedTorrentFile(path, bytes, hash))
  }
  const { infoHash } = feedTorrent(files, hash)
  const bytes = makePointer({ fingerprint, version, infoHash, timestamp }, signer)
  return { bytes, hasWorkFiles }
}
