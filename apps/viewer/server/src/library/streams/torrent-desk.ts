import { messageOf } from '@matinee/base'
import type { Release } from '@matinee/catalogue'
import type { AddOptions, Engine, Torrent, TorrentSource } from '@matinee/engine'
import type { InfoHashes } from '@matinee/protocol'
import type { StuckReason } from '#api'
import { infoHashesOf, isSameTorrent, magnetOf } from './torrent-source.ts'
import { makeRoom } from './disk-budget.ts'
import type { TorrentDeskOptions } from './torrent-desk-options.ts'

/** Somebody's interest in a release. When nobody is interested in one that wasn't played, it's given up. */
export interface TorrentHold {
  /** Null before it was added. */
  readonly torrent: Torrent | null
  /** Rejects when there can be none; {@link TorrentHold.failure} says why. */
  readonly opened: Promise<Torrent>
  readonly failure: StuckReason | null
  /** It was played: what we have of it is passed on while Matinee runs. */
  keep(): void
  /** Idempotent. */
  close(): Promise<void>
}

/** Thrown where the viewer wants no swarm and nothing else has the film. */
export class WebOnlyError extends Error {
  override readonly name = 'WebOnlyError'
  readonly code = 'web-only'
}

interface HeldTorrent {
  readonly opened: Promise<Torrent>
  torrent: Torrent | null
  failure: StuckReason | null
  holders: number
  isKept: boolean
}

/**
 * The one engine, opened with the first film: before that nothing listens and nothing is sent. A release is fetched
 * from the addresses that its record names, what those name, and whom the DHT names where the viewer uses it.
 */
export class TorrentDesk implements AsyncDisposable {
  readonly #options: TorrentDeskOptions
  readonly #held = new Map<string, HeldTorrent>()
  #engine: Promise<Engine> | null = null

  constructor(options: TorrentDeskOptions) {
    this.#options = options
  }

  /** Begins to fetch a release, or shares in it. Returns at once. */
  hold(release: Release, feedId: string): TorrentHold {
    const key = release.infoHashes.v1 ?? ('v2' in release.infoHashes ? release.infoHashes.v2 : '')
    const known = this.#held.get(key)
    const isOver =
      known !== undefined &&
      (known.failure !== null || hasEnded(known.torrent) || isLost(known.torrent))
    const held = known === undefined || isOver ? this.#start(release, feedId, known ?? null) : known
    this.#held.set(key, held)
    held.holders++
    let isOpen = true
    return {
      get torrent() {
        return held.torrent
      },
      opened: held.opened,
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
        if (held.holders > 0 || held.isKept) return
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

  /** The viewer chose another rate for what is passed on. */
  async limitUpload(): Promise<void> {
    const engine = await this.#engine?.catch(() => null)
    engine?.limitUpload(this.#options.uploadBytesPerSecond())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#held.clear()
    const engine = this.#engine
    this.#engine = null
    await (await engine?.catch(() => null))?.[Symbol.asyncDispose]()
  }

  #start(release: Release, feedId: string, before: HeldTorrent | null): HeldTorrent {
    const opened = this.#open(release, feedId, before)
    const held: HeldTorrent = {
      opened,
      torrent: null,
      failure: null,
      holders: 0,
      isKept: before?.isKept ?? false,
    }
    opened.then(
      (torrent) => {
        held.torrent = torrent
      },
      (error: unknown) => {
        held.failure = reasonOf(error)
        this.#options.log.warn('film not opened', { reason: messageOf(error) })
      },
    )
    return held
  }

  async #open(release: Release, feedId: string, before: HeldTorrent | null): Promise<Torrent> {
    const hashes = infoHashesOf(release)
    const own = this.#options.ownTorrents.find(({ metainfo }) =>
      isSameTorrent(metainfo.infoHashes, hashes),
    )
    const isWebOnly = this.#options.sharing() === 'web-only'
    // The swarm of what we give out ourselves is this computer; every other one is other people.
    if (isWebOnly && own === undefined) throw new WebOnlyError('the viewer wants no swarm')
    const source: TorrentSource =
      own === undefined ? magnetOf(release, hashes) : { kind: 'metainfo', metainfo: own.metainfo }
    if (own === undefined) await this.#makeRoom(release, hashes)
    const points =
      own === undefined
        ? this.#strangersPoints(feedId)
        : { ...(await own.startingPoints()), dht: false }
    this.#engine ??= this.#openEngine(isWebOnly)
    const engine = await this.#engine
    if (before?.torrent) await engine.remove(before.torrent)
    // NOTE: no await from here to the end, or the viewer's word could change in between.
    if (this.#options.sharing() !== (isWebOnly ? 'web-only' : 'share'))
      throw new WebOnlyError('the viewer changed how films come')
    // Who had it may be back where they were, long before a tracker names them again.
    const peers = [...(points.peers ?? []), ...(before?.torrent?.knownAddresses ?? [])]
    return engine.add(source, { ...points, peers })
  }

  /** A feed's word is a stranger's, but for the testers' feeds, whose swarms are on this computer. */
  #strangersPoints(feedId: string): Pick<AddOptions, 'peers' | 'trackersFrom' | 'dht'> {
    const isLocal = this.#options.isLocalFeed(feedId)
    return { trackersFrom: isLocal ? 'own' : 'magnet', dht: !isLocal }
  }

