/**
 * The torrents of films, each for as long as somebody wants it. The file is as long as it is because who holds one, in which
 * of two engines it is, and what may be done with it are one state.
 */
import { messageOf } from '@matinee/base'
import type { HeadPack, Release, Standing } from '@matinee/catalogue'
import type { AddOptions, Engine, Torrent, TorrentSource } from '@matinee/engine'
import type { InfoHashes } from '@matinee/protocol'
import type { StuckReason } from '#api'
import { WebOnlyError, reasonOf } from './opening-failure.ts'
import { hasEnded, isLost } from './torrent-end.ts'
import { infoHashesOf, isSameTorrent, keyOf, magnetOf } from './torrent-source.ts'
import type { JudgedWork } from '../following/work-safety.ts'
import { makeRoom } from './disk-budget.ts'
import { openFilmEngine, openLoneEngine } from './film-engines.ts'
import { packedSource, type PackedSource } from './packed-source.ts'
import type { TorrentDeskOptions } from './torrent-desk-options.ts'

/** Somebody's interest in a release. When nobody is interested in one that wasn't played, it's given up. */
export interface TorrentHold {
  /** Null before it was added. */
  readonly torrent: Torrent | null
  /** Rejects when there can be none; {@link TorrentHold.failure} says why. */
  readonly opened: Promise<Torrent>
  readonly failure: StuckReason | null
  /** It was played: what we have of it is passed on while Matinee runs, if the viewer gives back. */
  keep(): void
  /** Idempotent. */
  close(): Promise<void>
}

/** Why a release is opened. */
export interface HoldOptions {
  /** The work that it is opened for: decisions about that say what may be done with it. */
  readonly work?: JudgedWork
  /** True: only what is on the disk; nobody is asked, nothing is passed on (feed-format 14.3). Default false. */
  readonly isAlone?: boolean
  /**
   * True: for something that may be played later. What others hold is shared as it is, and never begun anew, which would
   * end what plays of it. Default false.
   */
  readonly isAhead?: boolean
}

interface HeldTorrent {
  opened: Promise<Torrent>
  torrent: Torrent | null
  failure: StuckReason | null
  holders: number
  isKept: boolean
  isAlone: boolean
  readonly release: Release
  readonly feedId: string
  /** Those it was opened for, by their addresses; empty = decisions have nothing to do with it. */
  readonly works: Map<string, JudgedWork>
}

/**
 * The one engine, opened with the first film: before that nothing listens and nothing is sent. A release is fetched
 * from the addresses that its record names, what those name, and whom the DHT names where the viewer uses it.
 */
export class TorrentDesk implements AsyncDisposable {
  readonly #options: TorrentDeskOptions
  readonly #held = new Map<string, HeldTorrent>()
  #engine: Promise<Engine> | null = null
  /** For films of which only our own copy may be played. */
  #lone: Promise<Engine> | null = null

  constructor(options: TorrentDeskOptions) {
    this.#options = options
  }

