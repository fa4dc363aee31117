import { TurnQueue, pathIn, readWholeFile, utf8Bytes, writeWholeFile } from '@matinee/base'
import type { Disk, Log } from '@matinee/base'
import * as z from 'zod/mini'

const NAME = 'kept.json'
const MOST_BYTES = 16_000_000
/** Releases that can be kept. */
export const MOST_KEPT = 5000
/** Days that are told apart. */
const MOST_DAYS = 60

const text = z.string().check(z.minLength(1), z.maxLength(500))
const bytes = z.number().check(z.int(), z.gte(0))

const entrySchema = z.object({
  torrent: z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u)),
  workId: text,
  releaseId: text,
  title: text,
  episodeIds: z.nullable(z.array(text).check(z.maxLength(10_000))),
  isAdopted: z.boolean(),
  isPaused: z.boolean(),
  isWhole: z.boolean(),
  bytes,
  hereBytes: bytes,
  takenBytes: bytes,
  givenBytes: bytes,
})

const daySchema = z.object({
  day: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/u)),
  people: z.number().check(z.int(), z.gte(0)),
})

const fileSchema = z.object({
  version: z.literal(1),
  isPaused: z.boolean(),
  works: z.array(entrySchema).check(z.maxLength(MOST_KEPT)),
  days: z.array(daySchema).check(z.maxLength(MOST_DAYS)),
  takenBytes: bytes,
  givenBytes: bytes,
})

/** A release that is kept, as it is remembered. */
export interface KeptEntry {
  /** The name of its folder. */
  readonly torrent: string
  readonly workId: string
  readonly releaseId: string
  /** As it was when it was kept: its feed may go. */
  readonly title: string
  /** Null = all of it. */
  readonly episodeIds: readonly string[] | null
  readonly isAdopted: boolean
  readonly isPaused: boolean
  /** Everything was here when it was last looked at. */
  readonly isWhole: boolean
  /** Of all its files, by the record's word until they are known. */
  readonly bytes: number
  /** When it was last looked at. */
  readonly hereBytes: number
  readonly takenBytes: number
  readonly givenBytes: number
}

/** How many people were given something on one day (`YYYY-MM-DD`). */
export interface AudienceDay {
  readonly day: string
  readonly people: number
}

/** All that is remembered. */
export interface KeptBook {
  readonly isPaused: boolean
  readonly works: readonly KeptEntry[]
  /** The oldest first. */
  readonly days: readonly AudienceDay[]
  /** Of everything, since the beginning. */
  readonly takenBytes: number
  readonly givenBytes: number
}

const NOTHING: KeptBook = { isPaused: false, works: [], days: [], takenBytes: 0, givenBytes: 0 }

/**
 * What is kept, in `kept.json` of the data folder, whole or not at all. A file that a newer Matinee wrote is left as it
 * is: nothing is saved over it.
 */
export class KeptFile {
  readonly #disk: Disk
  readonly #folder: string
  /** False: a newer Matinee wrote it. */
  readonly isReadable: boolean
  #current: KeptBook
  #isDirty = false
  readonly #turns = new TurnQueue()

  private constructor(disk: Disk, folder: string, current: KeptBook, isReadable: boolean) {
    this.#disk = disk
    this.#folder = folder
    this.#current = current
    this.isReadable = isReadable
  }

  /** Reads it. One that is damaged is put aside, and said to `log`. Throws DiskError. */
  static async open(disk: Disk, folder: string, log: Log): Promise<KeptFile> {
    const path = pathIn(folder, NAME)
    const found = await readWholeFile(disk, path, MOST_BYTES)
    if (found === null && (await disk.facts(path)) === null)
      return new KeptFile(disk, folder, NOTHING, true)
    const read = found === null ? null : parseBook(found)
    if (read === 'newer') {
      log.warn('what is kept was written by a newer Matinee', { path })
      return new KeptFile(disk, folder, NOTHING, false)
    }
    if (read !== null) return new KeptFile(disk, folder, read, true)
    const setAside = `${path}.unread`
    await disk.rename(path, setAside)
    log.warn('what is kept could not be read; it was put aside', { setAside })
    return new KeptFile(disk, folder, NOTHING, true)
  }

