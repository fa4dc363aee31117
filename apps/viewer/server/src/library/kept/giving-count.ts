/** What comes and goes in all torrents together, and how many people were given something. */
import type { Clock, Hash, Random, SocketAddress } from '@matinee/base'
import type { Torrent } from '@matinee/engine'
import { Audience, dayOf, lastWeek, withOneMore } from './audience.ts'
import type { AudienceDay, KeptBook } from './kept-file.ts'

/** Payload in both directions. */
export interface Traffic {
  readonly takenBytes: number
  readonly givenBytes: number
}

/** Counts; what it counted is added to the book by {@link GivingCount.into}. */
export class GivingCount {
  readonly #clock: Clock
  readonly #audience: Audience
  readonly #isCounted: () => boolean
  readonly #seen = new WeakMap<Torrent, Traffic>()
  #days: readonly AudienceDay[]
  #taken = 0
  #given = 0
  #hasNews = false

  /** @param isCounted whether the viewer wants people to be counted */
  constructor(
    parts: {
      readonly clock: Clock
      readonly hash: Hash
      readonly random: Random
      readonly isCounted: () => boolean
    },
    days: readonly AudienceDay[],
  ) {
    this.#clock = parts.clock
    this.#isCounted = parts.isCounted
    this.#audience = new Audience(parts.hash, parts.random)
    this.#days = days
  }

  /** A block was sent. */
  onGiven({ host }: SocketAddress, bytes: number): void {
    if (!this.#isCounted()) return
    const day = dayOf(this.#clock.wallMs())
    if (!this.#audience.note(host, bytes, day)) return
    this.#days = withOneMore(this.#days, day)
    this.#hasNews = true
  }

  /** What came and went since the last look, by torrent. */
  look(torrents: readonly Torrent[]): ReadonlyMap<Torrent, Traffic> {
    const news = new Map<Torrent, Traffic>()
    for (const torrent of torrents) {
      const { downloaded, uploaded } = torrent.counters
      const before = this.#seen.get(torrent) ?? { takenBytes: 0, givenBytes: 0 }
      const takenBytes = downloaded - before.takenBytes
      const givenBytes = uploaded - before.givenBytes
      this.#seen.set(torrent, { takenBytes: downloaded, givenBytes: uploaded })
      if (takenBytes === 0 && givenBytes === 0) continue
      this.#taken += takenBytes
      this.#given += givenBytes
      news.set(torrent, { takenBytes, givenBytes })
    }
    return news
  }

  /** Somebody was counted, or forgotten, since the book was made last. */
  get hasNews(): boolean {
    return this.#hasNews
  }

  /** The book with all that was counted since it was asked last. */
  into(book: KeptBook): KeptBook {
    const [taken, given] = [this.#taken, this.#given]
    this.#taken = 0
    this.#given = 0
    this.#hasNews = false
    return {
      ...book,
      days: this.#days,
      takenBytes: book.takenBytes + taken,
      givenBytes: book.givenBytes + given,
    }
  }

  /** The last seven days; `null` = the viewer doesn't want it counted. */
  week(): readonly AudienceDay[] | null {
    return this.#isCounted() ? lastWeek(this.#days, this.#clock.wallMs()) : null
  }

  /** Forgets who was counted, and how many. */
  forget(): void {
    this.#audience.forget()
    this.#days = []
    this.#hasNews = true
  }
}