  /** Begins to fetch a release, or shares in it. Returns at once. */
  hold(release: Release, feedId: string, options: HoldOptions = {}): TorrentHold {
    const { work, isAlone = false, isAhead = false } = options
    const key = keyOf(release)
    const known = this.#held.get(key)
    const isOver =
      known !== undefined &&
      (known.isAlone !== isAlone || (isDone(known) && !(isAhead && known.holders > 0)))
    const held =
      known === undefined || isOver ? this.#start(release, feedId, known ?? null, isAlone) : known
    this.#held.set(key, held)
    if (work !== undefined) held.works.set(`${work.feedId}.${work.workId}`, work)
    held.holders++
    let isOpen = true
    return {
      get torrent() {
        return held.torrent
      },
      get opened() {
        return held.opened
      },
      get failure() {
        return held.failure
      },
      keep: () => {
        held.isKept = true
      },
      close: async () => {
        if (!isOpen) return
        isOpen = false
        held.holders--
        if (held.holders > 0 || this.#staysOpen(held)) return
        if (this.#held.get(key) === held) this.#held.delete(key)
        await this.#drop(held)
      },
    }
  }

  /**
   * How films come was changed: everything that is open ends, the listener too, and the next film follows the new
   * word. What was fetched stays.
   */
  async startOver(): Promise<void> {
    const isWebOnly = this.#options.sharing() === 'web-only'
    for (const held of this.#held.values()) held.failure = isWebOnly ? 'web-only' : 'source'
    await this[Symbol.asyncDispose]()
  }

  /** The one engine, for what isn't a film: the torrents of feeds. Null = the viewer wants no swarm. Rejects when it can't open. */
  async engine(): Promise<Engine | null> {
    if (this.#options.sharing() === 'web-only') return null
    this.#engine ??= this.#openEngine(false)
    return this.#engine
  }

  /** The one engine when it's open, which this doesn't do; `null` = nothing listens. */
  async opened(): Promise<Engine | null> {
    return (await this.#engine?.catch(() => null)) ?? null
  }

  /** Whether anything of a release is on the disk. */
  async hasCopy(release: Release): Promise<boolean> {
    const { disk, mediaFolder } = this.#options
    return (await disk.list(`${mediaFolder}/${keyOf(release)}`).catch(() => [])).length > 0
  }

  /**
   * Decisions about works have changed: what may not be passed on any more is passed on no more. What is open goes on from
   * the disk alone.
   */
  async review(standingOf: (work: JudgedWork) => Pick<Standing, 'isSeeded'>): Promise<void> {
    for (const [key, held] of this.#held) {
      const works = [...held.works.values()]
      const isSeeded = works.length === 0 || works.some((work) => standingOf(work).isSeeded)
      if (isSeeded || held.isAlone) continue
      if (held.holders === 0) this.#held.delete(key)
      else {
        held.isAlone = true
        const before = held.opened
        held.opened = this.#openAlone(held.release, held.feedId, before)
        this.#watch(held)
        continue
      }
      await this.#remove(await held.opened.catch(() => null))
    }
  }

  /** What nobody holds is passed on no more, where the viewer doesn't give back. */
  async letGo(): Promise<void> {
    for (const [key, held] of this.#held) {
      if (held.holders > 0 || this.#staysOpen(held)) continue
      this.#held.delete(key)
      await this.#drop(held)
    }
  }

  /** Closes a torrent that nobody holds, by the name of its folder. False = somebody does. */
  async drop(torrent: string): Promise<boolean> {
    const held = this.#held.get(torrent)
    if (held === undefined) return true
    if (held.holders > 0) return false
    this.#held.delete(torrent)
    await this.#remove(await held.opened.catch(() => null))
    return true
  }

  /** Those that have a way to others: films and feeds. */
  async torrents(): Promise<readonly Torrent[]> {
    return (await this.#engine?.catch(() => null))?.torrents ?? []
  }

  /** A torrent by the name of its folder, while somebody holds it; null = nobody does, or it isn't open yet. */
  torrentOf(torrent: string): Torrent | null {
    return this.#held.get(torrent)?.torrent ?? null
  }

  /** What may be passed on now, in bytes a second; null = no limit. */
  get uploadLimit(): number | null {
    return this.#options.uploadBytesPerSecond()
  }

  /** Whether a torrent is open, by the name of its folder. */
  isOpen(torrent: string): boolean {
    return this.#held.has(torrent) || this.#options.isUpdate(torrent)
  }

  /** Whether a release is here whole and not given out: it plays from the disk, and nobody is asked. */
  playsAlone(release: Release): boolean {
    return this.#options.playsAlone(release)
  }

  /** Whether somebody plays a release from the disk alone. */
  isHeldAlone(release: Release): boolean {
    const held = this.#held.get(keyOf(release))
    return held !== undefined && held.holders > 0 && held.isAlone
  }

  /** Who has a torrent whole, by its trackers' word; null = nobody tells. Throws the signal's reason. */
  async seedersOf(torrent: Torrent, signal: AbortSignal): Promise<number | null> {
    const engine = await this.#engine?.catch(() => null)
    return (await engine?.scrape(torrent, signal))?.seeders ?? null
  }

  /** The viewer chose another rate for what is passed on. */
  async limitUpload(): Promise<void> {
    const engine = await this.#engine?.catch(() => null)
    engine?.limitUpload(this.#options.uploadBytesPerSecond())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#held.clear()
    const engines = [this.#engine, this.#lone]
    this.#engine = null
    this.#lone = null
    for (const engine of engines) await (await engine?.catch(() => null))?.[Symbol.asyncDispose]()
  }

  #start(
    release: Release,
    feedId: string,
    before: HeldTorrent | null,
    isAlone: boolean,
  ): HeldTorrent {
    const held: HeldTorrent = {
      opened: isAlone
        ? this.#openAlone(release, feedId, before?.opened ?? null)
        : this.#open(release, feedId, before),
      torrent: null,
      failure: null,
      holders: 0,
      isKept: before?.isKept ?? false,
      isAlone,
      release,
      feedId,
      works: new Map(before?.works),
    }
    this.#watch(held)
    return held
  }

  /** Notes what an opening came to, unless it was begun anew since. */
  #watch(held: HeldTorrent): void {
    const { opened } = held
    opened.then(
      (torrent) => {
        if (held.opened === opened) held.torrent = torrent
      },
      (error: unknown) => {
        if (held.opened === opened) held.failure = reasonOf(error)
        this.#options.log.warn('film not opened', { reason: messageOf(error) })
      },
    )
  }

  /** From the disk, without a way to anybody. */
  async #openAlone(
    release: Release,
    feedId: string,
    before: Promise<Torrent> | null,
  ): Promise<Torrent> {
    const torrent = (await before?.catch(() => null)) ?? null
    const isDescribed = torrent !== null && torrent.status().pieceCount > 0
    const metainfo = isDescribed ? await torrent.metainfo() : null
    const packed =
      metainfo === null && !(await this.#isDescribed(release))
        ? await this.#packed(release, feedId)
        : null
    await this.#remove(torrent)
    this.#lone ??= openLoneEngine(this.#options)
    const magnet = magnetOf({ ...release, trackers: [], webSeeds: [] }, infoHashesOf(release))
    const source =
      metainfo === null ? (packed?.source ?? magnet) : { kind: 'metainfo' as const, metainfo }
    return (await this.#lone).add(source, { dht: false })
  }

  /** What describes a kept torrent lies in its folder: no feed has to be asked for it, or be there. */
  async #isDescribed(release: Release): Promise<boolean> {
    const { disk, mediaFolder, isKept } = this.#options
    const key = keyOf(release)
    if (!isKept(key)) return false
    return (await disk.facts(`${mediaFolder}/${key}/info`).catch(() => null)) !== null
  }

  #packed(release: Release, feedId: string): Promise<PackedSource | null> {
    const fetch = (signal: AbortSignal): Promise<HeadPack | null> =>
      this.#options.headPack(feedId, release, signal)
    return packedSource(release, fetch, this.#options)
  }

  /** Whichever engine has it. */
  async #remove(torrent: Torrent | null): Promise<void> {
    for (const engine of [this.#engine, this.#lone]) {
      const opened = await engine?.catch(() => null)
      if (torrent !== null && opened?.torrents.includes(torrent) === true)
        await opened.remove(torrent)
    }
  }

  async #open(release: Release, feedId: string, before: HeldTorrent | null): Promise<Torrent> {
    const hashes = infoHashesOf(release)
    const own = this.#options.ownTorrents.find(({ metainfo }) =>
      isSameTorrent(metainfo.infoHashes, hashes),
    )
    const isWebOnly = this.#options.sharing() === 'web-only'
    // The swarm of what we give out ourselves is this computer; every other one is other people.
    if (isWebOnly && own === undefined) throw new WebOnlyError('the viewer wants no swarm')
    const packed =
      own === undefined && !(await this.#isDescribed(release))
        ? await this.#packed(release, feedId)
        : null
    const source: TorrentSource =
      own === undefined
        ? (packed?.source ?? magnetOf(release, hashes))
        : { kind: 'metainfo', metainfo: own.metainfo }
    const room = own === undefined ? await this.#makeRoom(release, hashes) : null
    const points =
      own === undefined
        ? this.#strangersPoints(feedId)
        : { dht: false, ...(await own.startingPoints()) }
    this.#engine ??= this.#openEngine(isWebOnly)
    const engine = await this.#engine
    if (room !== null) engine.limitDisk(room)
    await this.#remove(before?.torrent ?? null)
    // NOTE: no await from here to the end, or the viewer's word could change in between.
    if (this.#options.sharing() !== (isWebOnly ? 'web-only' : 'share'))
      throw new WebOnlyError('the viewer changed how films come')
    // Who had it may be back where they were, long before a tracker names them again.
    const peers = [...(points.peers ?? []), ...(before?.torrent?.knownAddresses ?? [])]
    return engine.add(source, { ...packed?.options, ...points, peers })
  }

  /** A feed's word is a stranger's, but for the testers' feeds, whose swarms are on this computer. */
  #strangersPoints(feedId: string): Pick<AddOptions, 'peers' | 'trackersFrom' | 'dht'> {
    const isLocal = this.#options.isLocalFeed(feedId)
    return { trackersFrom: isLocal ? 'own' : 'magnet', dht: !isLocal }
  }

  /**
   * Room is made before the first byte comes. Answers what open films may take together, in bytes: the engine gives up
   * what nobody watches of them when they take more. `null` = what fails in it doesn't keep a film from playing.
   */
  async #makeRoom(release: Release, { v1, v2 }: InfoHashes): Promise<number | null> {
    const { mediaFolder, diskBudgetBytes, log } = this.#options
    try {
      const { gone, closedBytes } = await makeRoom({
        mediaFolder,
        budgetBytes: diskBudgetBytes(),
        torrent: String(v1 ?? v2),
        lengthBytes: release.videos.reduce((sum, { length }) => sum + length, 0),
        isOpen: (torrent) => this.isOpen(torrent),
        isKept: (torrent) => this.#options.isKept(torrent),
      })
      if (gone.length > 0) log.info('films deleted to make room', { torrents: gone.join(' ') })
      return Math.max(0, diskBudgetBytes() - closedBytes)
    } catch (error) {
      log.warn('no room could be made', { reason: messageOf(error) })
      return null
    }
  }

  async #openEngine(isWebOnly: boolean): Promise<Engine> {
    try {
      return await openFilmEngine(this.#options, isWebOnly)
    } catch (error) {
      // The next film tries again.
      this.#engine = null
      throw error
    }
  }

  #staysOpen({ isKept }: HeldTorrent): boolean {
    return isKept && this.#options.givesBack()
  }

  async #drop(held: HeldTorrent): Promise<void> {
    const torrent = await held.opened.catch(() => null)
    if (torrent === null || held.holders > 0 || this.#staysOpen(held)) return
    await this.#remove(torrent)
  }
}

/** Nothing more will come of it as it is. */
function isDone({ failure, torrent }: HeldTorrent): boolean {
  return failure !== null || hasEnded(torrent) || isLost(torrent)
}
