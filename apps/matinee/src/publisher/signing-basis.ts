import { type Signer, equalBytes } from '@matinee/base'
import type { RoleSigners, RootRole, Sha256Text } from '@matinee/catalogue'
import { type FeedSource, folderSource } from './feed-source.ts'
import type { KeyRing } from './key-ring.ts'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'
import { type PublisherSettings, parseSettings } from './publisher-settings.ts'
import { type PublishedState, readPublished } from './published-state.ts'
import { RootChain, keyNames } from './root-chain.ts'

/** What a version is signed on top of. */
export interface SigningBasis {
  readonly settings: PublisherSettings
  readonly chain: RootChain
  /** The newest, which may not be published yet. */
  readonly root: RootRole
  readonly fingerprint: Sha256Text
  /** The files that are published. */
  readonly source: FeedSource
  /** `null` = nothing is. */
  readonly published: PublishedState | null
}

/** Reads what a version is signed on top of. Throws {@link PublisherError} where that isn't whole, or waits for somebody. */
export async function readBasis(folder: PublisherFolder, nowMs: number): Promise<SigningBasis> {
  const settings = parseSettings(await folder.settings())
  const chain = await RootChain.read(folder)
  if (chain.draft !== null)
    throw new PublisherError(
      'refused',
      'a new root waits for signatures: "matinee feed rotate" with the keys that lack, or with --drop',
    )
  const { root } = chain.newestState
  const { fingerprint } = chain
  if (fingerprint === null || fingerprint !== settings.fingerprint)
    throw new PublisherError('damaged', "roots/1.root.json isn't the root of this feed: restore it")
  const source = folderSource(folder.disk, folder.feedFolder)
  const published = await readPublished(source, fingerprint, nowMs)
  // feed-format 13.5: a reader takes the newest signature for the time; signing earlier would shorten nothing and confuse people.
  const issuedMs = published?.feed.timestamp.issuedMs ?? 0
  if (nowMs < issuedMs)
    throw new PublisherError(
      'refused',
      `this computer's clock is behind the feed, which was last signed on ${new Date(issuedMs).toISOString()}: set it`,
    )
  return { settings, chain, root, fingerprint, source, published }
}

/**
 * Who signs a role now: as many keys of the newest root as it needs, and, as long as another root is published, as many of that
 * one's as are at hand. A version that holds under both roots can be published in one step.
 */
export async function signersOf(
  role: 'timestamp' | 'snapshot' | 'targets',
  { settings, root, published }: SigningBasis,
  ring: KeyRing,
): Promise<readonly Signer[]> {
  const signers = [
    ...(await ring.signers(`the role ${role}`, publicKeys(root.signers[role]), keyNames(settings))),
  ]
  if (published === null || published.feed.root.version === root.version) return signers
  const before = publicKeys(published.feed.root.signers[role])
  const isOf = (key: Uint8Array): boolean => before.keys.some((each) => equalBytes(each, key))
  const lacks = before.threshold - signers.filter(({ publicKey }) => isOf(publicKey)).length
  const others = before.keys.filter(
    (key) => !signers.some(({ publicKey }) => equalBytes(publicKey, key)),
  )
  const found = ring.among(others)
  // A key that is lost can't sign: then readers who ask between two steps are told to ask again.
  if (found.length < lacks) return signers
  for (const key of found.slice(0, Math.max(0, lacks))) signers.push(await ring.open(key))
  return signers
}

function publicKeys({ keys, threshold }: RoleSigners): {
  readonly keys: readonly Uint8Array[]
  readonly threshold: number
} {
  return { keys: keys.map(({ publicKey }) => publicKey), threshold }
}