  get current(): KeptBook {
    return this.#current
  }

  /** One that is kept; `null` = it isn't. */
  entry(torrent: string): KeptEntry | null {
    return this.#current.works.find((entry) => entry.torrent === torrent) ?? null
  }

  /** Counts from now on; it's written down by {@link KeptFile.writeIfDirty}. */
  hold(book: Partial<KeptBook>): void {
    this.#current = { ...this.#current, ...book }
    this.#isDirty = true
  }

  /** {@link KeptFile.hold} of one release that is kept already; nothing when it isn't. */
  holdEntry(entry: KeptEntry): void {
    const works = this.#current.works.map((each) => (each.torrent === entry.torrent ? entry : each))
    this.hold({ works })
  }

  /** On the disk when it returns. Throws DiskError; then nothing has changed. */
  pause(isPaused: boolean): Promise<void> {
    return this.#change((book) => ({ ...book, isPaused }))
  }

  /** Keeps a release, or keeps it otherwise, as {@link KeptFile.pause}. False = there are as many as can be kept. */
  async put(entry: KeptEntry): Promise<boolean> {
    let isFull = false
    await this.#change((book) => {
      const at = book.works.findIndex(({ torrent }) => torrent === entry.torrent)
      isFull = at === -1 && book.works.length >= MOST_KEPT
      if (isFull) return book
      const works = at === -1 ? [...book.works, entry] : book.works.with(at, entry)
      return { ...book, works }
    })
    return !isFull
  }

  /** Changes something of a release, as {@link KeptFile.pause}; nothing when it isn't kept. */
  alter(torrent: string, change: Partial<KeptEntry>): Promise<void> {
    return this.#change((book) => ({
      ...book,
      works: book.works.map((each) => (each.torrent === torrent ? { ...each, ...change } : each)),
    }))
  }

  /** Keeps a release no more, as {@link KeptFile.pause}. */
  drop(torrent: string): Promise<void> {
    return this.#change((book) => ({
      ...book,
      works: book.works.filter((each) => each.torrent !== torrent),
    }))
  }

  /** Writes what is only held. Throws DiskError. */
  writeIfDirty(): Promise<void> {
    return this.#turns.run(async () => {
      if (this.#isDirty) await this.#write(this.#current)
    })
  }

  /** One after another, so that the last one written is the newest and one that fails takes no other back. */
  #change(change: (book: KeptBook) => KeptBook): Promise<void> {
    return this.#turns.run(async () => {
      const next = change(this.#current)
      if (next === this.#current) return
      await this.#write(next)
      // What was only held while it was written counts too.
      this.#current = change(this.#current)
    })
  }

  async #write({ isPaused, works, days, takenBytes, givenBytes }: KeptBook): Promise<void> {
    if (!this.isReadable) return
    const kept = { isPaused, works, days: days.slice(-MOST_DAYS), takenBytes, givenBytes }
    const json = `${JSON.stringify({ version: 1, ...kept }, null, 1)}\n`
    const wasDirty = this.#isDirty
    this.#isDirty = false
    try {
      await writeWholeFile(this.#disk, this.#folder, NAME, utf8Bytes(json))
    } catch (error) {
      this.#isDirty ||= wasDirty
      throw error
    }
  }
}

function parseBook(found: Uint8Array): KeptBook | 'newer' | null {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(found))
    const { version } = z.object({ version: z.number() }).parse(json)
    if (version > 1) return 'newer'
    const { version: _first, ...book } = fileSchema.parse(json)
    return book
  } catch {
    // Not ours, or damaged.
    return null
  }
}
