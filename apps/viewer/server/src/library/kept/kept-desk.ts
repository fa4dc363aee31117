// More lines than usual: which releases are kept, what is done about each, and what is written down about them are one state.
import { MINUTE_MS, SECOND_MS, TurnQueue, assert, messageOf } from '@matinee/base'
import type { Clock, Log, Timer } from '@matinee/base'
import type { Torrent } from '@matinee/engine'
import { hashesOf, offeredReleases, type Release } from '@matinee/catalogue'
import type { KeptChange, KeptState, Settings, Withdrawal } from '#api'
import type { FoundWork } from '../shop-window.ts'
import { keyOf } from '../streams/torrent-source.ts'
import type { Viewer } from '../viewer.ts'
import { Adoptions } from './adoptions.ts'
import type { GivingCount } from './giving-count.ts'
import { MOST_KEPT, type KeptBook, type KeptEntry, type KeptFile } from './kept-file.ts'
import { LeavingWorks } from './leaving-works.ts'
import { planKept, type KeptPlan } from './kept-plan.ts'
import { KeepPace } from './keep-pace.ts'
import { KeptTorrent, type KeptTorrents } from './kept-torrent.ts'
import { isQuiet, minuteOfDay } from './quiet-hours.ts'

/** How often is looked what is to be done. */
const LOOK_EVERY_MS = 2 * SECOND_MS
/** How often feeds are asked what they say of what is kept, and what was counted is written down. */
const RECORD_EVERY_MS = MINUTE_MS

/** What a feed says of something that is kept now. */
export interface KeptOffer {
  readonly found: FoundWork
  readonly release: Release
}

/** What keeping needs. */
export interface KeptDeskParts {
  readonly file: KeptFile
  readonly giving: GivingCount
  readonly torrents: KeptTorrents
  /** A work as its feed has it, whoever watches. */
  readonly find: (workId: string) => Promise<FoundWork | null>
  readonly viewer: () => Viewer
  readonly settings: () => Settings
  /** Whether a film of another torrent than our own needs all that comes. */
  readonly isHungry: (open: readonly Torrent[], own: Torrent | null) => boolean
  readonly hasRoom: (bytes: number) => Promise<boolean>
  readonly hasNetwork: () => boolean
  /** Fetches what pages show of a work, so that it's there without a network. Never rejects. */
  readonly fetchPictures: (work: FoundWork) => Promise<void>
  /** Absolute; where films are kept. */
  readonly mediaFolder: string
  readonly clock: Clock
  readonly log: Log
}

/** What is kept: fetched whole, given out, paused, removed, within what feeds and the viewer say. */
export class KeptDesk implements AsyncDisposable {
  readonly #parts: KeptDeskParts
  readonly #working = new Map<string, KeptTorrent>()
  readonly #offers = new Map<string, KeptOffer | 'none'>()
  readonly #leaving: LeavingWorks
  readonly #adoptions: Adoptions
  readonly #pace: KeepPace
  readonly #turns = new TurnQueue()
  #timer: Timer | null = null
  #recordedMs = Number.NEGATIVE_INFINITY
  #isClosed = false
  /** Feeds may say something else than when they were asked. */
  #isStale = false
  /** Of the last look. */
  #openTorrents: readonly Torrent[] = []
  readonly #closing = new AbortController()

  constructor(parts: KeptDeskParts) {
    this.#parts = parts
    this.#leaving = new LeavingWorks(parts)
    this.#pace = new KeepPace(parts.clock, () => parts.settings().keepBytesPerSecond)
    this.#adoptions = new Adoptions(parts.torrents, parts.clock, this.#closing.signal)
  }

  get book(): KeptBook {
    return this.#parts.file.current
  }

  get isReadable(): boolean {
    return this.#parts.file.isReadable
  }

  get isQuiet(): boolean {
    const { settings, clock } = this.#parts
    return isQuiet(settings().quietHours, minuteOfDay(clock.wallMs()))
  }

  /** Whether nothing of a torrent may be deleted to make room. What can't be read might name any. */
  isKept(torrent: string): boolean {
    if (!this.isReadable) return true
    return this.#leaving.entry(torrent) !== null || this.#parts.file.entry(torrent) !== null
  }

  /** Whether a release is here whole and not given out: then it plays from the disk, and nobody is asked. */
  playsAlone(release: Release): boolean {
    const key = keyOf(release)
    return this.#parts.file.entry(key)?.isWhole === true && !this.#working.has(key)
  }

  /** What feeds say of one that is kept; null = that isn't known yet. */
  offerOf(torrent: string): KeptOffer | 'none' | null {
    return this.#offers.get(torrent) ?? null
  }

  /** The torrent of one that is at work. */
  workingOf(torrent: string): KeptTorrent | null {
    return this.#working.get(torrent) ?? null
  }

