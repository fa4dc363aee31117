/**
 * One signed feed that is followed: what is trusted of it, its sources, and how it comes up to its newest version. All
 * sources are asked at once, and the first that verifies is taken; what the others say is compared with that.
 */
import { DAY_MS, type Clock, type Log } from '@matinee/base'
import {
  feedMagnet,
  freshnessOf,
  seenTime,
  type FeedCrypto,
  type Refresh,
  type Sha256Text,
  type TrustRefusal,
  type TrustedFiles,
  type WantedFile,
} from '@matinee/catalogue'
import { parseFeedAddress, type FeedAddress } from './feed-address.ts'
import { writeMetadata, type KeptFiles } from './feed-copy.ts'
import type { FeedLedger, GoodRefresh } from './feed-ledger.ts'
import type { FeedSource } from './feed-source.ts'
import { FileFinder } from './file-finder.ts'
import { SourceBook, type SourceEntry } from './source-book.ts'
import { checkSource } from './source-check.ts'

/** What following a feed needs of the world. */
export interface FollowingWorld {
  readonly clock: Clock
  readonly log: Log
  readonly crypto: FeedCrypto
  /**
   * @param isOwn whether the viewer named the address; otherwise the feed did
   */
  openSource(address: FeedAddress, isOwn: boolean): FeedSource
  /** Whether feeds are looked for in the swarm, too, by the name that their keys give them. */
  readonly hasSwarm: boolean
}

/** How a feed stands. */
export type FeedStanding =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'expired'; readonly days: number }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly refusal: TrustRefusal }

/** What is done for a feed just now; null = nothing. */
export type FeedStep = 'looking' | 'files' | 'works' | null

/** Whether works of a feed are on their way into the catalogue. */
export function isComing(step: FeedStep): boolean {
  return step === 'files' || step === 'works'
}

/** A followed feed. A second refresh at the same time is the one that runs. */
export class FollowedFeed implements Disposable {
  readonly fingerprint: Sha256Text
  readonly copy: KeptFiles
  readonly ledger: FeedLedger
  readonly sources: SourceBook
  readonly #world: FollowingWorld
  readonly #finder: FileFinder
  readonly #onTaken: (feed: FollowedFeed) => Promise<void>
  #refusal: TrustRefusal | null = null
  #own: readonly FeedAddress[] = []
  #step: FeedStep = null
  #running: Promise<void> | null = null
  readonly #stopping = new AbortController()

  /**
   * @param kept what is known of it; the ledger is disposed with this
   * @param onTaken told after each version, and after decisions that were taken without their works
   */
  constructor(
    fingerprint: Sha256Text,
    kept: { readonly copy: KeptFiles; readonly ledger: FeedLedger },
    world: FollowingWorld,
    onTaken: (feed: FollowedFeed) => Promise<void>,
  ) {
    this.fingerprint = fingerprint
    this.#world = world
    this.#onTaken = onTaken
    this.copy = kept.copy
    this.ledger = kept.ledger
    this.sources = new SourceBook((address, isOwn) => world.openSource(address, isOwn))
    this.#finder = new FileFinder(this.copy, this.sources, world.clock)
  }

  get step(): FeedStep {
    return this.#step
  }

  /** When it was last known to hold, since 1970; null = never. */
  get confirmedMs(): number | null {
    return this.ledger.trusted?.confirmedMs ?? null
  }

