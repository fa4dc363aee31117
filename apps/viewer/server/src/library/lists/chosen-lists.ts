/**
 * The lists that are followed by themselves, as lists of the programme. A list brings no works (feed-format 12.10): what it names
 * is looked up in the catalogue, and shown as far as a followed feed has it and offers it.
 */
import {
  foldText,
  followedFeedId,
  type CuratedList,
  type FollowedList,
  type ListedWork,
  type WorkKey,
  type WorkSummary,
} from '@matinee/catalogue'
import type { FollowingDesk } from '../following/following-desk.ts'
import { serverLanguageOf } from '../language-choice.ts'
import type { AskedCatalogue } from '../limited-catalogue.ts'
import { serverText } from '../words/server-words.ts'
import { addressOf } from '../work-address.ts'
import { listFeedId } from './list-address.ts'
import type { ListDesk } from './list-desk.ts'
import type { ListFollower } from './list-follower.ts'
import { ShownList } from './shown-list.ts'

/** Works that the catalogue is asked for at once. */
const KEYS = 200
/** Lists among suggestions. */
const MOST_SUGGESTED = 3
/** More changes of lists than between two changes of the catalogue. */
const CHANGES = 1_000_000

/** Where the works of lists are looked up. */
export type ListedCatalogue = Pick<AskedCatalogue, 'works' | 'sameWorks' | 'revision'>

type Audience = Parameters<AskedCatalogue['lists']>[0]

/** See the file's comment. */
export class ChosenLists {
  readonly #lists: Pick<ListDesk, 'lists' | 'changes'>
  readonly #feeds: Pick<FollowingDesk, 'feedOf'>

  constructor(lists: Pick<ListDesk, 'lists' | 'changes'>, feeds: Pick<FollowingDesk, 'feedOf'>) {
    this.#lists = lists
    this.#feeds = feeds
  }

  /** A profile's catalogue, which knows its age, with these lists before those of its feeds. */
  in(store: AskedCatalogue): AskedCatalogue {
    const chosen = this.shownIn(store)
    return {
      ...store,
      revision: (signal) => this.#revision(store, signal),
      lists: async (audience, signal) => [
        ...(await chosen(audience)),
        ...(await store.lists(audience, signal)),
      ],
      suggest: async (request, signal) => {
        const suggested = await store.suggest(request, signal)
        const found = (await chosen(request)).filter((list) => isMeant(list, request.text))
        const lists = [...found, ...suggested.lists].slice(0, MOST_SUGGESTED)
        return { ...suggested, lists }
      },
    }
  }

  /**
   * Every list of which something came, with its works on offer, in the order in which they were followed. Every page of a
   * work asks which lists it's on, and the page of catalogues asks every second: they are looked up once, until something
   * changes.
   */
  shownIn(store: ListedCatalogue): (audience: Audience) => Promise<readonly ShownList[]> {
    let kept: { readonly key: string; readonly lists: Promise<readonly ShownList[]> } | null = null
    return async ({ territory }) => {
      if (this.#lists.lists.length === 0) return []
      const key = `${await this.#revision(store)} ${territory ?? ''}`
      if (kept?.key === key) return kept.lists
      const looked = { key, lists: this.#lookUp(store, { territory }) }
      kept = looked
      looked.lists.catch(() => {
        if (kept === looked) kept = null
      })
      return looked.lists
    }
  }

  async #revision(store: Pick<AskedCatalogue, 'revision'>, signal?: AbortSignal): Promise<number> {
    return CHANGES * (await store.revision(signal)) + this.#lists.changes
  }

  async #lookUp(store: ListedCatalogue, audience: Audience): Promise<readonly ShownList[]> {
    const shown: ShownList[] = []
    for (const follower of this.#lists.lists) {
      const { list } = follower
      if (list !== null) shown.push(await this.#shown(follower, list, store, audience))
    }
    return shown
  }

  async #shown(
    { key }: ListFollower,
    list: FollowedList,
    store: ListedCatalogue,
    audience: Audience,
  ): Promise<ShownList> {
    const listed = list.works.map(keyOf)
    const cards = await cardsOf(store, listed, audience)
    const keys = [...cards.values()]
    const works: WorkSummary[] = []
    for (let at = 0; at < keys.length; at += KEYS)
      works.push(...(await store.works({ ...audience, keys: keys.slice(at, at + KEYS) })))
    const offered = new Set(works.map(addressOf))
    const others = [...cards].flatMap(([key, card]) => (offered.has(addressOf(card)) ? [] : [key]))
    const missing = others.filter((each) => !this.#isKnown(each)).length
    return new ShownList({ feedId: listFeedId(key), id: list.id }, withCurator(list), works, {
      curator: list.curator,
      words: wordsOf(list),
      notes: new Map(
        list.works.flatMap(({ notes }, at) => {
          const card = keys[at]
          return card === undefined ? [] : [[addressOf(card), notes] as const]
        }),
      ),
      named: keys.length,
      missing,
      notOffered: others.length - missing,
    })
  }

  /** Whether a followed feed has a work, withdrawn or not. */
  #isKnown({ feedId, id }: WorkKey): boolean {
    return (this.#feeds.feedOf(feedId)?.ledger.work(id) ?? null) !== null
  }
}

/** By which record each work is shown: another feed's, where that stands for it. Itself when none is offered. */
async function cardsOf(
  store: Pick<AskedCatalogue, 'sameWorks'>,
  keys: readonly WorkKey[],
  { territory }: Audience,
): Promise<ReadonlyMap<WorkKey, WorkKey>> {
  const cards = new Map<WorkKey, WorkKey>()
  for (let at = 0; at < keys.length; at += KEYS) {
    const some = keys.slice(at, at + KEYS)
    const works = some.map((key) => ({ ...key, identities: [] }))
    const same = await store.sameWorks({ works, territory })
    for (const [place, key] of some.entries())
      cards.set(key, same[place]?.find(({ isOffered }) => isOffered) ?? key)
  }
  return cards
}

function keyOf({ feed, work }: ListedWork): WorkKey {
  return { feedId: followedFeedId(feed), id: work }
}

function wordsOf({ translations }: FollowedList): CuratedList['translations'] {
  return Object.fromEntries(
    Object.entries(translations).map(([tag, { title, note }]) => [
      tag,
      note === undefined ? { title } : { title, note },
    ]),
  )
}

/** Whose choice it is stands before what they say of it. */
function withCurator(list: FollowedList): CuratedList['translations'] {
  return Object.fromEntries(
    Object.entries(wordsOf(list)).map(([tag, { title, note }]) => {
      const by = serverText(serverLanguageOf(tag), 'list.chosen-by', { curator: list.curator })
      return [tag, { title, note: note === undefined ? by : `${by} ${note}` }]
    }),
  )
}

/** Whether a title in any language has words that begin like those of a text. */
function isMeant({ translations }: ShownList, text: string): boolean {
  const asked = wordsIn(text)
  return (
    asked.length > 0 &&
    Object.values(translations).some(({ title }) => {
      const words = wordsIn(title)
      return asked.every((each) => words.some((word) => word.startsWith(each)))
    })
  )
}

function wordsIn(text: string): string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((each) => each !== '')
}
