import type { ByteSpan } from '@matinee/base'
import type { SeededRandom } from '@matinee/testkit'
import { BlockGrid } from '../../src/pick/block-grid.ts'
import { BlockTable } from '../../src/pick/block-table.ts'
import { Readers } from '../../src/stream/readers.ts'
import { Downloader } from '../../src/transfer/downloader.ts'
import { LeafAskers } from '../../src/transfer/leaf-askers.ts'
import { HashTrees } from '../../src/verify/hash-trees.ts'
import { Verifier } from '../../src/verify/verifier.ts'
import { EventClock, chanceOf } from './event-clock.ts'
import { limitMs, type KnownPeer } from './limit.ts'
import { FILM_BYTES, type PeerPlan, type Scenario } from './scenario.ts'
import { SimLine } from './sim-line.ts'
import { SimPeer, type PeerWorld } from './sim-peer.ts'
import { SimReader } from './sim-reader.ts'
import { TOY_HASH, toyTorrent } from './toy-torrent.ts'

/** When the tracker has answered. */
const TRACKER_MS = 60
/** What a browser wants before it begins, and after a seek: bytes, and seconds of film. */
const START_BYTES = 400_000
const START_SECONDS = 2
const SEEK_SECONDS = 1.5
const SEEKS = [0.9, 0.6, 0.75] as const
const REBUFFER_SECONDS = 0.5
const PLAYER_TICK_MS = 40
/** Later than this, nothing counts as having come. */
const PATIENCE_MS = 120_000

/** One swarm to be run. */
export interface RunOptions {
  readonly scenario: Scenario
  readonly seed: number
  readonly kind: 'v1' | 'hybrid'
  readonly pieceLength: number
  /** Default as the scenario says. */
  readonly watchSeconds?: number
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
  /** After a seek, how long data of the old place still came, beyond the nearest peer's round trip. */
  readonly staleMs: number
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
  readonly #readers: Readers<SimReader>
  readonly #trees: HashTrees
  readonly #askers = new LeafAskers()
  readonly #plans: readonly PeerPlan[]
  readonly #peers = new Map<number, SimPeer>()
  readonly #known: KnownPeer[] = []
  readonly #banned = { guilty: 0, innocent: 0 }
  #firstMs = Number.POSITIVE_INFINITY
  #bytes = 0
  #staleMs = 0
  #sought: { readonly atMs: number; readonly span: ByteSpan } | null = null
  #stalls = 0
  #stalledMs = 0

