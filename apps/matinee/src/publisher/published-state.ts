import {
  type Edition,
  FEED_HEAD,
  type FeedCrypto,
  type JsonObject,
  type PublishedRole,
  type RoleSigners,
  type Sha256Text,
  TrustError,
  type TrustedFiles,
  type VerifiedFeed,
  publishedRole,
  readEdition,
  targetFileName,
  TIMESTAMP_FILE,
  PUBLISHER,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { type FeedSource, checkSource, readSignedFeed } from './feed-source.ts'
import { PublisherError } from './publisher-error.ts'

const CRYPTO: FeedCrypto = systemFeedCrypto()

/** What is published now: what the next version goes on from. */
export interface PublishedState {
  readonly feed: VerifiedFeed
  readonly files: TrustedFiles
  /** The publisher's works; `null` = none yet. */
  readonly edition: Edition | null
  /** feed.json; `null` = it isn't signed for. */
  readonly head: Uint8Array | null
}

/**
 * Reads what a publisher's feed is now; `null` = nothing was ever published. Throws {@link PublisherError} `damaged` when what is
 * there isn't whole.
 */
export async function readPublished(
  source: FeedSource,
  fingerprint: Sha256Text,
  nowMs: number,
): Promise<PublishedState | null> {
  if ((await source(TIMESTAMP_FILE, 64 * 1024)) === null) return null
  const read = await readSignedFeed(source, fingerprint, nowMs)
  if (read.kind === 'refused') throw damagedFeed(`${read.refusal.file} ${read.refusal.why}`)
  const { feed, files } = read
  const head = feed.publisher.files.get(FEED_HEAD)
  try {
    return {
      feed,
      files,
      edition: await checkSource(readEdition(feed.publisher, CRYPTO), source),
      head: head === undefined ? null : await source(targetFileName(head), head.length),
    }
  } catch (error) {
    if (error instanceof TrustError) throw damagedFeed(error.message)
    throw error
  }
}

/** A file of the version that is published, and whether the keys of today sign for it; `null` = there is none. */
export function roleOf(
  state: PublishedState | null,
  role: 'timestamp' | 'snapshot' | 'targets',
  signers: RoleSigners,
): PublishedRole | null {
  if (state === null) return null
  const { timestamp, snapshot, targets } = state.files
  const bytes =
    role === 'targets' ? targets.get(PUBLISHER) : role === 'snapshot' ? snapshot : timestamp
  if (bytes === null || bytes === undefined) return null
  return publishedRole(bytes, role, signers, `feed/ ${role}`, CRYPTO)
}

/** `meta` of the snapshot that is published. */
export function snapshotMeta(state: PublishedState | null): JsonObject {
  const roles = [...(state?.feed.snapshot.roles ?? [])]
  return Object.fromEntries(
    roles.map(([name, { version, length, sha256 }]) => [
      `${name}.json`,
      { version, length, hashes: { sha256 } },
    ]),
  )
}

function damagedFeed(what: string): PublisherError {
  return new PublisherError(
    'damaged',
    `what is published isn't whole (feed/${what}): put a mirror's copy of it into feed/, then go on`,
  )
}
