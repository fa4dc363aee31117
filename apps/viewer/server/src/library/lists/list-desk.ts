/** The lists that the viewer follows by themselves: how they come, and that each change of it is on the disk. */
import { MOST_FOLLOWED_FEEDS } from '#api'
import { TurnQueue, messageOf, type Random, type Timer } from '@matinee/base'
import type { FollowingWorld } from '../following/followed-feed.ts'
import {
  MOST_SOURCES,
  type FollowedListEntry,
  type FollowingFile,
} from '../following/following-file.ts'
import { nextRefreshMs } from '../following/refresh-plan.ts'
import { ListKeeping } from './kept-list.ts'
import { listAddress } from './list-address.ts'
import { ListFollower, type ListNews } from './list-follower.ts'
import type { FoundList } from './list-offers.ts'

/** What the desk needs. */
export interface ListDeskParts {
  /** The viewer's data folder; absolute. */
  readonly dataFolder: string
  readonly file: FollowingFile
  readonly world: FollowingWorld
  readonly random: Random
}

/** Follows lists. */
export class ListDesk implements AsyncDisposable {
  readonly #parts: ListDeskParts
  readonly #lists = new Map<string, ListFollower>()
  readonly #timers = new Map<string, Timer>()
  readonly #failures = new Map<string, number>()
  readonly #running = new Set<Promise<void>>()
  readonly #closing = new AbortController()
  readonly #turns = new TurnQueue()
  #changes = 0

  private constructor(parts: ListDeskParts) {
    this.#parts = parts
  }

  /** Opens what is followed. Nothing is asked for before {@link start}. What can't be read is said to the log, and comes anew. */
  static async open(parts: ListDeskParts): Promise<ListDesk> {
    const desk = new ListDesk(parts)
    for (const entry of parts.file.current.lists) await desk.#open(entry)
    return desk
  }

  /** In the order in which they were followed. */
  get lists(): readonly ListFollower[] {
    return [...this.#lists.values()]
  }

  /** Another number after each change of what is followed or of what a list says. */
  get changes(): number {
    return this.#changes
  }

  /** A followed list by its address; null = none. */
  listOf(address: string): ListFollower | null {
    return this.#lists.get(address) ?? null
  }

  /** Refreshes each soon, and again every few hours. */
  start(): void {
    for (const list of this.lists) this.#plan(list, 'start')
  }

  /** Begins to ask a list's sources. Resolves when they have answered; never rejects. */
  async refresh(list: ListFollower): Promise<void> {
    const running = this.#refresh(list)
    this.#running.add(running)
    await running
    this.#running.delete(running)
  }

  /** What was found, for the list that is followed: taken if it's newer. Null = it isn't followed. */
  async tell({ key, list: { id }, bytes, place }: FoundList): Promise<ListNews | null> {
    const known = this.listOf(listAddress({ key, id }))
    if (known === null) return null
    const news = await known.take(bytes, place === null ? null : this.#parts.world.clock.wallMs())
    this.#changes++
    return news
  }

  /** Follows what was found, or adds its place to the list that is followed. False = no more lists, or sources. */
  follow(found: FoundList): Promise<boolean> {
    return this.#turns.run(() => this.#follow(found))
  }

  async #follow(found: FoundList): Promise<boolean> {
    const { key, list, place } = found
    const { id } = list
    const known = this.listOf(listAddress({ key, id }))
    if (known !== null) {
      await this.tell(found)
      return place === null || (await this.#addSource(known, place.text))
    }
    const { file } = this.#parts
    if (file.current.lists.length >= MOST_FOLLOWED_FEEDS) return false
    const entry = { key, id, sources: place === null ? [] : [place.text] }
    const follower = await this.#open(entry)
    try {
      await this.tell(found)
      await file.change((now) => ({ ...now, lists: [...now.lists, entry] }))
    } catch (error) {
      // It may be followed again at once: then it's opened anew.
      this.#lists.delete(listAddress(entry))
      throw error
    }
    void this.refresh(follower)
    return true
  }

  /** One more place to ask. False = it has as many as it may. */
  addSource(list: ListFollower, address: string): Promise<boolean> {
    return this.#turns.run(() => this.#addSource(list, address))
  }

  async #addSource(list: ListFollower, address: string): Promise<boolean> {
    const { file } = this.#parts
    const { current } = file
    const isOf = ({ key, id }: FollowedListEntry): boolean =>
      key === list.key && id === list.entry.id
    const entry = current.lists.find(isOf)
    if (entry === undefined || entry.sources.includes(address)) return entry !== undefined
    if (entry.sources.length >= MOST_SOURCES) return false
    const sources = [...entry.sources, address]
    await file.change((now) => ({
      ...now,
      lists: now.lists.map((each) => (isOf(each) ? { ...each, sources } : each)),
    }))
    list.setOwn(sources)
    return true
  }

  /** Follows a list no more. */
  remove(list: ListFollower): Promise<void> {
    return this.#turns.run(() => this.#remove(list))
  }

  async #remove(list: ListFollower): Promise<void> {
    const { file } = this.#parts
    const address = listAddress(list.entry)
    if (this.#lists.get(address) !== list) return
    await file.change((now) => ({
      ...now,
      lists: now.lists.filter((each) => listAddress(each) !== address),
    }))
    this.#lists.delete(address)
    this.#timers.get(address)?.cancel()
    this.#changes++
    await list.drop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DOMException('closing', 'AbortError'))
    for (const timer of this.#timers.values()) timer.cancel()
    await Promise.all(this.#running)
  }

  async #open(entry: FollowedListEntry): Promise<ListFollower> {
    const { dataFolder, world } = this.#parts
    const address = listAddress(entry)
    const keeping = new ListKeeping(dataFolder, address)
    const kept = await keeping.read(entry.key, world.crypto).catch((error: unknown) => {
      world.log.error('followed list not read', { list: address, reason: messageOf(error) })
      return null
    })
    const list = new ListFollower(entry, keeping, kept, world)
    this.#lists.set(address, list)
    return list
  }

  async #refresh(list: ListFollower): Promise<void> {
    const { log } = this.#parts.world
    try {
      await list.refresh(this.#closing.signal)
    } catch (error) {
      if (!this.#closing.signal.aborted)
        log.error('list not refreshed', { list: list.entry.id, reason: messageOf(error) })
    }
    this.#changes++
    const isAnyOk = list.sources.all.some(({ state }) => state === 'ok')
    this.#plan(list, isAnyOk ? 0 : (this.#failures.get(listAddress(list.entry)) ?? 0) + 1)
  }

  #plan(list: ListFollower, failures: number | 'start'): void {
    const address = listAddress(list.entry)
    this.#timers.get(address)?.cancel()
    const isOver = this.#closing.signal.aborted || this.#lists.get(address) !== list
    if (isOver || list.sources.all.length === 0) return
    if (failures !== 'start') this.#failures.set(address, failures)
    const { world, random } = this.#parts
    const timer = world.clock.setTimer(nextRefreshMs(failures, random), () => {
      void this.refresh(list)
    })
    this.#timers.set(address, timer)
  }
}
