import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { FeedId } from '../name/id.ts'
import { FeedMerging } from '../search/feed-merging.ts'
import { SegmentView } from '../search/segment-view.ts'
import type { Segment } from '../search/segment.ts'
import { type Withholding, withheldWorks } from '../search/withheld-works.ts'
import { CatalogueStoreError } from './catalogue-store-error.ts'
import { FeedFile } from './feed-file.ts'
import type { FeedUpdate } from './feed-file-change.ts'
import { type FeedFileName, feedFilesIn, prepareFolder } from './feed-files.ts'
import type { ReaderData } from './reader-calls.ts'
import { systemIdentityPlaces, textSha256 } from './system.ts'
import { readWithholdings, writeWithholdings } from './withholding-file.ts'
import { logUpward } from './worker-messages.ts'

/** A feed that is searched. */
export interface OpenFeed {
  readonly file: FeedFile
  view: SegmentView
}

/** The feeds of a folder, opened. A file that isn't as it was written is thrown away and said in the log. */
export class OpenFeeds {
  readonly #folder: string
  #order: readonly FeedId[]
  #feeds: OpenFeed[] = []
  readonly #places = systemIdentityPlaces()
  #merging: FeedMerging | null = null
  #withheld: readonly Withholding[]
  #revision = 0

  constructor({ folder, order }: ReaderData) {
    this.#folder = folder
    this.#order = order
    prepareFolder(folder)
    this.#withheld = readWithholdings(folder)
    for (const feedId of new Set(feedFilesIn(folder).map((each) => each.feedId)))
      this.#takeUp(feedId)
    this.#show()
  }

  /** In the viewer's order. */
  get all(): readonly OpenFeed[] {
    return this.#feeds
  }

  /** Goes up with whatever may change an answer on the same day. */
  get revision(): number {
    return this.#revision
  }

  /** The feed of a view, which must be one of theirs. */
  fileOf(view: SegmentView): FeedFile {
    const feed = this.#feeds.find((each) => each.view === view)
    if (feed === undefined) throw new CatalogueStoreError('internal', 'a view without its feed')
    return feed.file
  }

  /** Opens the newest whole file of a feed in place of what is open, and deletes the others. */
  takeUp(feedId: FeedId): void {
    this.#takeUp(feedId)
    this.#show()
  }

  #takeUp(feedId: FeedId): void {
    const files = feedFilesIn(this.#folder).filter((each) => each.feedId === feedId)
    let opened: OpenFeed | null = null
    for (const file of files) {
      opened = opened === null ? this.#open(file) : opened
      if (opened?.file.path !== this.#pathOf(file)) this.#close(file)
    }
    this.#feeds = this.#feeds.filter(({ file }) => file.feed.id !== feedId)
    if (opened !== null) this.#feeds.push(opened)
  }

  /** Shows them in another order. */
  setOrder(order: readonly FeedId[]): void {
    const isSame =
      order.length === this.#order.length && order.every((id, at) => id === this.#order[at])
    this.#order = order
    if (!isSame) this.#show()
  }

  /** Withholds what one feed withdraws of others, in the place of what was withheld before. Kept on the disk. */
  withhold(withheld: readonly Withholding[]): void {
    writeWithholdings(this.#folder, withheld)
    this.#withheld = withheld
    for (const feed of this.#feeds)
      feed.view = feed.view.withWithheld(withheldWorks(feed.view.segment, withheld, textSha256))
    this.#show()
  }

  /** Puts works together that are one, after whatever changed. */
  #show(): void {
    this.#feeds = this.#feeds.toSorted(
      (a, b) => this.#rank(a) - this.#rank(b) || (a.file.feed.id < b.file.feed.id ? -1 : 1),
    )
    const views = this.#feeds.map(({ view }) => view)
    this.#merging = views.length < 2 ? null : new FeedMerging(views, this.#places, this.#merging)
    if (this.#merging === null) for (const view of views) view.join(null, 0)
    this.#revision++
  }

  #viewOf(segment: Segment): SegmentView {
    return new SegmentView(segment, withheldWorks(segment, this.#withheld, textSha256))
  }

  /** Closes a feed and deletes its files. */
  remove(feedId: FeedId): void {
    for (const file of feedFilesIn(this.#folder)) if (file.feedId === feedId) this.#close(file)
    this.#feeds = this.#feeds.filter(({ file }) => file.feed.id !== feedId)
    this.#show()
  }

  /** Changes a feed that is open; its file. Throws {@link CatalogueStoreError}, and what was there is shown then unless it's damaged. */
  update(feedId: FeedId, update: FeedUpdate, largestBytes: number): FeedFile {
    const feed = this.#feeds.find(({ file }) => file.feed.id === feedId)
    if (feed === undefined) throw new CatalogueStoreError('internal', 'an update without its feed')
    const { file, view } = feed
    let updated: OpenFeed
    try {
      updated = { file, view: this.#viewOf(file.update(update, view.segment, largestBytes)) }
    } catch (error) {
      if (error instanceof CatalogueStoreError && error.code === 'damaged')
        this.drop(feed, error.message)
      throw error
    }
    // NOTE: another one, so that offers that are being judged again for the one before end there.
    this.#feeds = this.#feeds.map((each) => (each === feed ? updated : each))
    this.#show()
    return file
  }

  /** Shows one of them otherwise: its offers were judged again. */
  renew(feed: OpenFeed, view: SegmentView): void {
    feed.view = view
    this.#show()
  }

  /** Throws a feed away that turned out to be damaged while it was read. */
  drop({ file }: OpenFeed, reason: string): void {
    logUpward('warn', 'catalogue-feed-thrown-away', { feed: file.feed.id, reason })
    this.remove(file.feed.id)
  }

  #open(name: FeedFileName): OpenFeed | null {
    const path = this.#pathOf(name)
    const already = this.#feeds.find(({ file }) => file.path === path)
    if (already !== undefined) return already
    let file: FeedFile | null = null
    try {
      file = new FeedFile(path)
      if (file.feed.id !== name.feedId)
        throw new CatalogueStoreError('damaged', `${path} holds another feed`)
      return { file, view: this.#viewOf(file.segment()) }
    } catch (error) {
      file?.[Symbol.dispose]()
      const reason = error instanceof Error ? error.message : String(error)
      logUpward('warn', 'catalogue-feed-thrown-away', { feed: name.feedId, reason })
      return null
    }
  }

  #close(name: FeedFileName): void {
    const path = this.#pathOf(name)
    this.#feeds.find(({ file }) => file.path === path)?.file[Symbol.dispose]()
    rmSync(path, { force: true })
    rmSync(`${path}-journal`, { force: true })
  }

  #pathOf({ name }: FeedFileName): string {
    return join(this.#folder, name)
  }

  #rank({ file }: OpenFeed): number {
    const place = this.#order.indexOf(file.feed.id)
    return place === -1 ? this.#order.length : place
  }
}
