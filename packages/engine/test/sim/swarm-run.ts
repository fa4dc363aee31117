import { assert, type ByteSpan } from '@matinee/base'
import type { SeededRandom } from '@matinee/testkit'
import { BlockGrid } from '../../src/pick/block-grid.ts'
import { BlockTable } from '../../src/pick/block-table.ts'
import { Readers, type OpenReader } from '../../src/stream/readers.ts'
import { WarmReader } from '../../src/stream/warm-reader.ts'
import { Downloader } from '../../src/transfer/downloader.ts'
import { HashTrees } from '../../src/verify/hash-trees.ts'
import { Verifier } from '../../src/verify/verifier.ts'
import { EventClock, chanceOf } from './event-clock.ts'
import type { PeerPlan } from './peer-plan.ts'
import { FILM_BYTES, type Scenario } from './scenario.ts'
import { SimPlayer } from './sim-player.ts'
import { SimReader } from './sim-reader.ts'
import { SimSwarm } from './sim-swarm.ts'
import { TOY_HASH, toyTorrent } from './toy-torrent.ts'

/** What a browser wants before it begins, and after a seek: bytes, and seconds of film. */
const START_BYTES = 400_000
const START_SECONDS = 2
const SEEK_SECONDS = 1.5
const SEEKS = [0.9, 0.6, 0.75] as const
const TICK_MS = 250
/** Later than this, nothing counts as having come. */
const PATIENCE_MS = 120_000
/** What a reader may want beyond where it is: further away, data are old. */
const AHEAD_BYTES = 60e6

/** One swarm to be run. */
export interface RunOptions {
  readonly scenario: Scenario
  readonly seed: number
  readonly kind: 'v1' | 'hybrid'
  readonly pieceLength: number
  /** Before the seeks. Default as the scenario says. */
  readonly watchSeconds?: number
  /** After each. Default 0. */
  readonly watchAfterSeekSeconds?: number
  /** The first seconds are got ready so long before play is pressed; all times begin then. Default 0 = not at all. */
  readonly warmSeconds?: number
}

/** A time that was reached, and the earliest at which it could have been. */
export interface Reached {
  readonly ms: number
  readonly limitMs: number
}

/** What came of a run. Infinity = never. */
export interface RunResult {
  /** First verified block, and 5 round trips of the nearest able peer plus a block's own time. */
  readonly first: Reached
  readonly play: Reached
  readonly seeks: readonly Reached[]
  readonly stalls: number
  readonly stalledMs: number
  /** Of the bytes that arrived, those that were of no use though right, by a second copy. */
  readonly duplicateShare: number
  /** After a seek, how long data of the old place still came, beyond the round trip of the peer that sent it. */
  readonly staleMs: number
  /** The same beyond the time that its peer takes for a block: what it is sending can't be taken back. */
  readonly staleOverMs: number
  /** Of the bytes that arrived, those from web seeds. */
  readonly webSeedShare: number
  /** Who sent spoiled blocks and was found out, and who was turned away without having. */
  readonly banned: { readonly guilty: number; readonly innocent: number }
  readonly events: number
}

/** Runs one swarm: the product's own downloader over simulated peers, watched by a simulated player. */
export function runSwarm(options: RunOptions): RunResult {
  return new SwarmRun(options).run()
}

class SwarmRun {
  readonly #options: RunOptions
  readonly #clock = new EventClock()
  readonly #random: SeededRandom
  readonly #grid: BlockGrid
  readonly #table: BlockTable
  readonly #downloader: Downloader
  readonly #readers: Readers<OpenReader>
  readonly #swarm: SimSwarm
  readonly #player: SimPlayer
  #firstMs = Number.POSITIVE_INFINITY
  #bytes = 0
  #staleMs = 0
  #staleOverMs = 0
  #sought: { readonly atMs: number; readonly reader: SimReader } | null = null