  /** feed-format 13.5: expiry is shown and refuses nothing. */
  get standing(): FeedStanding {
    const { feed, trusted, version } = this.ledger
    const refusal = this.#refusal
    if (version === null)
      return refusal === null ? { kind: 'waiting' } : { kind: 'refused', refusal }
    if (feed === null) return this.#expired(this.#nowMs, this.#nowMs)
    const hasExpired = trusted?.expiredVersion === feed.timestamp.version
    const freshness = freshnessOf(feed, this.#nowMs, hasExpired)
    if (freshness.kind === 'stale')
      return this.#expired(freshness.sinceMs, seenTime(feed.timestamp, this.#nowMs))
    return refusal === null ? { kind: 'fresh' } : { kind: 'refused', refusal }
  }

  /** Begins with the feed's first root, whose fingerprint the viewer accepted. Returns why not, or null. */
  async begin(root: Uint8Array): Promise<TrustRefusal | null> {
    const refusal = await this.ledger.begin(root, this.fingerprint)
    if (refusal === null) await this.copy.write('metadata/1.root.json', root)
    return refusal
  }

  /** The viewer's own sources; those that the feed names are added, and its name in the DHT. */
  setSources(own: readonly FeedAddress[]): void {
    this.#own = own
    const { head, feed } = this.ledger
    const [key] = feed?.root.signers.timestamp.keys ?? []
    const magnet =
      key === undefined || !this.#world.hasSwarm
        ? []
        : [feedMagnet(key.publicKey, this.fingerprint)]
    const isNamed = (link: string): boolean => !own.some(({ text }) => text.startsWith(link))
    const named = [...(head?.mirrors ?? []), ...magnet.filter(isNamed)].flatMap(
      (link) => parseFeedAddress(link) ?? [],
    )
    this.sources.set([
      ...own.map((address) => ({ address, isOwn: true })),
      ...named.map((address) => ({ address, isOwn: false })),
    ])
  }

  /** Asks all sources for a newer version. Resolves when each has answered or had its time. Throws the signal's reason. */
  refresh(signal: AbortSignal): Promise<void> {
    const until = AbortSignal.any([signal, this.#stopping.signal])
    this.#running ??= this.#refresh(until).finally(() => {
      this.#running = null
      this.#step = null
    })
    return this.#running
  }

  /** A picture or head pack of one of its works, by its hash, from whoever has it; `null` = nobody. */
  fetch(wanted: WantedFile, signal: AbortSignal): Promise<Uint8Array | null> {
    return this.#finder.find(wanted, null, signal)
  }

  /** Ends what runs; nothing more is asked for. */
  stop(): void {
    this.#stopping.abort(new DOMException('the feed is not followed any more', 'AbortError'))
  }

  /** Whether it's not followed any more. */
  get isStopped(): boolean {
    return this.#stopping.signal.aborted
  }

  /** After what runs has ended. */
  [Symbol.dispose](): void {
    this.ledger[Symbol.dispose]()
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    this.#step = 'looking'
    for (const turn of this.sources.turns(this.#nowMs)) if (await this.#ask(turn, signal)) return
  }

  /** Asks some at once. True when one of them gave what holds. */
  async #ask(entries: readonly SourceEntry[], signal: AbortSignal): Promise<boolean> {
    const asking = new Map(
      entries.map((entry) => {
        const { trusted } = this.ledger
        const answer = this.#check(entry, trusted, signal)
        return [entry, answer.then((refresh) => ({ entry, refresh, trusted }))] as const
      }),
    )
    let isAnyGood = false
    let refused: TrustRefusal | null = null
    while (asking.size > 0) {
      const { entry, trusted, refresh: first } = await Promise.race(asking.values())
      asking.delete(entry)
      // Somebody was quicker: what this one has is compared with that.
      const isLate = first !== null && trusted !== this.ledger.trusted
      const refresh = isLate ? await this.#check(entry, this.ledger.trusted, signal) : first
      if (refresh === null) continue
      if (refresh.kind === 'refused') {
        refused ??= refresh.refusal
        await this.#keepRoots(refresh.files)
        continue
      }
      isAnyGood = true
      this.#refusal = await this.#take(entry, refresh, signal)
    }
    if (!isAnyGood && refused !== null) this.#refusal = refused
    return isAnyGood
  }

  async #check(
    entry: SourceEntry,
    trusted: TrustedFiles | null,
    signal: AbortSignal,
  ): Promise<Refresh | null> {
    if (trusted === null) return null
    return checkSource(entry, trusted, { ...this.#world, copy: this.copy }, signal)
  }

  /** Takes what a source has. Returns why its works couldn't be had; null = all is well. */
  async #take(
    entry: SourceEntry,
    refresh: GoodRefresh,
    signal: AbortSignal,
  ): Promise<TrustRefusal | null> {
    const hasWorks = this.ledger.version === refresh.feed.timestamp.version
    if (refresh.kind === 'unchanged' && hasWorks) {
      await this.ledger.keep(refresh.files)
      return null
    }
    this.#step = 'files'
    const fetch = (wanted: WantedFile): Promise<Uint8Array | null> =>
      this.#finder.find(wanted, entry, signal)
    const { refusal, isChanged } = await this.ledger.take(refresh, fetch)
    if (refusal === null) {
      this.setSources(this.#own)
      await writeMetadata(this.copy, refresh)
    }
    this.#step = 'works'
    if (isChanged) await this.#onTaken(this)
    this.#step = 'looking'
    return refusal
  }

  /** A refusal leaves everything as it was but for newer roots (feed-format 13.6). */
  async #keepRoots(files: TrustedFiles): Promise<void> {
    if (files.root !== this.ledger.trusted?.root) await this.ledger.keep(files)
  }

  #expired(sinceMs: number, nowMs: number): FeedStanding {
    const days = Math.floor((nowMs - (this.confirmedMs ?? sinceMs)) / DAY_MS)
    return { kind: 'expired', days: Math.max(0, days) }
  }

  get #nowMs(): number {
    return this.#world.clock.wallMs()
  }
}
