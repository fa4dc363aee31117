/**
 * A publisher gives out: releases over BitTorrent, hybrid and v1 twin from one copy, and the feed; the same files and
 * the feed over HTTP; and a tracker that tells who takes part. What lies in the folder is looked at again and again, so that a
 * release that is added is given out, and one that is withdrawn no more.
 */
import { join } from 'node:path'
import { MINUTE_MS, SILENT_LOG, ShortTurns, TurnQueue, type Clock, type Timer } from '@matinee/base'
import { openEngine, type Engine, type Torrent, type TorrentStatus } from '@matinee/engine'
import {
  systemClock,
  systemDisk,
  systemHash,
  systemRandom,
  verifyEd25519,
} from '@matinee/engine/system'
import { createNetwork } from '@matinee/net'
import { handshakeHash, type Metainfo } from '@matinee/protocol'
import { listenHttp, type HttpListener } from '@matinee/viewer'
import type { PublisherFolder } from '../publisher/publisher-folder.ts'
import { openTracker, type Tracker } from '../tracker/tracker.ts'
import { GivenFeed } from './given-feed.ts'
import { seedAddresses, type SeedAddresses } from './seed-addresses.ts'
import { findSources } from '../source/found-source.ts'
import { SOURCE_FOLDER } from '../source/named-source.ts'
import { seedAnswer } from './seed-site.ts'
import { ReleaseFinder, type FoundReleases, type SeededRelease } from './seeded-release.ts'

/** How a publisher's folder is given out. */
export interface SeedOptions {
  readonly folder: PublisherFolder
  /** An address of this computer; `0.0.0.0` = all of them. */
  readonly host: string
  /** By which others reach us, for the tracker to name. Default: `host`, else this computer's first address. */
  readonly publicHost?: string
  /** 0 = any free ones. */
  readonly ports: {
    readonly bittorrent: number
    readonly http: number
    readonly tracker: number
  }
  /** `host:port` of nodes to begin with in the DHT; `null` = it isn't used. */
  readonly dhtEntrances: readonly string[] | null
  /** For tests: trackers and others may name addresses of this computer. */
  readonly allowLocal: boolean
  /** `null` = no limit. */
  readonly uploadBytesPerSecond: number | null
  /** After each look at the folder. */
  readonly onLook?: (found: FoundReleases) => void
}

/** How one torrent is doing. */
export interface SeedStatus {
  readonly work: string
  readonly release: string
  readonly kind: 'hybrid' | 'v1'
  readonly status: TorrentStatus
}

/** Every record is read anew; what is withdrawn stops soon enough. */
const LOOK_AGAIN_MS = MINUTE_MS / 2

interface Given {
  readonly found: SeededRelease
  readonly hybrid: Torrent
  readonly twin: Torrent
}

/** What a seed opened. */
interface SeedParts {
  readonly clock: Clock
  readonly engine: Engine
  readonly tracker: Tracker
  readonly http: HttpListener
  readonly given: Map<string, Given>
  readonly feed: GivenFeed
  readonly finder: ReleaseFinder
  /** Everything of it that is to be closed. */
  readonly stack: AsyncDisposableStack
}

/** A publisher's folder that is given out. Dispose it. */
export class PublisherSeed implements AsyncDisposable {
  readonly #options: SeedOptions
  readonly #parts: SeedParts
  readonly #closing = new AbortController()
  #timer: Timer | null = null
  readonly #looks = new TurnQueue()

  private constructor(options: SeedOptions, parts: SeedParts) {
    this.#options = options
    this.#parts = parts
  }

  /** Throws NetworkError and PortsTakenError when a port is taken, PublisherError and DiskError. */
  static async open(options: SeedOptions): Promise<PublisherSeed> {
    const { folder, host, ports, allowLocal, dhtEntrances } = options
    const clock = systemClock()
    const random = systemRandom()
    const hash = systemHash()
    await using stack = new AsyncDisposableStack()
    const network = stack.use(createNetwork({ clock, allowLocal }))
    const engine = stack.use(
      await openEngine({
        network,
        disk: systemDisk(),
        hash,
        clock,
        random,
        folder: join(folder.path, 'seeding'),
        host,
        port: ports.bittorrent,
        dht: dhtEntrances === null ? null : { bootstrap: dhtEntrances, verify: verifyEd25519 },
      }),
    )
    engine.limitUpload(options.uploadBytesPerSecond)
    // The program itself, where the publisher named it (feed-format 12.7).
    const sources = await findSources(join(folder.path, SOURCE_FOLDER))
    for (const { metainfo, path } of sources)
      engine.add({ kind: 'metainfo', metainfo }, { filesFrom: [path] })
    const at = { host, port: ports.tracker }
    const tracker = stack.use(
      await openTracker({ network, clock, hash, random, infoHashes: [], ...at }),
    )
    const given = new Map<string, Given>()
    const feed = new GivenFeed({ folder, engine, clock, random })
    const shelf = {
      feedFolder: folder.feedFolder,
      releases: () => [...given.values()].map(({ found }) => found),
    }
    const http = await listenHttp({
      hosts: [host],
      ports: [ports.http],
      handle: (request) => seedAnswer(request, shelf),
      log: SILENT_LOG,
    })
    stack.defer(() => http.close())
    const finder = new ReleaseFinder(folder)
    const parts = { clock, engine, tracker, http, given, feed, finder, stack: stack.move() }
    const seed = new PublisherSeed(options, parts)
    tracker.nameSeed(seed.addresses.peer)
    await seed.#look()
    seed.#wait()
    return seed
  }

