import { messageOf, type Log } from '@matinee/base'
import type { Hono } from 'hono'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FIRST_PROFILE, type StoredProfile } from '../profiles/profile-file.ts'
import { agesOf } from '../profiles/profile-store.ts'
import { ShelfStore, type Shelf } from '../shelf/shelf-store.ts'
import type { House } from './house.ts'

/** A house with its shelf and the routes that lead into it. */
interface OpenedHouse {
  readonly house: House
  readonly shelf: ShelfStore
  readonly routes: Hono
}

/** How a house is opened, and what leads into it. */
export interface HousePlan {
  readonly dataFolder: string
  readonly log: Log
  readonly open: (profile: StoredProfile, shelf: ShelfStore) => House
  readonly routesOf: (house: House, profile: StoredProfile) => Hono
}

/** One house for each profile that is watched with, opened when it's first needed. */
export class Houses implements AsyncDisposable {
  readonly #plan: HousePlan
  readonly #houses = new Map<string, Promise<OpenedHouse>>()

  constructor(plan: HousePlan) {
    this.#plan = plan
  }

  /** The routes of a profile. Rejects when its shelf can't be opened; the next call tries again. */
  async routesOf(profile: StoredProfile): Promise<Hono> {
    return (await this.#opened(profile)).routes
  }

  /** The shelf of a profile. Rejects as {@link routesOf} does. */
  async shelfOf(profile: StoredProfile): Promise<Shelf> {
    return (await this.#opened(profile)).house.shelf
  }

  /** The house of a profile, with a shelf that is open already, which is theirs from now on. */
  begin(profile: StoredProfile, shelf: ShelfStore): House {
    const opened = this.#make(profile, shelf)
    this.#houses.set(profile.id, Promise.resolve(opened))
    return opened.house
  }

  /** Those that are open now. */
  async all(): Promise<readonly House[]> {
    const settled = await Promise.allSettled(this.#houses.values())
    return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value.house] : []))
  }

  /** What a profile may see has been decided anew: films that play stop when it's less or more than before. */
  async review(profile: StoredProfile): Promise<void> {
    const { house } = (await this.#houses.get(profile.id)?.catch(() => null)) ?? {}
    if (house === undefined) return
    const ages = agesOf(profile)
    if (house.ages?.years === ages?.years && house.ages?.withUnrated === ages?.withUnrated) return
    await this.close(profile.id, false)
  }

  /** Ends a house: its films stop. It's opened anew when it's needed. `isGone`: its shelf is deleted, too. */
  async close(id: string, isGone: boolean): Promise<void> {
    const opened = this.#houses.get(id)
    this.#houses.delete(id)
    const { house, shelf } = (await opened?.catch(() => null)) ?? {}
    // One that can't be closed leaves nothing else open, and no shelf behind.
    await using ending = new AsyncDisposableStack()
    if (isGone && id !== FIRST_PROFILE) ending.defer(() => this.#deleteShelf(id))
    if (shelf !== undefined) ending.defer(() => shelf.close())
    ending.use(house)
  }

  async #deleteShelf(id: string): Promise<void> {
    const path = shelfPath(this.#plan.dataFolder, id)
    for (const suffix of ['', '-wal', '-shm']) await rm(path + suffix, { force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const id of this.#houses.keys())
      await this.close(id, false).catch((error: unknown) => {
        this.#plan.log.error('profile not closed', { reason: messageOf(error) })
      })
  }

  #opened(profile: StoredProfile): Promise<OpenedHouse> {
    const known = this.#houses.get(profile.id)
    if (known !== undefined) return known
    const opening = ShelfStore.open(
      shelfPath(this.#plan.dataFolder, profile.id),
      this.#plan.log,
    ).then((shelf) => this.#make(profile, shelf))
    this.#houses.set(profile.id, opening)
    opening.catch(() => {
      if (this.#houses.get(profile.id) === opening) this.#houses.delete(profile.id)
    })
    return opening
  }

  #make(profile: StoredProfile, shelf: ShelfStore): OpenedHouse {
    const house = this.#plan.open(profile, shelf)
    return { house, shelf, routes: this.#plan.routesOf(house, profile) }
  }
}

/** Where the shelf of a profile lies: the first one's where it always was. */
export function shelfPath(dataFolder: string, id: string): string {
  return join(dataFolder, id === FIRST_PROFILE ? 'shelf.sqlite' : `shelf-${id}.sqlite`)
}
