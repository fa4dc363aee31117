import type { SeededRandom } from '@matinee/testkit'
import type { BlockGrid } from '../../src/pick/block-grid.ts'
import type { BlockRange } from '../../src/pick/demand.ts'
import type { Downloader } from '../../src/transfer/downloader.ts'
import { LeafAskers } from '../../src/transfer/leaf-askers.ts'
import type { HashTrees } from '../../src/verify/hash-trees.ts'
import type { EventClock } from './event-clock.ts'
import { limitMs, type KnownPeer } from './limit.ts'
import type { PeerPlan } from './peer-plan.ts'
import type { Scenario } from './scenario.ts'
import { SimLine } from './sim-line.ts'
import { SimPeer, type PeerWorld } from './sim-peer.ts'
import { SimWebSeed } from './sim-web-seed.ts'

/** When the tracker has answered. */
const TRACKER_MS = 60
const BLOCK_BYTES = 16_384
/** Numbers of web seeds begin here. */
const FIRST_WEB_SEED_ID = 10_000
/** TCP, TLS and a request, until a web seed's data can begin to leave it. */
const WEB_SEED_ROUND_TRIPS = 2.5

/** What a swarm is joined to. */
export interface SwarmParts {
  readonly scenario: Scenario
  readonly isV1: boolean
  readonly clock: EventClock
  readonly random: SeededRandom
  readonly grid: BlockGrid
  readonly trees: HashTrees
  readonly downloader: Downloader
  onArrival(block: number, bytes: number, from: PeerPlan): void
}

/** The peers and web seeds of one run, and all that is known of them beforehand. */
export class SimSwarm {
  readonly #parts: SwarmParts
  readonly #plans: readonly PeerPlan[]
  readonly #peers = new Map<number, SimPeer>()
  readonly #known = new Map<number, KnownPeer>()
  readonly #askers = new LeafAskers()
  readonly webSeeds: readonly SimWebSeed[]
  /** Who sent spoiled blocks and was found out, and who was turned away without having. */
  readonly banned = { guilty: 0, innocent: 0 }

  constructor(parts: SwarmParts) {
    this.#parts = parts
    const { scenario, random, clock, grid, downloader } = parts
    const world: PeerWorld = {
      clock,
      grid,
      downloader,
      random,
      line: new SimLine(clock, scenario.lineBytesPerSecond),
      leavesToAsk: (pieces) => pieces.filter((piece) => this.#isLeafToAsk(piece)),
      askPeersForLeaves: (pieces) => this.#askPeersForLeaves(pieces),
      onLeaves: (piece) => this.#onLeaves(piece),
      onArrival: (block, bytes, from) => parts.onArrival(block, bytes, from),
    }
    this.#plans = scenario.peers(random.fork('peers'))
    for (const [i, plan] of this.#plans.entries()) this.#meet(i, plan, world)
    this.webSeeds = (scenario.webSeeds ?? []).map((plan, i) => {
      const id = FIRST_WEB_SEED_ID + i
      const seed = new SimWebSeed(id, plan, world)
      const readyMs = WEB_SEED_ROUND_TRIPS * plan.rttMs
      const asPeer: PeerPlan = { ...plan, manner: { kind: 'serves' } }
      this.#known.set(id, { plan: asPeer, startMs: 0, readyMs, has: () => true })
      clock.at(0, () => downloader.join(seed))
      return seed
    })
  }

  /** Peers that may be able to give in a moment. */
  comingSources(): number {
    const nowMs = this.#parts.clock.nowMs()
    return [...this.#known.values()].filter(
      ({ startMs, plan }) =>
        startMs <= nowMs && nowMs < startMs + Math.min(3000, 3 * plan.rttMs + 100),
    ).length
  }

  /** What each source that is here owes, by its own account. */
  owed(): readonly { readonly id: number; readonly blocks: readonly number[] }[] {
    const here = [...this.#peers.values()].filter((peer) => !peer.isGone)
    return [...here, ...this.webSeeds].map(({ id, pace }) => ({ id, blocks: pace.owedBlocks() }))
  }

  /** A source was found to lie. */
  ban(id: number): void {
    const peer = this.#peers.get(id)
    if (!peer) return
    if (peer.plan.manner.kind === 'corrupts') this.banned.guilty++
    else this.banned.innocent++
    peer.leave()
  }

  /** When a clairvoyant client that wants this from `fromMs` on has it; 0 = from the very beginning. */
  limitMs(range: BlockRange, fromMs: number): number {
    const peers = [...this.#known].map(([id, peer]) => {
      const isGone = this.#peers.get(id)?.isGone === true
      const soonestMs = fromMs === 0 ? 0 : fromMs + peer.plan.rttMs / 2
      const readyMs = isGone ? Number.POSITIVE_INFINITY : Math.max(peer.readyMs, soonestMs)
      return { ...peer, readyMs }
    })
    return limitMs(range, peers, {
      blocksPerPiece: this.#parts.grid.blocksPerPiece,
      blockBytes: BLOCK_BYTES,
      lineBytesPerSecond: this.#parts.scenario.lineBytesPerSecond,
    })
  }

  /** Five round trips of the nearest able source, and a block's own time. */
  firstLimitMs(): number {
    const able = [...this.#known.values()].filter(({ plan }) => plan.manner.kind === 'serves')
    const times = able.map(
      ({ plan, startMs }) => startMs + 5 * plan.rttMs + (BLOCK_BYTES / plan.bytesPerSecond) * 1000,
    )
    return Math.min(...times)
  }

  #meet(index: number, plan: PeerPlan, world: PeerWorld): void {
    const { share } = plan
    const { random, grid, clock } = this.#parts
    const chance = random.fork(`pieces ${index}`)
    const all = Array.from({ length: share === undefined ? 0 : grid.pieceCount }, (_, k) => k)
    const pieces = share === undefined ? null : new Set(all.filter(() => chance.chance(share)))
    const startMs = TRACKER_MS + (plan.comesMs ?? 0)
    const readyMs = startMs + 3.5 * plan.rttMs
    const id = index + 1
    this.#known.set(id, { plan, startMs, readyMs, has: (piece) => pieces?.has(piece) ?? true })
    clock.at(startMs, () => {
      const peer = new SimPeer(id, plan, world, pieces)
      this.#peers.set(id, peer)
      peer.dial()
    })
  }

  #isLeafToAsk(piece: number): boolean {
    const { isV1, trees, grid, clock } = this.#parts
    if (isV1 || trees.leaf(grid.dataBlocks(piece).first) !== null) return false
    return this.#askers.take(piece, clock.nowMs())
  }

  #askPeersForLeaves(pieces: ReadonlySet<number>): void {
    for (const piece of pieces)
      for (const peer of this.#peers.values())
        if (!peer.isGone && peer.canGive(piece) && this.#isLeafToAsk(piece)) peer.askLeaves(piece)
  }

  #onLeaves(piece: number): void {
    const { first, end } = this.#parts.grid.dataBlocks(piece)
    if (this.#parts.trees.setLeaves(piece, new Uint8Array(32 * (end - first))))
      this.#parts.downloader.hashesCame()
  }
}
