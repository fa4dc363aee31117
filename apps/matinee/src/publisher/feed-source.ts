import { join } from 'node:path'
import type { Disk } from '@matinee/base'
import {
  type FeedCheck,
  type Freshness,
  type Sha256Text,
  type TrustRefusal,
  type TrustedFiles,
  type VerifiedFeed,
  beginTrust,
  parseSha256,
  refreshFeed,
  runCheck,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { readCapped } from './durable-file.ts'

/** Gives a file of a feed by its path there; `null` = it isn't there. Throws when it's longer than `maxBytes`. */
export type FeedSource = (path: string, maxBytes: number) => Promise<Uint8Array | null>

/** What a feed's files come to when they are read as somebody would who knows nothing but the fingerprint. */
export type ReadSignedFeed =
  | {
      readonly kind: 'feed'
      readonly feed: VerifiedFeed
      readonly files: TrustedFiles
      readonly freshness: Freshness
    }
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }

/** The largest file that a feed may have. */
const MOST_BYTES = 16 * 1024 * 1024

const CRYPTO = systemFeedCrypto()

/** The files of a feed's folder. */
export function folderSource(disk: Disk, folder: string): FeedSource {
  return (path, maxBytes) => readCapped(disk, join(folder, path), maxBytes)
}

/** Files of the first source, and of the second where the first has none. */
export function overlaySource(first: FeedSource, second: FeedSource): FeedSource {
  return async (path, maxBytes) => (await first(path, maxBytes)) ?? (await second(path, maxBytes))
}

/** Runs a check against a source. */
export function checkSource<T>(check: FeedCheck<T>, source: FeedSource): Promise<T> {
  return runCheck(check, ({ path, maxBytes }) => source(path, maxBytes))
}

/** The fingerprint of the feed in a source; `null` = there is none. */
export async function fingerprintOf(source: FeedSource): Promise<Sha256Text | null> {
  const root = await source('metadata/1.root.json', MOST_BYTES)
  return root === null ? null : parseSha256(CRYPTO.sha256(root).toHex())
}

/** Reads a feed from its first root on, as a new follower does. */
export async function readSignedFeed(
  source: FeedSource,
  fingerprint: Sha256Text,
  nowMs: number,
): Promise<ReadSignedFeed> {
  const path = 'metadata/1.root.json'
  const root = await source(path, MOST_BYTES)
  if (root === null)
    return { kind: 'refused', refusal: { code: 'missing', file: path, why: 'is not there' } }
  const begun = beginTrust(root, fingerprint, CRYPTO)
  if (begun.kind === 'refused') return begun
  const refresh = await checkSource(refreshFeed(begun.files, nowMs, CRYPTO), source)
  if (refresh.kind === 'refused') return { kind: 'refused', refusal: refresh.refusal }
  const { feed, files, freshness } = refresh
  return { kind: 'feed', feed, files, freshness }
}
