import type { FeedOffer, FollowedFeed as FeedAnswer, FollowedFeeds } from '#api'
import { followedFeedId, type FeedId } from '@matinee/catalogue'
import { bestLanguage } from '../language-choice.ts'
import type { ListCounter } from '../lists/list-counter.ts'
import type { Viewer } from '../viewer.ts'
import type { FollowedCatalogue } from './catalogue-loads.ts'
import { FeedOffers } from './feed-offers.ts'
import { feedAnswer, offerAnswer } from './feed-words.ts'
import type { FollowingWorld } from './followed-feed.ts'
import type { FollowingDesk } from './following-desk.ts'

/** Where pages ask about feeds: what is followed, what may be, and changes of it. */
export class FeedCounter {
  readonly #desk: FollowingDesk
  readonly #store: Pick<FollowedCatalogue, 'feeds'>
  readonly #offers: FeedOffers
  readonly #lists: ListCounter
  /** Who publishes a bundled feed. */
  readonly #operatorOf: (feedId: FeedId) => Promise<string>

  constructor(
    desk: FollowingDesk,
    store: Pick<FollowedCatalogue, 'feeds'>,
    world: FollowingWorld,
    lists: ListCounter,
    operatorOf: (feedId: FeedId) => Promise<string>,
  ) {
    this.#desk = desk
    this.#store = store
    this.#offers = new FeedOffers(world)
    this.#lists = lists
    this.#operatorOf = operatorOf
  }

  /** In the viewer's order, lists behind. */
  async list(viewer: Pick<Viewer, 'languages' | 'territory'>): Promise<FollowedFeeds> {
    const { languages } = viewer
    const signed = this.#desk.feeds.map((feed) =>
      feedAnswer(feed, this.#desk.entryOf(feed), languages),
    )
    const stored = await this.#store.feeds()
    const bundled = await Promise.all(
      stored
        .filter(({ trust }) => trust === 'bundled')
        .map(async ({ id, names, workCount }): Promise<FeedAnswer> => {
          const tags = Object.keys(names)
          return {
            id,
            kind: 'bundled',
            name: names[bestLanguage(tags, languages) ?? tags[0] ?? ''] ?? id,
            operator: await this.#operatorOf(id),
            fingerprint: null,
            works: workCount,
            confirmedOn: null,
            state: { kind: 'fresh' },
            sources: [],
            decidesSafety: false,
            progress: { kind: 'idle' },
          }
        }),
    )
    const lists = await this.#lists.list(viewer)
    return { feeds: [...this.#desk.inOrder([...bundled, ...signed]), ...lists] }
  }

  /** Null = there is neither a feed nor a list that can be verified. Throws the signal's reason. */
  async look(
    address: string,
    viewer: Pick<Viewer, 'languages'>,
    signal: AbortSignal,
  ): Promise<FeedOffer | null> {
    const [looked, list] = await Promise.all([
      this.#offers.look(address, signal),
      this.#lists.look(address, viewer, signal),
    ])
    if (looked === null) return list
    const isFollowed = this.#desk.feedOf(followedFeedId(looked.found.fingerprint)) !== null
    return offerAnswer(looked.offer, looked.found, isFollowed, viewer.languages)
  }

  /** What a file is that somebody handed in: only lists come in one. Null = none that somebody signed. */
  open(file: string, viewer: Pick<Viewer, 'languages'>): Promise<FeedOffer | null> {
    return this.#lists.open(file, viewer)
  }

  /** Why it isn't followed now; null = it is. */
  async follow(
    offer: string,
    fingerprint: string,
  ): Promise<'no-feed' | 'other-feed' | 'busy' | null> {
    const found = this.#offers.take(offer)
    if (found === null) return this.#lists.follow(offer, fingerprint)
    // C15: what was accepted is what was shown, and nothing else.
    if (found.fingerprint !== fingerprint) return 'other-feed'
    return (await this.#desk.follow(found)) === 'full' ? 'busy' : null
  }

  /** False = no such feed. */
  refresh(feedId: string): boolean {
    const feed = this.#desk.feedOf(feedId)
    if (feed === null) return this.#lists.refresh(feedId)
    void this.#desk.refresh(feed)
    return true
  }

  /** Why there is no such source; null = it will be asked. Throws the signal's reason. */
  async addSource(
    feedId: string,
    address: string,
    signal: AbortSignal,
  ): Promise<'not-found' | 'no-feed' | 'other-feed' | null> {
    const feed = this.#desk.feedOf(feedId)
    if (feed === null) return this.#lists.addSource(feedId, address, signal)
    const looked = await this.#offers.look(address, signal)
    if (looked === null) return 'no-feed'
    // C15: another root is another feed, wherever it lies.
    if (looked.found.fingerprint !== feed.fingerprint) return 'other-feed'
    return (await this.#desk.addSource(feed, looked.found.address.text)) ? null : 'no-feed'
  }

  /** False = no such feed. */
  async remove(feedId: string): Promise<boolean> {
    const feed = this.#desk.feedOf(feedId)
    if (feed === null) return this.#lists.remove(feedId)
    await this.#desk.remove(feed)
    return true
  }

  /** False = no such feed. */
  async setSafety(feedId: string, decidesSafety: boolean): Promise<boolean> {
    const feed = this.#desk.feedOf(feedId)
    if (feed !== null) await this.#desk.setSafety(feed, decidesSafety)
    return feed !== null
  }

  setOrder(ids: readonly string[]): Promise<void> {
    return this.#desk.setOrder(ids)
  }
}
