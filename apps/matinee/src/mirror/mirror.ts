/**
 * A mirror: follows feeds, keeps works of theirs that few others have, and gives both out, over BitTorrent and HTTP. What a
 * feed withdraws is given out no more.
 */
import { MINUTE_MS, TurnQueue, messageOf, type Clock, type Log, type Timer } from '@matinee/base'
import { parseSha256, type Sha256Text } from '@matinee/catalogue'
import { openEngine, PUBLIC_DHT_ENTRANCES, type Engine } from '@matinee/engine'
import {
  systemClock,
  systemDisk,
  systemHash,
  systemRandom,
  verifyEd25519,
} from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import {
  FollowingFile,
  listenHttp,
  openFollowing,
  openPrivateFolder,
  type FollowedFeed,
  type HttpListener,
  type OpenFollowing,
} from '@matinee/viewer'
import { join } from 'node:path'
import { KeptReleases, type KeptStatus } from './kept-releases.ts'
import { mirrorAnswer } from './mirror-site.ts'
import { offeredByFeeds } from './offered-releases.ts'

/** How a mirror is run. */
export interface MirrorOptions {
  /** Absolute; made when it isn't there. */
  readonly folder: string
  /** For works, their files as they are; feeds come on top. */
  readonly budgetBytes: number
  /** An address of this computer; `0.0.0.0` = all of them. */
  readonly host: string
  /** 0 = any free ones. */
  readonly ports: { readonly bittorrent: number; readonly http: number }
  /** `host:port` of nodes that show into the DHT; `null` = no DHT. Default: the public ones. */
  readonly dhtEntrances?: readonly string[] | null
  /** For tests: feeds and records may name addresses of this computer. */
  readonly allowLocal: boolean
  /** `null` = no limit. */
  readonly uploadBytesPerSecond: number | null
  readonly log: Log
}

/** How a feed stands that is mirrored. */
export interface MirroredFeed {
  readonly fingerprint: Sha256Text
  readonly name: string
  readonly standing: FollowedFeed['standing']
  /** `null` = they weren't counted yet. */
  readonly works: number | null
}

/** So long after a look at what is needed comes the next. */
const LOOK_AGAIN_MS = 30 * MINUTE_MS
const LANGUAGES = ['en']

/** A mirror that runs. Dispose it. */
export class Mirror implements AsyncDisposable {
  readonly #following: OpenFollowing
  readonly #kept: KeptReleases
  readonly #http: HttpListener
  readonly #engine: Engine
  readonly #clock: Clock
  readonly #log: Log
  readonly #parts: AsyncDisposableStack
  readonly #closing = new AbortController()
  /** As of the last look: there may be very many, and somebody asks every second. */
  #works: ReadonlyMap<Sha256Text, number> = new Map()
  #timer: Timer | null = null
  readonly #looks = new TurnQueue()

  private constructor(parts: {
    readonly following: OpenFollowing
    readonly kept: KeptReleases
    readonly http: HttpListener
    readonly engine: Engine
    readonly clock: Clock
    readonly log: Log
    readonly parts: AsyncDisposableStack
  }) {
    this.#following = parts.following
    this.#kept = parts.kept
    this.#http = parts.http
    this.#engine = parts.engine
    this.#clock = parts.clock
    this.#log = parts.log
    this.#parts = parts.parts
  }

