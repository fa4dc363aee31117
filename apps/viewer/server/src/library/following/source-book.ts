import { DAY_MS } from '@matinee/base'
import type { FeedAddress } from './feed-address.ts'
import { SourceError, type FeedSource } from './feed-source.ts'

/** How a source did last. */
export type SourceState = 'untried' | 'ok' | 'failed' | 'demoted'

/** A source with what is known of it. */
export interface SourceEntry {
  readonly address: FeedAddress
  readonly source: FeedSource
  /** Whether the viewer named it; others come and go with what the feed says. */
  readonly isOwn: boolean
  state: SourceState
  /** A stable word; null = nothing is wrong. */
  why: string | null
  /** Since 1970; null = never. */
  lastOkMs: number | null
  /** Since 1970; when the state was noted. */
  notedMs: number
}

/** So long what gave something wrong is asked after all others. */
const DEMOTED_MS = DAY_MS

/** The places that have a feed, and how they did. A bad one costs nothing but its place in the line (C12). */
export class SourceBook {
  readonly #open: (address: FeedAddress, isOwn: boolean) => FeedSource
  #entries: SourceEntry[] = []

  constructor(open: (address: FeedAddress, isOwn: boolean) => FeedSource) {
    this.#open = open
  }

  /** In the order in which they are shown: the viewer's own first. */
  get all(): readonly SourceEntry[] {
    return this.#entries
  }

  /** Takes these, with what is known of those that were there; others are forgotten. */
  set(addresses: readonly { readonly address: FeedAddress; readonly isOwn: boolean }[]): void {
    const before = new Map(this.#entries.map((entry) => [entry.address.text, entry]))
    const next = new Map<string, SourceEntry>()
    for (const { address, isOwn } of addresses) {
      if (next.has(address.text)) continue
      const known = before.get(address.text)
      next.set(
        address.text,
        known?.isOwn === isOwn
          ? known
          : {
              address,
              source: this.#open(address, isOwn),
              isOwn,
              state: 'untried',
              why: null,
              lastOkMs: null,
              notedMs: 0,
            },
      )
    }
    this.#entries = [...next.values()]
  }

  /** Whom to ask at once, and whom only when none of those gave anything that holds. */
  turns(nowMs: number): readonly (readonly SourceEntry[])[] {
    const isDemoted = ({ state, notedMs }: SourceEntry): boolean =>
      state === 'demoted' && nowMs - notedMs < DEMOTED_MS
    const good = this.#entries.filter((entry) => !isDemoted(entry))
    return [good, this.#entries.filter(isDemoted)].filter((turn) => turn.length > 0)
  }

  /** The order in which a file is asked for whose hash is known: `first`, then those that did well. */
  inOrder(first: SourceEntry | null = null): readonly SourceEntry[] {
    const rank = (entry: SourceEntry): number =>
      entry === first ? -1 : ['ok', 'untried', 'failed', 'demoted'].indexOf(entry.state)
    return this.#entries.toSorted((a, b) => rank(a) - rank(b))
  }
}

/** It gave what holds. */
export function noteOk(entry: SourceEntry, nowMs: number): void {
  Object.assign(entry, { state: 'ok', why: null, lastOkMs: nowMs, notedMs: nowMs })
}

/** It gave nothing. */
export function noteFailed(entry: SourceEntry, why: string, nowMs: number): void {
  Object.assign(entry, { state: 'failed', why, notedMs: nowMs })
}

/** C12: it gave what doesn't hold. */
export function noteDemoted(entry: SourceEntry, why: string, nowMs: number): void {
  Object.assign(entry, { state: 'demoted', why, notedMs: nowMs })
}

/** Notes what a source threw. Throws it again when it wasn't the source's fault. */
export function noteThrown(entry: SourceEntry, error: unknown, nowMs: number): void {
  if (!(error instanceof SourceError)) throw error
  // Endless or dripping is no weather: whoever does that is asked last.
  if (error.code === 'too-slow' || error.code === 'too-large') noteDemoted(entry, error.code, nowMs)
  else noteFailed(entry, error.code, nowMs)
}