  /** Where everything is to be found. */
  get addresses(): SeedAddresses {
    const { host, publicHost } = this.#options
    return seedAddresses(publicHost ?? host, {
      peer: this.#parts.engine.port ?? 0,
      http: this.#parts.http.address.port,
      tracker: this.#parts.tracker.port,
      udpTracker: this.#parts.tracker.udpPort,
    })
  }

  /** Of each torrent, in the order in which they were found. */
  statuses(): SeedStatus[] {
    return [...this.#parts.given.values()].flatMap(({ found, hybrid, twin }) => {
      const { work, release } = found
      return [
        { work, release, kind: 'hybrid' as const, status: hybrid.status() },
        { work, release, kind: 'v1' as const, status: twin.status() },
      ]
    })
  }

  /** Looks at the folder now. Throws PublisherError and DiskError; what was given out before goes on. */
  look(): Promise<void> {
    return this.#looks.run(() => this.#look())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new DOMException('closing', 'AbortError'))
    this.#timer?.cancel()
    await this.#looks.idle()
    await this.#parts.stack.disposeAsync()
  }

  #wait(): void {
    this.#timer = this.#parts.clock.setTimer(LOOK_AGAIN_MS, () => {
      void this.look()
        // A folder that can't be read now, while it is written to perhaps, is looked at again.
        .catch(() => {})
        .then(() => {
          if (!this.#closing.signal.aborted) this.#wait()
        })
    })
  }

  async #look(): Promise<void> {
    const { feed, finder, given, engine, tracker } = this.#parts
    if (this.#closing.signal.aborted) return
    await feed.look(this.#closing.signal)
    const found = await finder.find(feed.decisions)
    const turns = new ShortTurns(this.#parts.clock)
    const keys = new Set(found.releases.map(keyOf))
    for (const [key, old] of given) {
      if (keys.has(key)) continue
      given.delete(key)
      await engine.remove(old.hybrid)
      await engine.remove(old.twin)
    }
    for (const release of found.releases) {
      if (!given.has(keyOf(release))) given.set(keyOf(release), this.#give(release))
      await turns.rest()
    }
    const tracked = feed.metainfo === null ? [] : handshakeHashes(feed.metainfo)
    for (const { found: each } of given.values()) {
      tracked.push(...handshakeHashes(each.hybrid.metainfo), ...handshakeHashes(each.twin.metainfo))
      await turns.rest()
    }
    tracker.list(tracked)
    this.#point()
    this.#options.onLook?.(found)
  }

  /** Beside everything else: the DHT may take its time. */
  #point(): void {
    void this.#parts.feed.point(this.#closing.signal).catch(() => {
      // We are closing; or it is tried again at the next look.
    })
  }

  #give(found: SeededRelease): Given {
    const add = (metainfo: Metainfo): Torrent =>
      this.#parts.engine.add(
        { kind: 'metainfo', metainfo },
        {
          filesFrom: metainfo.files.map(({ path }) => join(found.filesFolder, ...path)),
          // The publisher named them.
          trackersFrom: 'user',
        },
      )
    return { found, hybrid: add(found.hybrid.metainfo), twin: add(found.twin.metainfo) }
  }
}

/** The same release made anew is another one. */
function keyOf({ work, release, hybrid }: SeededRelease): string {
  return `${work}/${release} ${hybrid.metainfo.infoHashes.v2 ?? ''}`
}

function handshakeHashes({ infoHashes }: Metainfo): Uint8Array[] {
  return (['v1', 'v2'] as const).flatMap((kind) =>
    infoHashes[kind] === null ? [] : [handshakeHash(infoHashes, kind)],
  )
}