  /** Throws NetworkError and PortsTakenError when a port is taken, and what the file system throws. */
  static async open(options: MirrorOptions): Promise<Mirror> {
    const { folder, host, ports, allowLocal, log, dhtEntrances = PUBLIC_DHT_ENTRANCES } = options
    const [clock, random, hash] = [systemClock(), systemRandom(), systemHash()]
    await openPrivateFolder(folder)
    const mediaFolder = join(folder, 'works')
    await openPrivateFolder(mediaFolder)
    await using stack = new AsyncDisposableStack()
    const network = stack.use(createNetwork({ clock, allowLocal, log }))
    const dht = dhtEntrances === null ? null : { bootstrap: dhtEntrances, verify: verifyEd25519 }
    const engine = stack.use(
      await openEngine({
        network,
        disk: systemDisk(),
        hash,
        clock,
        random,
        log,
        folder: mediaFolder,
        host,
        port: ports.bittorrent,
        dht,
      }),
    )
    engine.limitUpload(options.uploadBytesPerSecond)
    const kept = stack.use(
      new KeptReleases({
        engine,
        folder: mediaFolder,
        budgetBytes: options.budgetBytes,
        clock,
        log,
      }),
    )
    let mirror: Mirror | null = null
    const following = stack.use(
      await openFollowing({
        dataFolder: folder,
        file: await FollowingFile.open(folder, log),
        store: NO_CATALOGUE,
        clock,
        random,
        log,
        hash,
        mediaFolder,
        network: async () => network,
        engine: async () => engine,
        largestCopyBytes: Infinity,
        // Not only what was withdrawn: a new version may offer what is needed more.
        onSafety: async () => void mirror?.look(),
        operatorOf: async () => '',
      }),
    )
    const http = await listenHttp({
      hosts: [host],
      ports: [ports.http],
      handle: (request) => mirrorAnswer(request, folder, kept),
      log,
    })
    stack.defer(() => http.close())
    const parts = stack.move()
    mirror = new Mirror({ following, kept, http, engine, clock, log, parts })
    following.desk.start()
    void mirror.look()
    return mirror
  }

  /** Where others find it: BitTorrent's port, and the address below which each feed has its folder. */
  get addresses(): { readonly peerPort: number; readonly httpPort: number } {
    return { peerPort: this.#engine.port ?? 0, httpPort: this.#http.address.port }
  }

  get feeds(): readonly MirroredFeed[] {
    return this.#following.desk.feeds.map((feed) => ({
      fingerprint: feed.fingerprint,
      name: Object.values(feed.ledger.head?.translations ?? {})[0]?.name ?? '',
      standing: feed.standing,
      works: this.#works.get(feed.fingerprint) ?? null,
    }))
  }

  get releases(): readonly KeptStatus[] {
    return this.#kept.statuses()
  }

  /**
   * Follows a feed from now on, and at the next start. Its fingerprint; `null` = there is none at that address, or not the
   * one that was meant.
   *
   * @param expected the feed's fingerprint, where it is known
   */
  async follow(address: string, expected: Sha256Text | null): Promise<Sha256Text | null> {
    const { counter, desk } = this.#following
    const known = desk.feeds.find(
      (feed) =>
        feed.fingerprint === expected ||
        feed.sources.all.some(({ address: { text } }) => text === address),
    )
    if (known !== undefined && (expected === null || known.fingerprint === expected))
      return known.fingerprint
    const offer = await counter.look(address, { languages: LANGUAGES }, this.#closing.signal)
    const fingerprint = parseSha256(offer?.fingerprint ?? '')
    if (offer === null || fingerprint === null) return null
    if (expected !== null && fingerprint !== expected) return null
    return (await counter.follow(offer.offer, fingerprint)) === null ? fingerprint : null
  }

  /** Asks the sources of all feeds now. Resolves when each has answered or had its time. */
  async refresh(): Promise<void> {
    const { desk } = this.#following
    await Promise.all(desk.feeds.map((feed) => desk.refresh(feed)))
  }

  /** Chooses anew what to keep, after what runs. Never rejects. */
  look(): Promise<void> {
    return this.#looks.run(async () => {
      if (this.#closing.signal.aborted) return
      try {
        const { signal } = this.#closing
        const offered = await offeredByFeeds(this.#following, this.#clock, this.#log, signal)
        this.#works = offered.works
        await this.#kept.choose(offered.releases, signal)
      } catch (error) {
        if (!this.#closing.signal.aborted)
          this.#log.warn('mirror not looked after', { reason: messageOf(error) })
      }
      this.#timer?.cancel()
      if (this.#closing.signal.aborted) return
      this.#timer = this.#clock.setTimer(LOOK_AGAIN_MS, () => void this.look())
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DOMException('closing', 'AbortError'))
    this.#timer?.cancel()
    await this.#looks.idle()
    await this.#parts.disposeAsync()
  }
}

/** A mirror shows nothing: it has no catalogue. */
const NO_CATALOGUE = {
  works: async () => [],
  revision: async () => 0,
  sameWorks: async () => [],
  feeds: async () => [],
  load: async () => undefined,
  remove: async () => undefined,
  setFeedOrder: async () => undefined,
  withhold: async () => undefined,
}
