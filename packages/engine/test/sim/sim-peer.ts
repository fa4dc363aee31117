import type { SeededRandom } from '@matinee/testkit'
import type { Downloader } from '../../src/transfer/downloader.ts'
import type { BlockGrid } from '../../src/pick/block-grid.ts'
import type { BlockSource } from '../../src/pick/block-source.ts'
import { Pace } from '../../src/pick/pace.ts'
import type { EventClock } from './event-clock.ts'
import type { PeerPlan } from './scenario.ts'
import type { SimLine } from './sim-line.ts'
import { toyBlock } from './toy-torrent.ts'

/** A hash answer for a piece of 64 blocks, with its proof. */
const LEAVES_BYTES = 2300
const MESSAGE_BYTES = 17

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
  onLeaves(piece: number): void
  onArrival(block: number, bytes: number): void
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

  hasRefused(): boolean {
    return false
  }

  isSpared(): boolean {
    return this.#isChoking
  }

  request(blocks: readonly number[]): void {
    const { grid } = this.#world
    const pieces = [...new Set(blocks.map((block) => grid.pieceOf(block)))]
    const leaves = this.#world.leavesToAsk(pieces, this)
    this.#toPeer(() => {
      if (this.plan.manner.kind === 'mute') return
      for (const piece of leaves) this.#queue.push({ kind: 'leaves', piece })
      for (const block of blocks) {
        const isFull = this.#queue.length >= (this.plan.mostRequests ?? 500)
        if (this.#isChoking || isFull) this.#reject(block)
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
    const { line, downloader } = this.#world
    line.carry(MESSAGE_BYTES, this.#halfWayMs(), () => {
      if (!this.#isGone) downloader.onRejected(this.id, block)
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
    const { line, downloader, grid } = this.#world
    const isLost = this.#random.chance(this.plan.lossFraction ?? 0)
    const delayMs = this.#halfWayMs() + (isLost ? Math.max(20, this.plan.rttMs) : 0)
    const isSpoiled = this.plan.manner.kind === 'corrupts' && this.#served++ % 3 === 0
    line.carry(bytes, delayMs, () => {
      if (this.#isGone) return
      if (item.kind === 'leaves') {
        this.#world.onLeaves(item.piece)
        return
      }
      const { start, end } = grid.spanOf(item.block)
      this.#world.onArrival(item.block, bytes)
      // Those who spoil spoil alike, so that they bear each other out.
      downloader.onBlock(this.id, item.block, toyBlock(isSpoiled ? 1 : 0, end - start))
    })
  }

  #halfWayMs(): number {
    return (this.plan.rttMs / 2) * (1 + 0.05 * this.#random.fraction())
  }

  #toPeer(act: () => void): void {
    this.#after(this.#halfWayMs(), act)
  }

  #after(ms: number, act: () => void): void {
    this.#world.clock.setTimer(ms, () => {
      if (!this.#isGone) act()
    })
  }
}

/** When a peer that begins to send now has sent so many bytes, with its bursts, fading and silence. */
export function sentMs(plan: PeerPlan, startMs: number, nowMs: number, bytes: number): number {
  const { burstMs, fades, freezes } = plan
  let atMs = nowMs
  let left = bytes
  for (;;) {
    const ageMs = atMs - startMs
    let rate = plan.bytesPerSecond / 1000
    let changesMs = Number.POSITIVE_INFINITY
    if (burstMs !== undefined) {
      const phase = ageMs % (2 * burstMs)
      rate *= phase < burstMs ? 2 : 0
      changesMs = atMs + (phase < burstMs ? burstMs - phase : 2 * burstMs - phase)
    }
    if (fades && atMs >= fades.atMs) rate *= fades.to
    if (freezes && atMs >= freezes.fromMs && atMs < freezes.toMs) {
      rate = 0
      changesMs = freezes.toMs
    }
    const doneMs = rate > 0 ? atMs + left / rate : Number.POSITIVE_INFINITY
    if (doneMs <= changesMs) return doneMs
    if (changesMs === Number.POSITIVE_INFINITY) return doneMs
    left -= rate * (changesMs - atMs)
    // A hair beyond the change, so that rounding can't hold it there.
    atMs = changesMs + 1e-6
  }
}