  /** How one stands. */
  stateOf(entry: KeptEntry, withdrawal: Withdrawal | null): KeptState {
    const working = this.#working.get(entry.torrent)
    const plan = this.#planOf(entry)
    switch (plan) {
      case 'wait':
        return { kind: 'fetching', waitsFor: 'hours' }
      case 'withdrawn':
        return { kind: 'withdrawn', withdrawal }
      case 'work':
        if (working?.isOther === true) return { kind: 'failed' }
        if (entry.isWhole) return { kind: 'giving' }
        return { kind: 'fetching', waitsFor: working?.waitsFor ?? null }
      case 'unknown':
        return entry.isWhole ? { kind: 'here' } : { kind: 'fetching', waitsFor: null }
      case 'here':
      case 'paused':
      case 'web-only':
      case 'gone':
        return { kind: plan }
    }
  }

  /** Begins: what was kept when Matinee ended is gone on with. */
  start(): void {
    void this.look()
  }

  /** Looks what is to be done, now and again and again. Never rejects. */
  look(): Promise<void> {
    return this.#turns
      .run(() => this.#look())
      .catch((error: unknown) => {
        this.#parts.log.warn('what is kept not looked after', { reason: messageOf(error) })
      })
  }

  /** Feeds have decided something, or what they offer has changed: it acts before the next look. */
  async review(): Promise<void> {
    this.#isStale = true
    await this.look()
  }

  /** Whether so many more can be kept. */
  hasPlaces(count: number): boolean {
    return this.book.works.length + count <= MOST_KEPT
  }

  /** Keeps a release, or more of it. False = there are as many as can be kept. Throws DiskError when that can't be written down. */
  async keep(
    offer: KeptOffer,
    workId: string,
    wish: Pick<KeptEntry, 'title' | 'episodeIds' | 'isAdopted' | 'bytes' | 'hereBytes'>,
  ): Promise<boolean> {
    const torrent = keyOf(offer.release)
    const before = this.#parts.file.entry(torrent) ?? this.#leaving.entry(torrent)
    const entry: KeptEntry = {
      torrent,
      workId,
      releaseId: offer.release.id,
      isPaused: false,
      isWhole: false,
      takenBytes: before?.takenBytes ?? 0,
      givenBytes: before?.givenBytes ?? 0,
      ...wish,
      isAdopted: wish.isAdopted || before?.isAdopted === true,
    }
    if (!(await this.#leaving.keep(entry))) return false
    this.#offers.set(torrent, offer)
    await this.#rest(torrent)
    void this.#parts.fetchPictures(offer.found)
    await this.look()
    return true
  }

  /** False = it isn't kept. Throws DiskError. */
  async change(torrent: string, { isPaused, isAdopted }: KeptChange): Promise<boolean> {
    const entry = this.#parts.file.entry(torrent)
    if (entry === null) return false
    await this.#parts.file.alter(torrent, {
      isPaused: isPaused ?? entry.isPaused,
      isAdopted: isAdopted ?? entry.isAdopted,
    })
    await this.look()
    return true
  }

  /** Throws DiskError. */
  async pauseAll(isPaused: boolean): Promise<void> {
    await this.#parts.file.pause(isPaused)
    await this.look()
    await this.#parts.torrents.letGo()
  }

  /** Keeps it no more; for some seconds it can be taken back. False = it wasn't kept. Throws DiskError. */
  async remove(torrent: string, withData: boolean): Promise<boolean> {
    const entry = this.#parts.file.entry(torrent)
    if (entry === null) return false
    await this.#leaving.begin(entry, withData)
    await this.look()
    return true
  }

  /** Takes back that something was removed. False = it's too late, or its place was taken. Throws DiskError. */
  async giveBack(torrent: string): Promise<boolean> {
    const entry = this.#leaving.entry(torrent)
    if (entry === null || !(await this.#leaving.keep(entry))) return false
    await this.look()
    return true
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.#closing.abort(new DOMException('closing', 'AbortError'))
    this.#timer?.cancel()
    await this.#turns.idle()
    await this.#count()
    for (const torrent of this.#working.keys()) await this.#rest(torrent)
    await this.#leaving[Symbol.asyncDispose]()
    await this.#parts.file.writeIfDirty().catch(() => undefined)
  }

  async #look(): Promise<void> {
    if (this.#isClosed || !this.isReadable) return
    this.#timer?.cancel()
    const { clock, file, torrents } = this.#parts
    await this.#count()
    const isStale = this.#isStale
    this.#isStale = false
    for (const { torrent } of file.current.works) await this.#workOn(torrent, isStale)
    for (const torrent of this.#working.keys())
      if (this.#parts.file.entry(torrent) === null) await this.#rest(torrent)
    this.#openTorrents = await torrents.torrents()
    this.#adoptions.share(this.#openTorrents, this.#adopted)
    // Hours of the day have their own limit.
    await torrents.limitUpload()
    const nowMs = clock.nowMs()
    if (nowMs - this.#recordedMs >= RECORD_EVERY_MS) {
      this.#recordedMs = nowMs
      this.#isStale = true
      await file.writeIfDirty()
    }
    if (!this.#isClosed) this.#timer = clock.setTimer(LOOK_EVERY_MS, () => void this.look())
  }

  /** @param isStale what feeds say of it is asked anew */
  async #workOn(torrent: string, isStale: boolean): Promise<void> {
    const { file } = this.#parts
    const known = file.entry(torrent)
    if (known !== null && (isStale || !this.#offers.has(torrent)))
      this.#offers.set(torrent, await this.#ask(known))
    // NOTE: not what it was before: pages change what is kept while feeds are asked.
    const entry = file.entry(torrent)
    if (entry === null) return
    const working = this.#working.get(torrent)
    if (this.#planOf(entry) !== 'work') {
      await this.#rest(torrent)
      return
    }
    if (working !== undefined && (!working.hasEnded || working.isOther)) {
      this.#noteProgress(entry, working)
      return
    }
    await this.#rest(torrent)
    if (file.entry(torrent) !== entry) return
    const offer = this.#offers.get(torrent)
    assert(offer !== undefined && offer !== 'none', 'what is worked on is on offer')
    // Somebody watches it from the disk alone: that goes on, and this waits.
    if (!this.#parts.torrents.isHeldAlone(offer.release)) this.#open(entry, offer)
  }

  #open(entry: KeptEntry, { found, release }: KeptOffer): void {
    const { torrents, isHungry, hasNetwork, hasRoom, clock, log } = this.#parts
    const { record, feedId } = found
    const work = { feedId, workId: record.id, hashes: hashesOf(record) }
    const working: KeptTorrent = new KeptTorrent({
      hold: torrents.hold(release, feedId, { work }),
      release,
      episodeIds: entry.episodeIds,
      hasRoom,
      isHungry: (): boolean => isHungry(this.#openTorrents, working.torrent),
      hasNetwork,
      pace: this.#pace,
      onWhole: () => void this.look(),
      clock,
      log,
    })
    this.#working.set(entry.torrent, working)
  }

  #noteProgress(entry: KeptEntry, working: KeptTorrent): void {
    const { progress } = working
    if (progress === null) return
    const isWhole = working.isWhole && progress.hereBytes === progress.bytes
    const isNew = isWhole !== entry.isWhole
    if (!isNew && progress.hereBytes === entry.hereBytes && progress.bytes === entry.bytes) return
    this.#parts.file.holdEntry({ ...entry, ...progress, isWhole })
    if (isNew) this.#recordedMs = Number.NEGATIVE_INFINITY
  }

  async #rest(torrent: string): Promise<void> {
    const working = this.#working.get(torrent)
    if (working === undefined) return
    this.#working.delete(torrent)
    await working.close()
  }

  /** What its feed says of it now. */
  async #ask({ workId, releaseId, torrent }: KeptEntry): Promise<KeptOffer | 'none'> {
    const { find, viewer } = this.#parts
    const found = await find(workId)
    if (found === null) return 'none'
    const { territory, today } = viewer()
    const releases = found.safety.standing.isOffered
      ? offeredReleases(found.record, territory, today)
      : found.record.releases
    const release = releases.find((each) => each.id === releaseId && keyOf(each) === torrent)
    return release === undefined ? 'none' : { found, release }
  }

  #planOf(entry: KeptEntry): KeptPlan {
    const offer = this.#offers.get(entry.torrent) ?? null
    return planKept({
      entry,
      isAllPaused: this.book.isPaused,
      offer:
        offer === null || offer === 'none'
          ? offer
          : { isOffered: offer.found.isOffered, standing: offer.found.safety.standing },
      settings: this.#parts.settings(),
      isQuiet: this.isQuiet,
    })
  }

  /** Adds what came and went to the book. */
  async #count(): Promise<void> {
    const { giving, torrents, file } = this.#parts
    const news = giving.look(await torrents.torrents())
    for (const [torrent, working] of this.#working) {
      const traffic = working.torrent === null ? undefined : news.get(working.torrent)
      const entry = this.#parts.file.entry(torrent)
      if (entry === null || traffic === undefined) continue
      const takenBytes = entry.takenBytes + traffic.takenBytes
      const givenBytes = entry.givenBytes + traffic.givenBytes
      file.holdEntry({ ...entry, takenBytes, givenBytes })
    }
    if (news.size > 0 || giving.hasNews) file.hold(giving.into(file.current))
  }

  get #adopted(): readonly KeptTorrent[] {
    return [...this.#working].flatMap(([torrent, working]) =>
      this.#parts.file.entry(torrent)?.isAdopted === true ? [working] : [],
    )
  }
}
