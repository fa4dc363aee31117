import {
  LIST_FILE_BYTES,
  readOfferedList,
  type FollowedList,
  type Sha256Text,
} from '@matinee/catalogue'
import { lookAt } from '../following/address-look.ts'
import type { FollowingWorld } from '../following/followed-feed.ts'
import { OfferBook } from '../following/offer-book.ts'
import { listPlaces, type ListPlace } from './list-address.ts'

/** A list that was found, with the key by which it would be followed. */
export interface FoundList {
  readonly key: Sha256Text
  readonly list: FollowedList
  readonly bytes: Uint8Array
  /** Null = somebody handed in the file. */
  readonly place: ListPlace | null
}

/** Looks for lists, and remembers them until the viewer has accepted their key. */
export class ListOffers {
  readonly #world: FollowingWorld
  readonly #offers: OfferBook<FoundList>

  constructor(world: FollowingWorld) {
    this.#world = world
    this.#offers = new OfferBook(world.clock)
  }

  /** Null = there is no list there that somebody signed. Throws the signal's reason. */
  async look(typed: string, signal: AbortSignal): Promise<FoundList | null> {
    for (const place of listPlaces(typed)) {
      const found = await this.#find(place, signal)
      if (found !== null) return found
    }
    return null
  }

  /** What a file is. Null = no list that somebody signed. */
  open(bytes: Uint8Array, place: ListPlace | null = null): FoundList | null {
    if (bytes.length > LIST_FILE_BYTES) return null
    const read = readOfferedList(bytes, this.#world.crypto)
    return read.kind === 'list' ? { key: read.key, list: read.list, bytes, place } : null
  }

  put(found: FoundList): string {
    return this.#offers.put(found)
  }

  /** What was offered; null = nothing, or too long ago. */
  take(offer: string): FoundList | null {
    return this.#offers.take(offer)
  }

  #find(place: ListPlace, signal: AbortSignal): Promise<FoundList | null> {
    return lookAt(place, this.#world, signal, 'no list there', async (source, until) => {
      const wanted = { path: '', maxBytes: LIST_FILE_BYTES, sha256: null }
      const bytes = await source.read(wanted, until)
      return bytes === null ? null : this.open(bytes, place)
    })
  }
}
