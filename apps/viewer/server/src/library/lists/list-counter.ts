import type { FeedOffer, FollowedFeed as FeedAnswer } from '#api'
import type { FollowingWorld } from '../following/followed-feed.ts'
import type { Viewer } from '../viewer.ts'
import type { ChosenLists, ListedCatalogue } from './chosen-lists.ts'
import { listAddress } from './list-address.ts'
import { listAnswer, listOffer } from './list-answers.ts'
import type { ListDesk } from './list-desk.ts'
import { ListOffers, type FoundList } from './list-offers.ts'
import { addressOf } from '../work-address.ts'

/** Where pages ask about lists that are followed by themselves, as about feeds. */
export class ListCounter {
  readonly #desk: ListDesk
  readonly #shown: ReturnType<ChosenLists['shownIn']>
  readonly #offers: ListOffers

  constructor(desk: ListDesk, chosen: ChosenLists, store: ListedCatalogue, world: FollowingWorld) {
    this.#desk = desk
    this.#shown = chosen.shownIn(store)
    this.#offers = new ListOffers(world)
  }

  async list(viewer: Pick<Viewer, 'languages' | 'territory'>): Promise<FeedAnswer[]> {
    const { territory } = viewer
    const shown = await this.#shown({ territory })
    return this.#desk.lists.map((follower) => {
      const address = listAddress(follower.entry)
      const list = shown.find((each) => addressOf(each) === address) ?? null
      return listAnswer(follower, list, viewer)
    })
  }

  /** Null = no list there. Throws the signal's reason. */
  async look(
    address: string,
    viewer: Pick<Viewer, 'languages'>,
    signal: AbortSignal,
  ): Promise<FeedOffer | null> {
    const found = await this.#offers.look(address, signal)
    return found === null ? null : this.#offer(found, viewer)
  }

  /** Null = no list that somebody signed. A newer file of a list that is followed is taken at once: its key was accepted. */
  async open(file: string, viewer: Pick<Viewer, 'languages'>): Promise<FeedOffer | null> {
    const found = this.#offers.open(new TextEncoder().encode(file))
    return found === null ? null : this.#offer(found, viewer)
  }

  /** Why it isn't followed now; null = it is. */
  async follow(offer: string, key: string): Promise<'no-feed' | 'other-feed' | 'busy' | null> {
    const found = this.#offers.take(offer)
    if (found === null) return 'no-feed'
    // C15: what was accepted is what was shown, and nothing else.
    if (found.key !== key) return 'other-feed'
    return (await this.#desk.follow(found)) ? null : 'busy'
  }

  /** False = no such list. */
  refresh(address: string): boolean {
    const list = this.#desk.listOf(address)
    if (list !== null) void this.#desk.refresh(list)
    return list !== null
  }

  /** Why there is no such source; null = it will be asked. Throws the signal's reason. */
  async addSource(
    address: string,
    typed: string,
    signal: AbortSignal,
  ): Promise<'not-found' | 'no-feed' | 'other-feed' | null> {
    const list = this.#desk.listOf(address)
    if (list === null) return 'not-found'
    const found = await this.#offers.look(typed, signal)
    if (found === null || found.place === null) return 'no-feed'
    // C15: what another key signed is another list, whatever it's called.
    if (listAddress({ key: found.key, id: found.list.id }) !== address) return 'other-feed'
    await this.#desk.tell(found)
    return (await this.#desk.addSource(list, found.place.text)) ? null : 'no-feed'
  }

  /** False = no such list. */
  async remove(address: string): Promise<boolean> {
    const list = this.#desk.listOf(address)
    if (list !== null) await this.#desk.remove(list)
    return list !== null
  }

  async #offer(found: FoundList, viewer: Pick<Viewer, 'languages'>): Promise<FeedOffer> {
    const news = await this.#desk.tell(found)
    return listOffer(this.#offers.put(found), found, news, viewer)
  }
}
