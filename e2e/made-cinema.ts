import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SECOND_MS, sleep, type SocketAddress } from '@matinee/base'
import { openEngine, type Engine, type Torrent } from '@matinee/engine'
import { createTorrent, type CreatedTorrent } from '@matinee/engine/create'
import { systemClock, systemDisk, systemHash, systemRandom } from '@matinee/engine/system'
import { createNetwork, type EgressNetwork } from '@matinee/net'
import { handshakeHash } from '@matinee/protocol'
import { writeMadeFeed, type MadeJson } from '@matinee/testkit'
import { openTracker, type Tracker } from '../apps/matinee/src/tracker/tracker.ts'
import { makeFilms, type MadeFilms } from './made-films.ts'
import { madeRelease } from './made-release.ts'

/** What {@link openMadeCinema} needs. */
export interface MadeCinemaOptions {
  /** Where the feed is written: `FOLDER/feed`. The caller's, who removes it. */
  readonly folder: string
  readonly signal: AbortSignal
  /** The address of this machine that the tracker and the seed listen on. Default: loopback. */
  readonly host?: string
  /** Puts other films in the place of some. Default: those of the made-up feed as they are. */
  readonly films?: (works: readonly MadeFilms[]) => Promise<readonly MadeFilms[]>
}

/**
 * A feed of works that nobody made, of which some have films: one seed on loopback gives them out, and a
 * tracker on loopback names it. The records name the tracker, so a viewer that allows local addresses
 * finds everything by itself. Dispose it to close all.
 */
export interface MadeCinema extends AsyncDisposable {
  /** A bundled feed (docs/feed-format.md). */
  readonly feedFolder: string
  /** The torrents, by the work's id. Other works of the feed have a release that nobody has. */
  readonly torrents: ReadonlyMap<string, CreatedTorrent>
  /** Where the seed listens: one address, the same after every {@link start}. */
  readonly peers: readonly SocketAddress[]
  readonly trackerUrl: string
  /** Bytes of films and subtitles that the seed has sent since the beginning. */
  served(): number
  /** The seed goes away: every connection ends, nothing listens. The tracker stays, and may still name it. */
  stop(): Promise<void>
  /** It comes back. Nothing when it's there. */
  start(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
/** How long the seed's own announces are waited for: afterwards the tracker knows whom to name. */
const ANNOUNCE_PATIENCE_MS = 3 * SECOND_MS
const ANNOUNCE_CHECK_MS = 10

/** Opens the cinema with its seed there. The first time on a machine the films are made, which takes seconds. */
export async function openMadeCinema(options: MadeCinemaOptions): Promise<MadeCinema> {
  const { folder, signal, host = LOOPBACK } = options
  await using opened = new AsyncDisposableStack()
  const made = await makeFilms(signal)
  const works = options.films === undefined ? made : await options.films(made)
  const torrents = new Map<string, CreatedTorrent>()
  for (const { workId, folder: films } of works)
    torrents.set(workId, await createTorrent({ paths: [films], kind: 'hybrid', signal }))
  const network = opened.use(createNetwork({ clock: systemClock() }))
  const tracker = opened.use(
    await openTracker({
      network,
      clock: systemClock(),
      hash: systemHash(),
      random: systemRandom(),
      host,
      infoHashes: [...torrents.values()].flatMap(({ metainfo: { infoHashes } }) => [
        handshakeHash(infoHashes, 'v1'),
        handshakeHash(infoHashes, 'v2'),
      ]),
    }),
  )
  const releases = new Map<string, readonly MadeJson[]>()
  for (const films of works) {
    const torrent = torrents.get(films.workId)
    if (torrent !== undefined)
      releases.set(films.workId, [await madeRelease(films, torrent, [tracker.url])])
  }
  const feedFolder = join(folder, 'feed')
  await writeMadeFeed(feedFolder, { releases })
  const own = await mkdtemp(join(tmpdir(), 'matinee-made-cinema-'))
  opened.defer(() => rm(own, { recursive: true, force: true }))
  const seed = opened.use(new Seed({ network, tracker, torrents, folder: own, host }))
  const address = await seed.start(signal)
  const rest = opened.move()
  return {
    feedFolder,
    torrents,
    peers: [address],
    trackerUrl: tracker.url,
    served: () => seed.served(),
    stop: () => seed.stop(),
    start: async () => void (await seed.start(signal)),
    [Symbol.asyncDispose]: () => rest.disposeAsync(),
  }
}

interface SeedParts {
  readonly network: EgressNetwork
  readonly tracker: Tracker
  readonly torrents: ReadonlyMap<string, CreatedTorrent>
  /** For the engine's own files. */
  readonly folder: string
  readonly host: string
}

/** The one peer that has everything; it can go and come back. */
class Seed implements AsyncDisposable {
  readonly #parts: SeedParts
  #port = 0
  #engine: Engine | null = null
  /** Sent by engines that are gone. */
  #servedBefore = 0

  constructor(parts: SeedParts) {
    this.#parts = parts
  }

  served(): number {
    const now = this.#engine?.torrents.map((torrent) => torrent.counters.uploaded) ?? []
    return now.reduce((sum, bytes) => sum + bytes, this.#servedBefore)
  }

  async start(signal: AbortSignal): Promise<SocketAddress> {
    const { network, tracker, torrents, folder, host } = this.#parts
    const clock = systemClock()
    const announcesBefore = tracker.announces
    if (this.#engine === null) {
      const engine = await openEngine({
        network,
        disk: systemDisk(),
        hash: systemHash(),
        clock,
        random: systemRandom(),
        folder,
        host,
        port: this.#port,
      })
      this.#engine = engine
      this.#port = engine.port ?? 0
      for (const { metainfo, filesFrom } of torrents.values()) {
        const torrent = engine.add(
          { kind: 'metainfo', metainfo },
          { filesFrom, trackers: [tracker.url], trackersFrom: 'own' },
        )
        await torrent.metainfo(signal)
        refuseIncomplete(torrent, metainfo.name)
      }
      for (let waitedMs = 0; waitedMs < ANNOUNCE_PATIENCE_MS; waitedMs += ANNOUNCE_CHECK_MS) {
        if (tracker.announces - announcesBefore >= torrents.size) break
        await sleep(clock, ANNOUNCE_CHECK_MS, signal)
      }
    }
    return { host, port: this.#port }
  }

  async stop(): Promise<void> {
    const engine = this.#engine
    if (engine === null) return
    this.#servedBefore = this.served()
    this.#engine = null
    await engine[Symbol.asyncDispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}

function refuseIncomplete(torrent: Torrent, name: string): void {
  const { havePieces, pieceCount } = torrent.status()
  if (havePieces !== pieceCount)
    throw new Error(`${name} is damaged: ${String(havePieces)} of ${String(pieceCount)} pieces`)
}
