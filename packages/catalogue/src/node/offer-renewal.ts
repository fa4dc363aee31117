import type { OpenFeed, OpenFeeds } from './open-feeds.ts'
import { dayOf } from '../search/day-number.ts'
import { dueWorks } from '../search/offered-works.ts'
import { OffersBuilder } from '../search/offers-builder.ts'
import { CatalogueStoreError } from './catalogue-store-error.ts'
import { logUpward } from './worker-messages.ts'

/** Works judged before other calls have a turn: some milliseconds. */
const STEP_WORKS = 40

/**
 * Judges works again when the day has turned, a few at a time between other calls. Until that is done, a work whose
 * offer may have ended isn't shown.
 */
export class OfferRenewal {
  readonly #feeds: OpenFeeds
  #day: number | null = null

  constructor(feeds: OpenFeeds) {
    this.#feeds = feeds
  }

  /** Sees to it that all feeds are judged for a day. Does nothing more when asked again. */
  begin(day: number): void {
    if (this.#day === day) return
    this.#day = day
    for (const feed of this.#feeds.all) this.#renew(feed, day)
  }

  /** Looks at all feeds again with the next query: one has been taken up. */
  forget(): void {
    this.#day = null
  }

  #renew(feed: OpenFeed, day: number): void {
    const { offers } = feed.view.segment
    const due = dueWorks(offers, day)
    if (due.length === 0) return
    const builder = new OffersBuilder(offers)
    const isOver = (): boolean => this.#day !== day || !this.#feeds.all.includes(feed)
    const step = (from: number): void => {
      if (isOver()) return
      try {
        for (const work of due.slice(from, from + STEP_WORKS))
          builder.add(feed.file.record(work), dayOf(day), work)
        if (from + STEP_WORKS < due.length) return void setImmediate(step, from + STEP_WORKS)
        this.#feeds.renew(feed, feed.view.withOffers(builder.build()))
        feed.file.replaceOffers(feed.view.segment.offers)
        logUpward('info', 'catalogue-offers-judged', { feed: feed.file.feed.id, works: due.length })
      } catch (error) {
        this.#fail(feed, error)
      }
    }
    step(0)
  }

  /** What couldn't be judged stays hidden; a damaged feed is thrown away. */
  #fail(feed: OpenFeed, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof CatalogueStoreError && error.code === 'damaged')
      this.#feeds.drop(feed, message)
    else logUpward('warn', 'catalogue-offers-not-kept', { feed: feed.file.feed.id, message })
  }
}
