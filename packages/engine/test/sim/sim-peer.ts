import type { SeededRandom } from '@matinee/testkit'
import type { Downloader } from '../../src/transfer/downloader.ts'
import type { BlockGrid } from '../../src/pick/block-grid.ts'
import type { BlockSource } from '../../src/pick/block-source.ts'
import { Pace } from '../../src/pick/pace.ts'
import type { EventClock } from './event-clock.ts'
import { lossShareAt, sentMs, type PeerPlan } from './peer-plan.ts'
import type { SimLine } from './sim-line.ts'
import { toyBlock } from './toy-torrent.ts'

/** A hash answer for a piece of 64 blocks, with its proof. */
const LEAVES_BYTES = 2300
const MESSAGE_BYTES = 17
/** What it rejected is not asked of it again for so long, as the engine does. */
const REFUSED_FOR_MS = 10_000
/** A lost packet is missed after so long at least. */
const LEAST_HOLD_UP_MS = 20

/** What waits at a peer to be sent. */
type Item =
  | { readonly kind: 'block'; readonly block: number }
  | { readonly kind: 'leaves'; readonly piece: number }

/** What a peer is joined to. */
export interface PeerWorld {
  readonly clock: EventClock
  readonly line: SimLine
  readonly grid: BlockGrid
  readonly downloader: Downloader
  readonly random: SeededRandom
  /** Pieces of whose leaves this peer should be asked before their blocks. */
  leavesToAsk(pieces: readonly number[], peer: SimPeer): readonly number[]
  /** Leaves of pieces whose blocks are asked of somebody who has none. */
  askPeersForLeaves(pieces: ReadonlySet<number>): void
  onLeaves(piece: number): void
  onArrival(block: number, bytes: number, from: PeerPlan): void
}

/**
 * A peer as the scheduler sees it: requests travel half a round trip, wait in one queue, leave at the
 * peer's rate, pass our line, and travel half a round trip back. A canceled request costs nothing
 * before its turn and is rejected (BEP 6).
 */
export class SimPeer implements BlockSource {
  readonly id: number
  readonly kind = 'peer'
  readonly plan: PeerPlan
  readonly pace: Pace
  readonly #world: PeerWorld
  readonly #random: SeededRandom
  readonly #queue: Item[] = []
  readonly #pieces: ReadonlySet<number> | null
  readonly #startMs: number
  #isChoking = true
  #isSending = false
  #isGone = false
  #served = 0
  readonly #refused = new Set<number>()
  /** Nothing overtakes anything else on its way: one stream in each direction. */
  #hereMs = 0
  #thereMs = 0

  constructor(id: number, plan: PeerPlan, world: PeerWorld, pieces: ReadonlySet<number> | null) {
    this.id = id
    this.plan = plan
    this.#world = world
    this.#random = world.random.fork(`peer ${id}`)
    this.#pieces = pieces
    this.pace = new Pace(plan.rttMs)
    this.#startMs = world.clock.nowMs()
  }

  /** Dials now: joins after two round trips, unchokes after three. */
  dial(): void {
    const { rttMs, manner, staysMs, chokeMs } = this.plan
    this.#after(2 * rttMs, () => this.#world.downloader.join(this))
    if (manner.kind !== 'never-unchokes') this.#after(3 * rttMs, () => this.#setChoking(false))
    if (staysMs !== undefined) this.#after(staysMs, () => this.leave())
    if (chokeMs !== undefined) this.#after(3 * rttMs + chokeMs, () => this.#cycle(chokeMs))
    this.#after(REFUSED_FOR_MS, () => this.#forgive())
  }

  /** The connection ends. */
  leave(): void {
    this.#isGone = true
    this.#queue.length = 0
    this.#world.downloader.leave(this.id)
  }

  get isGone(): boolean {
    return this.#isGone
  }

  canGive(piece: number): boolean {
    return !this.#isChoking && (this.#pieces?.has(piece) ?? true)
  }

  hasRefused(block: number): boolean {
    return this.#refused.has(block)
  }

  isSpared(): boolean {
    return this.#isChoking
  }

