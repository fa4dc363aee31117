import {
  FEED_HEAD,
  HEAD_LIMITS,
  ROLE_LIMITS,
  beginTrust,
  parseFeedHead,
  parseSha256,
  refreshFeed,
  rolesWithWorks,
  runCheck,
  targetFileName,
  targetProblem,
  type FeedHead,
  type Sha256Text,
  type VerifiedFeed,
} from '@matinee/catalogue'
import { lookAt } from './address-look.ts'
import { parseFeedAddress, type FeedAddress } from './feed-address.ts'
import type { FeedSource } from './feed-source.ts'
import type { FollowingWorld } from './followed-feed.ts'
import { OfferBook } from './offer-book.ts'

/** A feed that was found at an address, verified from its first root on. */
export interface FoundFeed {
  readonly fingerprint: Sha256Text
  /** The bytes of the first root. */
  readonly root: Uint8Array
  readonly address: FeedAddress
  readonly head: FeedHead
  readonly works: number
}

const FIRST_ROOT = 'metadata/1.root.json'

/** Looks what is at an address, and remembers it until the viewer has accepted its fingerprint. */
export class FeedOffers {
  readonly #world: FollowingWorld
  readonly #offers: OfferBook<FoundFeed>

  constructor(world: FollowingWorld) {
    this.#world = world
    this.#offers = new OfferBook(world.clock)
  }

  /** Null = there is no feed there that can be verified, or it can't be had. Throws the signal's reason. */
  async look(
    typed: string,
    signal: AbortSignal,
  ): Promise<{ readonly offer: string; readonly found: FoundFeed } | null> {
    const address = parseFeedAddress(typed)
    const found = address === null ? null : await this.#find(address, signal)
    return found === null ? null : { offer: this.#offers.put(found), found }
  }

  /** What was offered; null = nothing, or too long ago. */
  take(offer: string): FoundFeed | null {
    return this.#offers.take(offer)
  }

  #find(address: FeedAddress, signal: AbortSignal): Promise<FoundFeed | null> {
    return lookAt(address, this.#world, signal, 'no feed there', (source, until) =>
      this.#read(address, source, until),
    )
  }

  async #read(
    address: FeedAddress,
    source: FeedSource,
    signal: AbortSignal,
  ): Promise<FoundFeed | null> {
    const { crypto, clock } = this.#world
    const maxBytes = ROLE_LIMITS.root.bytes
    const root = await source.read({ path: FIRST_ROOT, maxBytes, sha256: null }, signal)
    const fingerprint = root === null ? null : parseSha256(crypto.sha256(root).toHex())
    if (root === null || fingerprint === null) return null
    // C15: the name of a feed in the DHT says which one it is.
    if (address.kind === 'swarm' && !fingerprint.startsWith(address.salt.toHex())) return null
    const begun = beginTrust(root, fingerprint, crypto)
    if (begun.kind === 'refused') return null
    const check = refreshFeed(begun.files, clock.wallMs(), crypto)
    const refresh = await runCheck(check, (wanted) => source.read(wanted, signal))
    if (refresh.kind === 'refused') return null
    const head = await this.#head(refresh.feed, source, signal)
    return head === null
      ? null
      : { fingerprint, root, address, head, works: workCount(refresh.feed) }
  }

  async #head(
    { publisher }: VerifiedFeed,
    source: FeedSource,
    signal: AbortSignal,
  ): Promise<FeedHead | null> {
    const target = publisher.files.get(FEED_HEAD)
    if (target === undefined || target.length > HEAD_LIMITS.bytes) return null
    const wanted = { path: targetFileName(target), maxBytes: target.length, sha256: target.sha256 }
    const bytes = await source.read(wanted, signal)
    if (bytes === null || targetProblem(bytes, target, this.#world.crypto) !== null) return null
    const parsed = parseFeedHead(bytes)
    return parsed.kind === 'head' ? parsed.head : null
  }
}

/** How many works the roles of a version say they have. */
export function workCount(feed: VerifiedFeed): number {
  return rolesWithWorks(feed).reduce((sum, { summary }) => {
    const works = summary?.['works']
    return sum + (typeof works === 'number' && Number.isSafeInteger(works) ? Math.max(0, works) : 0)
  }, 0)
}
