/**
 * One list that is followed by itself (feed-format 12.9): its newest file, and its sources. Whatever a source says is held to
 * the key that the viewer accepted and to the newest serial that was ever taken.
 */
import { TurnQueue, messageOf } from '@matinee/base'
import {
  LIST_FILE_BYTES,
  readFollowedList,
  type FollowedList,
  type ReadList,
  type Sha256Text,
  type TrustRefusal,
} from '@matinee/catalogue'
import type { FollowingWorld } from '../following/followed-feed.ts'
import type { FollowedListEntry } from '../following/following-file.ts'
import {
  SourceBook,
  noteDemoted,
  noteFailed,
  noteOk,
  noteThrown,
  type SourceEntry,
} from '../following/source-book.ts'
import { Deadline, checkTimeMs } from '../following/source-pace.ts'
import type { KeptList, ListKeeping } from './kept-list.ts'
import { parseListPlace } from './list-address.ts'

/** What a file that somebody has is, beside what is followed. */
export type ListNews = 'newer' | 'same' | 'refused'

/** A followed list. */
export class ListFollower {
  readonly entry: FollowedListEntry
  readonly sources: SourceBook
  readonly #world: FollowingWorld
  readonly #keeping: ListKeeping
  readonly #stopping = new AbortController()
  #kept: KeptList | null
  #own: readonly string[]
  #refusal: TrustRefusal | null = null
  #running: Promise<void> | null = null
  readonly #turns = new TurnQueue()

  /** @param kept what was read of `keeping`; null = nothing */
  constructor(
    entry: FollowedListEntry,
    keeping: ListKeeping,
    kept: KeptList | null,
    world: FollowingWorld,
  ) {
    this.entry = entry
    this.#keeping = keeping
    this.#kept = kept
    this.#world = world
    this.#own = entry.sources
    this.sources = new SourceBook((address, isOwn) => world.openSource(address, isOwn))
    this.#setSources()
  }

  get key(): Sha256Text {
    return this.entry.key
  }

  /** The newest that was taken; null = nothing came yet. */
  get list(): FollowedList | null {
    return this.#kept?.list ?? null
  }

  /** When a source last had it, since 1970; null = never. */
  get confirmedMs(): number | null {
    return this.#kept?.confirmedMs ?? null
  }

  /** Why nothing that came the last time holds; null = something did, or nothing came. */
  get refusal(): TrustRefusal | null {
    return this.#refusal
  }

  get isRefreshing(): boolean {
    return this.#running !== null
  }

  /** The viewer's own sources from now on; those that the list names are added. */
  setOwn(own: readonly string[]): void {
    this.#own = own
    this.#setSources()
  }

  /** Takes a file if it's newer than what is known. On the disk when it returns. */
  take(bytes: Uint8Array, confirmedMs: number | null): Promise<ListNews> {
    // C2: one after another, or an older one that was read before a newer one was written would be written over it.
    return this.#turns.run(() => this.#take(bytes, confirmedMs))
  }

  async #take(bytes: Uint8Array, confirmedMs: number | null): Promise<ListNews> {
    const read = this.#read(bytes)
    if (read.kind !== 'list') return 'refused'
    const isNewer = this.list === null || read.list.serial > this.list.serial
    await this.#keep({
      ...(this.#kept !== null && !isNewer ? this.#kept : { list: read.list, bytes }),
      confirmedMs: confirmedMs ?? this.confirmedMs,
    })
    return isNewer ? 'newer' : 'same'
  }

  /** Asks all sources. Resolves when each has answered or had its time. Throws the signal's reason, and when nothing can be kept. */
  refresh(signal: AbortSignal): Promise<void> {
    const until = AbortSignal.any([signal, this.#stopping.signal])
    this.#running ??= this.#refresh(until).finally(() => {
      this.#running = null
    })
    return this.#running
  }

  /** Ends what runs, and forgets what is kept. */
  async drop(): Promise<void> {
    this.#stopping.abort(new DOMException('the list is not followed any more', 'AbortError'))
    await this.#running?.catch(() => null)
    await this.#keeping.remove()
  }

  async #refresh(signal: AbortSignal): Promise<void> {
    for (const turn of this.sources.turns(this.#nowMs)) if (await this.#ask(turn, signal)) return
  }

  /** Asks some at once. True when one of them had what holds. */
  async #ask(entries: readonly SourceEntry[], signal: AbortSignal): Promise<boolean> {
    const asked = await Promise.all(entries.map((entry) => this.#fetch(entry, signal)))
    const answers = asked.flatMap((each) => each ?? []).toSorted((a, b) => b.serial - a.serial)
    let isAnyGood = false
    let refused: TrustRefusal | null = null
    for (const { entry, bytes } of answers) {
      // Held to what is known by now: two sources may say different things.
      const read = this.#read(bytes)
      if (read.kind === 'list') {
        await this.take(bytes, this.#nowMs)
        noteOk(entry, this.#nowMs)
        isAnyGood = true
      } else if (read.kind === 'newer') noteFailed(entry, 'unsupported', this.#nowMs)
      else {
        noteDemoted(entry, read.refusal.code, this.#nowMs)
        refused ??= read.refusal
        const said = { list: this.entry.id, code: read.refusal.code }
        this.#world.log.warn('list source refused', said)
      }
    }
    if (isAnyGood || refused !== null) this.#refusal = isAnyGood ? null : refused
    return isAnyGood
  }

  /** What a source has, with the serial that it claims. Null = nothing. */
  async #fetch(
    entry: SourceEntry,
    signal: AbortSignal,
  ): Promise<{
    readonly entry: SourceEntry
    readonly bytes: Uint8Array
    readonly serial: number
  } | null> {
    const { clock, log } = this.#world
    using deadline = new Deadline(clock, checkTimeMs(entry.source.kind), signal)
    try {
      const wanted = { path: '', maxBytes: LIST_FILE_BYTES, sha256: null }
      const bytes = await entry.source.read(wanted, deadline.signal)
      if (bytes === null) {
        noteFailed(entry, 'missing', this.#nowMs)
        return null
      }
      const read = this.#read(bytes)
      return { entry, bytes, serial: read.kind === 'list' ? read.list.serial : 0 }
    } catch (error) {
      signal.throwIfAborted()
      const cause: unknown = deadline.signal.aborted ? deadline.signal.reason : error
      noteThrown(entry, cause, this.#nowMs)
      log.info('list source failed', { list: this.entry.id, reason: messageOf(cause) })
      return null
    }
  }

  /** C15, C2: only what this key signed, under no lower serial. */
  #read(bytes: Uint8Array): ReadList {
    const { key, id } = this.entry
    const read = readFollowedList(bytes, key, this.list, this.#world.crypto)
    if (read.kind !== 'list' || read.list.id === id) return read
    const why = 'is another list of the same key'
    return { kind: 'refused', refusal: { code: 'fingerprint', file: 'list', why } }
  }

  async #keep(kept: KeptList): Promise<void> {
    await this.#keeping.write(kept)
    this.#kept = kept
    this.#setSources()
  }

  #setSources(): void {
    const places = (texts: readonly string[], isOwn: boolean) =>
      texts.flatMap((text) => {
        const address = parseListPlace(text)
        return address === null ? [] : [{ address, isOwn }]
      })
    const named = (this.list?.mirrors ?? []).filter((link) => !this.#own.includes(link))
    this.sources.set([...places(this.#own, true), ...places(named, false)])
  }

  get #nowMs(): number {
    return this.#world.clock.wallMs()
  }
}
