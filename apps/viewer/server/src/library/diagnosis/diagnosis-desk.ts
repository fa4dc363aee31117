/** Says how everything stands, from what is known already: nobody is asked, and nothing is opened, because somebody looks. */
import type { DhtTest, Diagnosis, FollowedFeeds, Settings } from '#api'
import { SECOND_MS, type Clock, type Random } from '@matinee/base'
import type { Engine } from '@matinee/engine'
import type { FilmPlayer } from '../../machine/players.ts'
import { canKeepFilms, diskBytesOf, freeBytesAt } from '../../settings/media-folder.ts'
import { programFacts } from './program-facts.ts'
import type { ReachedCount } from './reached-count.ts'
import { swarmFacts } from './swarm-facts.ts'

/** A search that went on for so long has found what it will. */
const DHT_TEST_MS = 20 * SECOND_MS

/** What the desk asks. */
export interface DiagnosisParts {
  /** Of this copy of Matinee; null = nobody says. */
  readonly version: string | null
  /** The engine when it's open; opens nothing. */
  readonly opened: () => Promise<Engine | null>
  /** Opens it. Null = the viewer wants no swarm. */
  readonly open: () => Promise<Engine | null>
  readonly reached: ReachedCount
  readonly settings: () => Settings
  /** Absolute; where this run keeps films. */
  readonly mediaFolder: string
  readonly feeds: (language: string) => Promise<FollowedFeeds>
  /** The days (YYYY-MM-DD) on which verified catalogues were issued. */
  readonly issued: () => readonly string[]
  readonly findPlayers: () => Promise<readonly FilmPlayer[]>
  readonly findProgram: (name: string) => Promise<string | null>
  readonly clock: Clock
  readonly random: Random
}

/** Looks at everything at once, and tries the DHT when it's told to. */
export class DiagnosisDesk {
  readonly #parts: DiagnosisParts
  #isTesting = false

  constructor(parts: DiagnosisParts) {
    this.#parts = parts
  }

  /** How everything stands now. Throws what the catalogue throws. */
  async look(language: string): Promise<Diagnosis> {
    const { version, opened, reached, settings, mediaFolder, clock, findPlayers } = this.#parts
    const { sharing, dht, diskBudgetBytes } = settings()
    const [engine, { feeds }, canWrite, freeBytes, usedBytes, players, ffmpeg] = await Promise.all([
      opened(),
      this.#parts.feeds(language),
      canKeepFilms(mediaFolder),
      freeBytesAt(mediaFolder),
      diskBytesOf(mediaFolder),
      findPlayers(),
      this.#parts.findProgram('ffmpeg'),
    ])
    return {
      program: programFacts(version),
      swarm: swarmFacts({
        sharing,
        port: engine?.port ?? null,
        reached: reached.facts,
        torrents: (engine?.torrents ?? []).map((torrent) => ({
          status: torrent.status(),
          learnedFrom: torrent.knownAddresses.map(({ learnedFrom }) => learnedFrom),
        })),
        usesDht: dht,
        dht: engine?.dhtStatus ?? null,
      }),
      feeds,
      disk: { folder: mediaFolder, canWrite, freeBytes, usedBytes, budgetBytes: diskBudgetBytes },
      clock: {
        now: new Date(clock.wallMs()).toISOString(),
        newestIssued: this.#parts.issued().toSorted().at(-1) ?? null,
      },
      programs: { ffmpeg: ffmpeg !== null, players: players.map(({ name }) => name) },
    }
  }

  /**
   * Looks for a name that nobody has in the DHT, and announces nothing: whoever is asked learns that somebody asked. Opens
   * the engine. `off`: the viewer doesn't use the DHT; `busy`: it's being tried already. Throws the signal's reason.
   */
  async tryDht(signal: AbortSignal): Promise<DhtTest | 'off' | 'busy'> {
    const { open, settings, random } = this.#parts
    if (!settings().dht || settings().sharing === 'web-only') return 'off'
    if (this.#isTesting) return 'busy'
    this.#isTesting = true
    try {
      const dht = (await open())?.useDht() ?? null
      if (dht === null) return 'off'
      return await this.#search(dht, random.bytes(20), signal)
    } finally {
      this.#isTesting = false
    }
  }

  async #search(
    dht: NonNullable<ReturnType<Engine['useDht']>>,
    infoHash: Uint8Array,
    signal: AbortSignal,
  ): Promise<DhtTest> {
    const over = new AbortController()
    const timer = this.#parts.clock.setTimer(DHT_TEST_MS, () => over.abort())
    try {
      const wait = AbortSignal.any([signal, over.signal])
      const found = { announcePort: null, onPeers: () => undefined, signal: wait }
      await dht.findPeers(infoHash, found)
    } catch (error) {
      signal.throwIfAborted()
      if (!over.signal.aborted) throw error
    } finally {
      timer.cancel()
    }
    return { nodes: dht.status().families.reduce((sum, { nodes }) => sum + nodes, 0) }
  }
}
