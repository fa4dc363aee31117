/**
 * A publisher gives out: releases over BitTorrent, hybrid and v1 twin from one copy; the same files and the feed over
 * HTTP; and a tracker that tells who takes part. What lies in the folder is looked at again and again, so that a
 * release that is added is given out, and one that is withdrawn no more.
 */
import { join } from 'node:path'
import { MINUTE_MS, SILENT_LOG, type Clock, type Timer } from '@matinee/base'
import {
  openEngine,
  PUBLIC_DHT_ENTRANCES,
  type Engine,
  type Torrent,
  type TorrentStatus,
} from '@matinee/engine'
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
import { seedAddresses, type SeedAddresses } from './seed-addresses.ts'
import { seedAnswer } from './seed-site.ts'
import { findReleases, type FoundReleases, type SeededRelease } from './seeded-release.ts'

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
  readonly dht: boolean
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

/** A publisher's folder that is given out. Dispose it. */
export class PublisherSeed implements AsyncDisposable {
  readonly #options: SeedOptions
  readonly #clock: Clock
  readonly #parts: AsyncDisposableStack
  readonly #engine: Engine
  readonly #tracker: Tracker
  readonly #http: HttpListener
  readonly #given: Map<string, Given>
  #timer: Timer | null = null
  #looking: Promise<void> = Promise.resolve()
  #isClosing = false

  private constructor(
    options: SeedOptions,
    clock: Clock,
    parts: AsyncDisposableStack,
    engine: Engine,
    tracker: Tracker,
    http: HttpListener,
    given: Map<string, Given>,
  ) {
    this.#options = options
    this.#clock = clock
    this.#parts = parts
    this.#engine = engine
    this.#tracker = tracker
    this.#http = http
    this.#given = given
  }

  /** Throws NetworkError and PortsTakenError when a port is taken, PublisherError and DiskError. */
  static async open(options: SeedOptions): Promise<PublisherSeed> {
    const { folder, host, ports, allowLocal } = options
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
        dht: options.dht ? { bootstrap: PUBLIC_DHT_ENTRANCES, verify: verifyEd25519 } : null,
      }),
    )
    engine.limitUpload(options.uploadBytesPerSecond)
    const at = { host, port: ports.tracker }
    const tracker = stack.use(
      await openTracker({ network, clock, hash, random, infoHashes: [], ...at }),
    )
    const given = new Map<string, Given>()
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
    const seed = new PublisherSeed(options, clock, stack.move(), engine, tracker, http, given)
    tracker.nameSeed(seed.addresses.peer)
    await seed.#look()
    seed.#wait()
    return seed
  }

  /** Where everything is to be found. */
  get addresses(): SeedAddresses {
    const { host, publicHost } = this.#options
    return seedAddresses(publicHost ?? host, {
      peer: this.#engine.port ?? 0,
      http: this.#http.address.port,
      tracker: this.#tracker.port,
      udpTracker: this.#tracker.udpPort,
    })
  }

  /** Of each torrent, in the order in which they were found. */
  statuses(): SeedStatus[] {
    return [...this.#given.values()].flatMap(({ found, hybrid, twin }) => {
      const { work, release } = found
      return [
        { work, release, kind: 'hybrid' as const, status: hybrid.status() },
        { work, release, kind: 'v1' as const, status: twin.status() },
      ]
    })
  }

  /** Looks at the folder now. Throws PublisherError and DiskError; what was given out before goes on. */
  look(): Promise<void> {
    const looking = this.#looking.then(() => this.#look())
    this.#looking = looking.catch(() => {})
    return looking
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosing = true
    this.#timer?.cancel()
    await this.#looking
    await this.#parts.disposeAsync()
  }

  #wait(): void {
    this.#timer = this.#clock.setTimer(LOOK_AGAIN_MS, () => {
      void this.look()
        // A folder that can't be read now, while it is written to perhaps, is looked at again.
        .catch(() => {})
        .then(() => {
          if (!this.#isClosing) this.#wait()
        })
    })
  }

  async #look(): Promise<void> {
    if (this.#isClosing) return
    const found = await findReleases(this.#options.folder)
    const keys = new Set(found.releases.map(keyOf))
    for (const [key, given] of this.#given) {
      if (keys.has(key)) continue
      this.#given.delete(key)
      await this.#engine.remove(given.hybrid)
      await this.#engine.remove(given.twin)
    }
    for (const release of found.releases)
      if (!this.#given.has(keyOf(release))) this.#given.set(keyOf(release), this.#give(release))
    this.#tracker.list(
      [...this.#given.values()].flatMap((each) => [
        ...handshakeHashes(each.found.hybrid.metainfo),
        ...handshakeHashes(each.found.twin.metainfo),
      ]),
    )
    this.#options.onLook?.(found)
  }

  #give(found: SeededRelease): Given {
    const add = (metainfo: Metainfo): Torrent =>
      this.#engine.add(
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
  const { v1, v2 } = infoHashes
  return [
    ...(v1 === null ? [] : [handshakeHash(infoHashes, 'v1')]),
    ...(v2 === null ? [] : [handshakeHash(infoHashes, 'v2')]),
  ]
}