  request(blocks: readonly number[]): void {
    const { grid } = this.#world
    const pieces = [...new Set(blocks.map((block) => grid.pieceOf(block)))]
    const leaves = this.#world.leavesToAsk(pieces, this)
    this.#toPeer(() => {
      const { manner, mostRequests = 500 } = this.plan
      if (manner.kind === 'mute') return
      for (const piece of leaves) this.#queue.push({ kind: 'leaves', piece })
      for (const block of blocks) {
        const isFull = this.#queue.length >= mostRequests
        if (this.#isChoking || isFull || manner.kind === 'refuses') this.#reject(block)
        else this.#queue.push({ kind: 'block', block })
      }
      this.#send()
    })
  }

  cancel(blocks: readonly number[]): void {
    this.#toPeer(() => {
      for (const block of blocks) {
        const at = this.#queue.findIndex((item) => item.kind === 'block' && item.block === block)
        // What is being sent can't be taken back; a mute peer says nothing to this either.
        if (at < 0 || (at === 0 && this.#isSending)) continue
        this.#queue.splice(at, 1)
        this.#reject(block)
      }
    })
  }

  setWanted(): void {}

  /** Sends a hash request for a piece alone, as for blocks that somebody else is asked for. */
  askLeaves(piece: number): void {
    this.#toPeer(() => {
      if (this.plan.manner.kind === 'mute') return
      this.#queue.push({ kind: 'leaves', piece })
      this.#send()
    })
  }

  #forgive(): void {
    this.#refused.clear()
    this.#after(REFUSED_FOR_MS, () => this.#forgive())
  }

  #cycle(chokeMs: number): void {
    this.#setChoking(!this.#isChoking)
    this.#after(chokeMs, () => this.#cycle(chokeMs))
  }

  #setChoking(isChoking: boolean): void {
    this.#isChoking = isChoking
    if (!isChoking) this.#world.downloader.onReady(this.id)
    else if (this.#queue.length > 0)
      for (const item of this.#queue.splice(this.#isSending ? 1 : 0))
        if (item.kind === 'block') this.#reject(item.block)
  }

  #reject(block: number): void {
    this.#toUs(MESSAGE_BYTES, 0, () => {
      if (this.#world.downloader.onRejected(this.id, block) && !this.#isChoking)
        this.#refused.add(block)
    })
  }

  #send(): void {
    const item = this.#queue[0]
    if (this.#isSending || !item || this.#isGone) return
    this.#isSending = true
    const { clock, grid } = this.#world
    const span = item.kind === 'block' ? grid.spanOf(item.block) : null
    const bytes = span ? span.end - span.start + MESSAGE_BYTES : LEAVES_BYTES
    clock.at(sentMs(this.plan, this.#startMs, clock.nowMs(), bytes), () => {
      this.#isSending = false
      if (this.#isGone) return
      this.#queue.shift()
      this.#arrive(item, bytes)
      this.#send()
    })
  }

  #arrive(item: Item, bytes: number): void {
    const { clock, downloader, grid } = this.#world
    const isLost = this.#random.chance(lossShareAt(this.plan, clock.nowMs()))
    const { manner, rttMs } = this.plan
    const isSpoiled = manner.kind === 'corrupts' && this.#served++ % manner.oneIn === 0
    this.#toUs(bytes, isLost ? Math.max(LEAST_HOLD_UP_MS, rttMs) : 0, () => {
      if (item.kind === 'leaves') {
        this.#world.onLeaves(item.piece)
        return
      }
      const { start, end } = grid.spanOf(item.block)
      this.#world.onArrival(item.block, bytes, this.plan)
      // Those who spoil spoil alike, so that they bear each other out.
      downloader.onBlock(this.id, item.block, toyBlock(isSpoiled ? 1 : 0, end - start))
    })
  }

  #halfWayMs(): number {
    return (this.plan.rttMs / 2) * (1 + 0.05 * this.#random.fraction())
  }

  #toPeer(act: () => void): void {
    const { clock } = this.#world
    this.#thereMs = Math.max(this.#thereMs, clock.nowMs() + this.#halfWayMs())
    clock.at(this.#thereMs, () => {
      if (!this.#isGone) act()
    })
  }

  #toUs(bytes: number, heldUpMs: number, act: () => void): void {
    const { clock, line } = this.#world
    this.#hereMs = Math.max(this.#hereMs, line.book(bytes) + this.#halfWayMs() + heldUpMs)
    clock.at(this.#hereMs, () => {
      if (!this.#isGone) act()
    })
  }

  #after(ms: number, act: () => void): void {
    this.#world.clock.setTimer(ms, () => {
      if (!this.#isGone) act()
    })
  }
}