  constructor(options: RunOptions) {
    this.#options = options
    const { scenario, seed, kind, pieceLength } = options
    const isV1 = kind === 'v1'
    this.#random = chanceOf(scenario.name, seed)
    const metainfo = toyTorrent(kind, pieceLength, FILM_BYTES)
    this.#grid = new BlockGrid(metainfo)
    this.#table = new BlockTable(this.#grid.blockCount)
    const trees = new HashTrees(metainfo, this.#grid, TOY_HASH)
    const verifier = new Verifier(metainfo, this.#grid, trees, TOY_HASH)
    this.#readers = new Readers(this.#grid, () => isV1)
    this.#downloader = new Downloader({
      grid: this.#grid,
      table: this.#table,
      verifier,
      clock: this.#clock,
      host: {
        demand: (nowMs) => this.#readers.facts(nowMs),
        comingSources: () => this.#swarm.comingSources(),
        isBackedUp: () => false,
        onVerified: () => {
          this.#firstMs = Math.min(this.#firstMs, this.#clock.nowMs())
        },
        onCulprit: (id) => this.#swarm.ban(id),
      },
    })
    this.#player = new SimPlayer(this.#clock, () => this.#downloader.demandMoved())
    this.#swarm = new SimSwarm({
      scenario,
      isV1,
      trees,
      clock: this.#clock,
      random: this.#random,
      grid: this.#grid,
      downloader: this.#downloader,
      onArrival: (block, bytes, from) => this.#onArrival(block, bytes, from),
    })
  }

  run(): RunResult {
    const { scenario, warmSeconds = 0, watchAfterSeekSeconds = 0 } = this.#options
    const { bytesPerSecond, watchSeconds } = scenario
    const tick = (): void => {
      this.#downloader.tick(this.#clock.nowMs())
      this.#assertBooksAgree()
      this.#clock.setTimer(TICK_MS, tick)
    }
    tick()
    const startBytes = START_BYTES + START_SECONDS * bytesPerSecond
    if (warmSeconds > 0) this.#warm({ start: 0, end: startBytes }, 1000 * warmSeconds)
    const openMs = this.#clock.nowMs()
    const reader = this.#open(0)
    const play = this.#reach(reader, startBytes, openMs)
    this.#player.watch(reader, 1000 * (this.#options.watchSeconds ?? watchSeconds))
    const seeks: Reached[] = []
    let old = reader
    for (const share of SEEKS) {
      const fromMs = this.#clock.nowMs()
      this.#close(old)
      old = this.#open(Math.floor(share * FILM_BYTES))
      this.#sought = { atMs: fromMs, reader: old }
      seeks.push(this.#reach(old, SEEK_SECONDS * bytesPerSecond, fromMs))
      this.#player.watch(old, 1000 * watchAfterSeekSeconds)
    }
    this.#downloader.stop()
    const webSeedBytes = this.#swarm.webSeeds.reduce((sum, { bytes }) => sum + bytes, 0)
    return {
      first: {
        ms: Math.max(0, this.#firstMs - openMs),
        limitMs: Math.max(0, this.#swarm.firstLimitMs() - openMs),
      },
      play,
      seeks,
      stalls: this.#player.stalls,
      stalledMs: this.#player.stalledMs,
      duplicateShare: this.#downloader.duplicateBytes / Math.max(1, this.#bytes),
      staleMs: this.#staleMs,
      staleOverMs: this.#staleOverMs,
      webSeedShare: webSeedBytes / Math.max(1, this.#bytes),
      banned: this.#swarm.banned,
      events: this.#clock.count,
    }
  }

  /** What a source owes is what the table says that it was asked for. */
  #assertBooksAgree(): void {
    for (const { id, blocks } of this.#swarm.owed())
      for (const block of blocks)
        assert(this.#table.owners(block).includes(id), `block ${block} of source ${id}`)
  }

  #warm(span: ByteSpan, forMs: number): void {
    const source = {
      isWatched: false,
      toFetch: () => 0,
      verifiedUntil: (position: number, limit: number) => this.#verifiedUntil(position, limit),
    }
    const reader = new WarmReader(source, { span, allowanceBytes: Number.POSITIVE_INFINITY })
    this.#readers.open.add(reader)
    this.#downloader.demandMoved()
    this.#clock.runUntil(() => reader.isDone, forMs)
    this.#readers.open.delete(reader)
    this.#downloader.demandChanged('closed')
    this.#clock.runUntil(() => false, forMs)
  }

  #open(start: number): SimReader {
    const span = { start, end: FILM_BYTES }
    const reader = new SimReader(span, this.#options.scenario.bytesPerSecond, (from, limit) =>
      this.#verifiedUntil(from, limit),
    )
    this.#readers.open.add(reader)
    this.#downloader.demandChanged('opened')
    return reader
  }

  #close(reader: SimReader): void {
    this.#readers.open.delete(reader)
    this.#downloader.demandChanged('closed')
  }

  /** The end of the verified run that begins at a byte, at most `limit`. */
  #verifiedUntil(from: number, limit: number): number {
    if (from >= limit) return from
    let end = from
    const { first } = this.#grid.blocksOf({ start: from, end: limit })
    for (let block = first; block < this.#table.blockCount && this.#table.isHave(block); block++) {
      end = Math.min(this.#grid.spanOf(block).end, limit)
      if (end === limit) break
    }
    return end
  }

  /** Lets time pass until so many bytes are there. */
  #reach(reader: SimReader, bytes: number, fromMs: number): Reached {
    const { start, end } = reader.span
    const until = Math.min(start + bytes, end)
    const wanted = this.#grid.blocksOf({ start, end: Math.ceil(until) })
    const range = this.#options.kind === 'v1' ? this.#grid.wholePieces(wanted) : wanted
    const limitMs = this.#swarm.limitMs(range, fromMs) - fromMs
    const isThere = this.#clock.runUntil(() => reader.verifiedEnd >= until, fromMs + PATIENCE_MS)
    return { ms: isThere ? this.#clock.nowMs() - fromMs : Number.POSITIVE_INFINITY, limitMs }
  }

  #onArrival(block: number, bytes: number, from: PeerPlan): void {
    this.#bytes += bytes
    const sought = this.#sought
    if (!sought) return
    const { start } = this.#grid.spanOf(block)
    const { span, verifiedEnd } = sought.reader
    if (start >= span.start - this.#options.pieceLength && start <= verifiedEnd + AHEAD_BYTES)
      return
    const staleMs = this.#clock.nowMs() - sought.atMs - from.rttMs
    this.#staleMs = Math.max(this.#staleMs, staleMs)
    const ownMs = (bytes / from.bytesPerSecond) * 1000
    this.#staleOverMs = Math.max(this.#staleOverMs, staleMs - ownMs)
  }
}