  /** Room is made before the first byte comes. What fails in it doesn't keep a film from playing. */
  async #makeRoom(release: Release, { v1, v2 }: InfoHashes): Promise<void> {
    const { mediaFolder, diskBudgetBytes, log } = this.#options
    try {
      const gone = await makeRoom({
        mediaFolder,
        budgetBytes: diskBudgetBytes(),
        torrent: String(v1 ?? v2),
        lengthBytes: release.videos.reduce((sum, { length }) => sum + length, 0),
        isOpen: (torrent) => this.#held.has(torrent),
      })
      if (gone.length > 0) log.info('films deleted to make room', { torrents: gone.join(' ') })
    } catch (error) {
      log.warn('no room could be made', { reason: messageOf(error) })
    }
  }

  async #openEngine(isWebOnly: boolean): Promise<Engine> {
    const { network, disk, hash, clock, random, log, mediaFolder } = this.#options
    try {
      // Not loaded before the first film: half of what there would be to load at the start.
      const { openEngine, PUBLIC_DHT_ENTRANCES: bootstrap } = await import('@matinee/engine')
      const usesDht = !isWebOnly && this.#options.dht()
      const engine = await openEngine({
        network: await network(),
        disk,
        hash,
        clock,
        random,
        log,
        folder: mediaFolder,
        ...(isWebOnly ? { port: null } : {}),
        dht: usesDht ? { bootstrap, verify: this.#options.verify } : null,
      })
      engine.limitUpload(this.#options.uploadBytesPerSecond())
      return engine
    } catch (error) {
      // The next film tries again.
      this.#engine = null
      throw error
    }
  }

  async #drop(held: HeldTorrent): Promise<void> {
    const torrent = await held.opened.catch(() => null)
    if (torrent === null || held.holders > 0 || held.isKept) return
    await (await this.#engine)?.remove(torrent)
  }
}

function hasEnded(torrent: Torrent | null): boolean {
  const kind = torrent?.status().phase.kind
  return kind === 'failed' || kind === 'stopped'
}

/** Nobody is there and nobody is being asked: beginning anew asks everybody at once instead of at their time. */
function isLost(torrent: Torrent | null): boolean {
  const status = torrent?.status()
  if (status === undefined || status.peers.connected > 0) return false
  if (status.phase.kind !== 'live' && status.phase.kind !== 'finding-metadata') return false
  if (status.pieceCount > 0 && status.havePieces === status.pieceCount) return false
  if (status.webSeeds.some(({ state }) => state.kind === 'ready')) return false
  if (status.searches.some(({ kind }) => kind === 'searching')) return false
  // Trackers of later tiers wait for their turn; where none has been asked, it has only just begun.
  const kinds = status.trackers.map(({ state }) => state.kind)
  return (
    !kinds.includes('asking') && (kinds.length === 0 || kinds.some((kind) => kind !== 'waiting'))
  )
}

function reasonOf(error: unknown): StuckReason {
  if (error instanceof WebOnlyError) return 'web-only'
  const code = error instanceof Error && 'code' in error ? error.code : null
  return code === 'seeder' ? 'source' : 'internal'
}
