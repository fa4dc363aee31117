import { LIMITS } from '@matinee/base'
import type { Clock, Http, LearnedFrom, Log } from '@matinee/base'
import type { Metainfo } from '@matinee/protocol'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { SourceId } from '../pick/block-source.ts'
import { WebSeed, type WebSeedHost, type WebSeedState } from './web-seed.ts'

/** A web seed, and how it came to be known. */
export interface WebSeedOrigin {
  /** `http:` or `https:`; what it means for a torrent of several files is BEP 19's to say. */
  readonly url: string
  readonly learnedFrom: LearnedFrom
  /** What its publisher pays: 1 = as usual, 0 = nothing, 2 = twice. Default 1. */
  readonly costWeight?: number
}

/** A web seed at one moment, as data. */
export interface WebSeedStatus {
  readonly url: string
  readonly state: WebSeedState
  /** Something is being fetched from it. */
  readonly isSending: boolean
  /** Payload since the start. */
  readonly downloadedBytes: number
}

/** The web seeds of a torrent, from when its files are known. */
export class WebSeeds {
  readonly #seeds = new Map<SourceId, WebSeed>()

  /** Opens no connection: that happens when something is asked for. Later ones of the same URL are left out. */
  constructor(
    origins: readonly WebSeedOrigin[],
    parts: {
      readonly metainfo: Metainfo
      readonly grid: BlockGrid
      readonly http: Http
      readonly clock: Clock
      readonly log: Log
      readonly host: WebSeedHost
    },
  ) {
    const byUrl = new Map<string, WebSeedOrigin>()
    for (const origin of origins) if (!byUrl.has(origin.url)) byUrl.set(origin.url, origin)
    for (const { url, learnedFrom, costWeight = 1 } of [...byUrl.values()].slice(
      0,
      LIMITS.webSeeds,
    )) {
      // Peers are counted from one upwards.
      const id = -1 - this.#seeds.size
      this.#seeds.set(id, new WebSeed({ ...parts, id, url, learnedFrom, costWeight }))
    }
  }

  /** Each of them, banned ones too. */
  get all(): readonly WebSeed[] {
    return [...this.#seeds.values()]
  }

  /** Whether one of them can be asked now. */
  get isAnyReady(): boolean {
    return this.all.some(({ state }) => state.kind === 'ready')
  }

  /** How many can be asked for blocks of a piece now. */
  givingCount(piece: number): number {
    return this.all.filter((seed) => seed.canGive(piece)).length
  }

  /** Payload of all since the start. */
  get downloadedBytes(): number {
    return this.all.reduce((sum, { downloadedBytes }) => sum + downloadedBytes, 0)
  }

  /** For showing. */
  get status(): readonly WebSeedStatus[] {
    return this.all.map(({ url, state, isSending, downloadedBytes }) => ({
      url,
      state,
      isSending,
      downloadedBytes,
    }))
  }

  /** Never asks it again. False = no web seed has this id. */
  ban(id: SourceId, reason: string): boolean {
    const seed = this.#seeds.get(id)
    seed?.ban(reason)
    return seed !== undefined
  }

  /** Ends every connection. */
  stop(): void {
    for (const seed of this.#seeds.values()) seed.stop()
  }
}