  constructor(options: RunOptions) {
    this.#options = options
    const { scenario, seed, kind, pieceLength } = options
    this.#random = chanceOf(scenario.name, seed)
    this.#plans = scenario.peers(this.#random.fork('peers'))
    const metainfo = toyTorrent(kind, pieceLength, FILM_BYTES)
    this.#grid = new BlockGrid(metainfo)
    this.#table = new BlockTable(this.#grid.blockCount)
    this.#trees = new HashTrees(metainfo, this.#grid, TOY_HASH)
    const verifier = new Verifier(metainfo, this.#grid, this.#trees, TOY_HASH)
    this.#readers = new Readers(this.#grid, () => kind === 'v1')
    this.#downloader = new Downloader({
      grid: this.#grid,
      table: this.#table,
      verifier,
      clock: this.#clock,
      host: {
        demand: (nowMs) => this.#readers.facts(nowMs),
        comingSources: () => this.#comingSources(),
        isBackedUp: () => false,
        onVerified: () => {
          this.#firstMs = Math.min(this.#firstMs, this.#clock.nowMs())
        },
        onCulprit: (id) => this.#ban(id),
      },
    })
  }

  run(): RunResult {
    const { scenario } = this.#options
    this.#meetPeers()
    const tick = (): void => {
      this.#downloader.tick(this.#clock.nowMs())
      this.#clock.setTimer(250, tick)
    }
    tick()
    const { bytesPerSecond } = scenario
    const startBytes = START_BYTES + START_SECONDS * bytesPerSecond
    const reader = this.#open(0)
    const play = this.#reach(reader, startBytes, 0)
    this.#watch(reader, (this.#options.watchSeconds ?? scenario.watchSeconds) * 1000)
    const seeks: Reached[] = []
    let old = reader
    for (const share of SEEKS) {
      const fromMs = this.#clock.nowMs()
      this.#close(old)
      old = this.#open(Math.floor(share * FILM_BYTES))
      this.#sought = { atMs: fromMs, span: old.span }
      seeks.push(this.#reach(old, SEEK_SECONDS * bytesPerSecond, fromMs))
    }
    this.#downloader.stop()
    return {
      first: { ms: this.#firstMs, limitMs: this.#firstLimitMs() },
      play,
      seeks,
      stalls: this.#stalls,
      stalledMs: this.#stalledMs,
      duplicateShare: this.#downloader.duplicateBytes / Math.max(1, this.#bytes),
      staleMs: this.#staleMs,
      banned: this.#banned,
      events: this.#clock.count,
    }
  }

  #meetPeers(): void {
    const { pieceCount } = this.#grid
    const world: PeerWorld = {
      clock: this.#clock,
      line: new SimLine(this.#clock, this.#options.scenario.lineBytesPerSecond),
      grid: this.#grid,
      downloader: this.#downloader,
      random: this.#random,
      leavesToAsk: (pieces) => pieces.filter((piece) => this.#isLeafToAsk(piece)),
      onLeaves: (piece) => this.#onLeaves(piece),
      onArrival: (block, bytes) => this.#onArrival(block, bytes),
    }
    for (const [i, plan] of this.#plans.entries()) {
      const { share } = plan
      const chance = this.#random.fork(`pieces ${i}`)
      const pieces =
        share === undefined
          ? null
          : new Set(
              Array.from({ length: pieceCount }, (_, k) => k).filter(() => chance.chance(share)),
            )
      const startMs = TRACKER_MS + (plan.comesMs ?? 0)
      const readyMs = startMs + 3.5 * plan.rttMs
      this.#known.push({ plan, startMs, readyMs, has: (piece) => pieces?.has(piece) ?? true })
      this.#clock.at(startMs, () => {
        const peer = new SimPeer(i + 1, plan, world, pieces)
        this.#peers.set(peer.id, peer)
        peer.dial()
      })
    }
  }

  #open(start: number): SimReader {
    const span = { start, end: FILM_BYTES }
    const world = { grid: this.#grid, table: this.#table }
    const reader = new SimReader(span, this.#options.scenario.bytesPerSecond, world)
    this.#readers.open.add(reader)
    this.#downloader.demandChanged('opened')
    return reader
  }

  #close(reader: SimReader): void {
    this.#readers.open.delete(reader)
    this.#downloader.demandChanged('closed')
  }

  /** Lets time pass until so many bytes are there. */
  #reach(reader: SimReader, bytes: number, fromMs: number): Reached {
    const { start, end } = reader.span
    const until = Math.min(start + bytes, end)
    let range = this.#grid.blocksOf({ start, end: Math.ceil(until) })
    if (this.#options.kind === 'v1') range = this.#grid.wholePieces(range)
    const isBeginning = fromMs === 0
    const peers = this.#known.map((peer) => {
      const isGone = this.#peers.get(this.#known.indexOf(peer) + 1)?.isGone === true
      const readyMs = isGone
        ? Number.POSITIVE_INFINITY
        : Math.max(peer.readyMs, isBeginning ? 0 : fromMs + peer.plan.rttMs / 2)
      return { ...peer, readyMs }
    })
    const limit = limitMs(range, peers, {
      blocksPerPiece: this.#grid.blocksPerPiece,
      blockBytes: 16_384,
      lineBytesPerSecond: this.#options.scenario.lineBytesPerSecond,
    })
    const isThere = this.#clock.runUntil(() => reader.verifiedEnd >= until, fromMs + PATIENCE_MS)
    return {
      ms: isThere ? this.#clock.nowMs() - fromMs : Number.POSITIVE_INFINITY,
      limitMs: limit - fromMs,
    }
  }

  /** Plays for a while, as a browser does, and counts how often the film stands still. */
  #watch(reader: SimReader, forMs: number): void {
    const untilMs = this.#clock.nowMs() + forMs
    let lastMs = this.#clock.nowMs()
    let stalledSinceMs: number | null = null
    while (this.#clock.nowMs() < untilMs) {
      this.#clock.runUntil(() => false, Math.min(untilMs, lastMs + PLAYER_TICK_MS))
      const nowMs = this.#clock.nowMs()
      const here = reader.verifiedEnd
      const { bytesPerSecond } = reader
      if (stalledSinceMs !== null) {
        if (here < reader.playedTo + REBUFFER_SECONDS * bytesPerSecond) {
          lastMs = nowMs
          continue
        }
        this.#stalledMs += nowMs - stalledSinceMs
        stalledSinceMs = null
      } else {
        reader.playedTo += ((nowMs - lastMs) / 1000) * bytesPerSecond
        if (reader.playedTo > here && here < reader.span.end) {
          reader.playedTo = here
          this.#stalls++
          stalledSinceMs = nowMs
        }
        this.#downloader.demandMoved()
      }
      lastMs = nowMs
    }
    if (stalledSinceMs !== null) this.#stalledMs += this.#clock.nowMs() - stalledSinceMs
  }

  #onArrival(block: number, bytes: number): void {
    this.#bytes += bytes
    const sought = this.#sought
    if (!sought) return
    const { start } = this.#grid.spanOf(block)
    const isOld =
      start < sought.span.start - this.#options.pieceLength || start > sought.span.start + 60e6
    if (!isOld) return
    const nearestMs = Math.min(...this.#plans.map(({ rttMs }) => rttMs))
    this.#staleMs = Math.max(this.#staleMs, this.#clock.nowMs() - sought.atMs - nearestMs)
  }

  #isLeafToAsk(piece: number): boolean {
    if (this.#options.kind === 'v1') return false
    if (this.#trees.leaf(this.#grid.dataBlocks(piece).first) !== null) return false
    return this.#askers.take(piece, this.#clock.nowMs())
  }

  #onLeaves(piece: number): void {
    const { first, end } = this.#grid.dataBlocks(piece)
    if (this.#trees.setLeaves(piece, new Uint8Array(32 * (end - first))))
      this.#downloader.hashesCame()
  }

  #comingSources(): number {
    const nowMs = this.#clock.nowMs()
    return this.#known.filter(
      ({ startMs, plan }) =>
        startMs <= nowMs && nowMs < startMs + Math.min(3000, 3 * plan.rttMs + 100),
    ).length
  }

  #ban(id: number): void {
    const peer = this.#peers.get(id)
    if (!peer) return
    if (peer.plan.manner.kind === 'corrupts') this.#banned.guilty++
    else this.#banned.innocent++
    peer.leave()
  }

  #firstLimitMs(): number {
    const able = this.#known.filter(({ plan }) => plan.manner.kind === 'serves')
    const times = able.map(
      ({ plan, startMs }) => startMs + 5 * plan.rttMs + (16_384 / plan.bytesPerSecond) * 1000,
    )
    return Math.min(...times)
  }
}
