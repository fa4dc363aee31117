import type { BlockSource } from './block-source.ts'
import type { BlockTable } from './block-table.ts'
import type { BlockRange, Demand } from './demand.ts'
import type { Estimate } from './estimate.ts'

/** How long blocks may wait at a source beyond the round trip: what waits there delays a seek. */
const QUEUE_MS = 20
/** The most asked of a source that has brought none, and the least where there are blocks for everybody. */
const FEWEST_FIRST_BLOCKS = 2
const MOST_FIRST_BLOCKS = 32
/** A stranger is taken for half as fast as the median of the others. */
const STRANGER_FACTOR = 2
/** The median while fewer than {@link FEWEST_OBSERVED} have shown anything: 250 KB/s. */
const USUAL_SERVICE_MS = 65
const FEWEST_OBSERVED = 3
const FASTEST_PRIOR_MS = 10
/** Silence of some makes strangers look slow, but not slower than this. */
const SLOWEST_SILENCE_MS = 250
/** Sources that may owe one block at the same time. */
export const MOST_OWNERS = 3
/** A hedge must win this much, and this share of what is left to wait. */
const LEAST_GAIN_MS = 50
const LEAST_GAIN_SHARE = 0.5
/** While the film plays, a block should be here this long before it is due. */
const SAFETY_MS = 750
/** Blocks looked at behind what is urgent, in one pass. */
const MOST_AHEAD = 400

/** What a pass may know of the world. */
export interface PassView {
  readonly nowMs: number
  readonly table: BlockTable
  readonly blocksPerPiece: number
  readonly demand: Demand
  /** Those that may be asked now. */
  readonly sources: readonly BlockSource[]
  /** Sources that share the beginning: those above, and those that may join them in a moment. */
  readonly expectedSources: number
  /** Missing blocks of the first two seconds that readers need. */
  readonly firstMissing: number
  /** Hedges that the budget allows. */
  readonly hedges: number
  /** Whether a block may be asked of a source: not where its bytes from there are in doubt. */
  mayAsk(block: number, source: BlockSource): boolean
}

/** What a pass decides. */
export interface Plan {
  /** Each source once, its blocks in the order of asking. */
  readonly orders: readonly { readonly source: BlockSource; readonly blocks: readonly number[] }[]
  /** How many of them are hedges that count: not those made while nobody had brought anything. */
  readonly hedges: number
}

/** Blocks per source that the beginning is spread in. */
export function firstBlocksFor(firstMissing: number, expectedSources: number): number {
  // About half of its share: what a slow stranger has begun to send can't be taken back.
  const share = Math.ceil(firstMissing / Math.max(1, 2 * expectedSources - 1))
  const fewest = firstMissing < expectedSources ? 1 : FEWEST_FIRST_BLOCKS
  return Math.max(fewest, Math.min(share, MOST_FIRST_BLOCKS))
}

/** The service time expected of a source that has brought nothing, learnt from all others. */
export function strangerServiceMs(sources: Iterable<BlockSource>, nowMs: number): number {
  const seen: number[] = []
  let isAnyMeasured = false
  for (const { pace } of sources) {
    if (pace.serviceMs !== null) {
      seen.push(pace.serviceMs)
      isAnyMeasured = true
    } else if (!pace.isIdle)
      seen.push(Math.max(USUAL_SERVICE_MS, Math.min(pace.silentMs(nowMs), SLOWEST_SILENCE_MS)))
  }
  seen.sort((a, b) => a - b)
  const median = seen[seen.length >> 1] ?? USUAL_SERVICE_MS
  const prior = seen.length < FEWEST_OBSERVED || !isAnyMeasured ? USUAL_SERVICE_MS : median
  return STRANGER_FACTOR * Math.max(FASTEST_PRIOR_MS, prior)
}

/** A source during one pass. */
interface Slot {
  readonly source: BlockSource
  readonly estimate: Estimate
  /** When something given to it now, in thought, would begin to come. */
  virtualMs: number
  room: number
  readonly blocks: number[]
}

/** Decides what to ask of whom now (docs/streaming.md, "A pass"). Changes nothing. */
export function planPass(view: PassView): Plan {
  return new Pass(view).run()
}

class Pass {
  readonly #view: PassView
  readonly #slots: Slot[] = []
  readonly #byId = new Map<number, Slot>()
  readonly #holders = new Map<number, readonly Slot[]>()
  /** Blocks given in this pass, in thought or in earnest. */
  readonly #given = new Set<number>()
  readonly #isAnyMeasured: boolean
  #room = 0
  #hedges = 0

  constructor(view: PassView) {
    this.#view = view
    const { nowMs } = view
    const firstBlocks = firstBlocksFor(view.firstMissing, view.expectedSources)
    this.#isAnyMeasured = view.sources.some(({ pace }) => pace.delivered > 0)
    const strangerMs = strangerServiceMs(view.sources, nowMs)
    for (const source of view.sources) {
      // Who owes a block and is silent is late by the usual measure, whatever the others do.
      const { isIdle } = source.pace
      const unknownMs = isIdle ? strangerMs : STRANGER_FACTOR * USUAL_SERVICE_MS
      const estimate = source.pace.estimate(nowMs, unknownMs)
      const room = source.pace.room(estimate, nowMs, QUEUE_MS, firstBlocks)
      const slot: Slot = { source, estimate, virtualMs: estimate.freeMs, room, blocks: [] }
      this.#slots.push(slot)
      this.#byId.set(source.id, slot)
      this.#room += room
    }
  }

  run(): Plan {
    const { goals, windows, later } = this.#view.demand
    let readyMs = this.#view.nowMs
    for (const goal of goals) {
      if (this.#room === 0) break
      readyMs = Math.max(readyMs, this.#assign(goal))
      this.#hedge(goal, () => readyMs)
    }
    for (const window of windows) {
      if (this.#room === 0) break
      this.#assign(window)
      this.#hedge(window, (block) => window.dueMs(block) - SAFETY_MS)
    }
    let ahead = MOST_AHEAD
    for (const range of later)
      for (let block = range.first; block < range.end && this.#room > 0 && ahead > 0; block++)
        if (this.#isFree(block)) {
          ahead--
          this.#give(block)
        }
    const orders = this.#slots
      .filter(({ blocks }) => blocks.length > 0)
      .map(({ source, blocks }) => ({ source, blocks }))
    return { orders, hedges: this.#hedges }
  }

  /** Gives what is free of a range. Returns when the last of it comes. */
  #assign(range: BlockRange): number {
    let lastMs = 0
    for (let block = range.first; block < range.end && this.#room > 0; block++)
      if (this.#isFree(block)) lastMs = Math.max(lastMs, this.#give(block))
    return lastMs
  }

  /** Nobody owes it, or nobody who can still be believed. */
  #isFree(block: number): boolean {
    if (this.#given.has(block)) return false
    const { table } = this.#view
    if (table.isMissing(block)) return true
    const owners = table.owners(block)
    return owners.length > 0 && owners.every((id) => !this.#isLive(id))
  }

  #isLive(owner: number): boolean {
    const slot = this.#byId.get(owner)
    // Who isn't in this pass, such as a spared web seed, may well be sending.
    return slot === undefined || !slot.estimate.isStalled
  }

  /** To whoever would finish it first; it is asked for only where there is room. */
  #give(block: number): number {
    const slot = this.#soonest(block, this.#holdersOf(block), false)
    if (slot === null) return 0
    this.#given.add(block)
    slot.virtualMs += slot.estimate.serviceMs
    if (slot.room > 0) this.#take(slot, block)
    return slot.virtualMs
  }

  #take(slot: Slot, block: number): void {
    slot.blocks.push(block)
    slot.room--
    this.#room--
  }

  #soonest(block: number, holders: readonly Slot[], isHedge: boolean): Slot | null {
    let best: Slot | null = null
    let bestMs = Number.POSITIVE_INFINITY
    for (const slot of holders) {
      const finishMs = slot.virtualMs + slot.estimate.serviceMs
      if (finishMs >= bestMs) continue
      const { source } = slot
      if (slot.estimate.isStalled) continue
      if (isHedge && (slot.room === 0 || !this.#mayHedge(source))) continue
      if (source.hasRefused(block) || source.pace.mentions(block)) continue
      if (!this.#view.mayAsk(block, source)) continue
      best = slot
      bestMs = finishMs
    }
    return best
  }

  /** Strangers are often the next ones to say nothing; they hedge only while nobody is better known. */
  #mayHedge(source: BlockSource): boolean {
    return source.pace.delivered > 0 || !this.#isAnyMeasured
  }

  #holdersOf(block: number): readonly Slot[] {
    const piece = Math.floor(block / this.#view.blocksPerPiece)
    let holders = this.#holders.get(piece)
    if (!holders) {
      holders = this.#slots.filter(({ source }) => source.canGive(piece))
      this.#holders.set(piece, holders)
    }
    return holders
  }

  /** Asks once more for blocks of a range that come after they are due, the latest first. */
  #hedge(range: BlockRange, dueMs: (block: number) => number): void {
    if (this.#room === 0 || this.#isBudgetSpent) return
    const late: { readonly block: number; readonly arrivalMs: number }[] = []
    for (let block = range.first; block < range.end; block++) {
      const arrivalMs = this.#arrivalMs(block)
      if (arrivalMs !== null && arrivalMs > dueMs(block)) late.push({ block, arrivalMs })
    }
    late.sort((a, b) => b.arrivalMs - a.arrivalMs)
    let hedged = late.filter((one) => this.#hedgeOne(one.block, one.arrivalMs))
    // Everybody who was asked is silent: all others are asked at once, until somebody isn't.
    while (!this.#isAnyMeasured && hedged.length > 0 && this.#room > 0)
      hedged = hedged.filter((one) => this.#hedgeOne(one.block, one.arrivalMs))
  }

  #hedgeOne(block: number, arrivalMs: number): boolean {
    if (this.#room === 0 || this.#isBudgetSpent) return false
    const slot = this.#soonest(block, this.#holdersOf(block), true)
    if (slot === null || slot.blocks.includes(block)) return false
    const gainMs = arrivalMs - (slot.virtualMs + slot.estimate.serviceMs)
    const leastMs = Math.max(LEAST_GAIN_MS, LEAST_GAIN_SHARE * (arrivalMs - this.#view.nowMs))
    if (gainMs < leastMs) return false
    this.#given.add(block)
    slot.virtualMs += slot.estimate.serviceMs
    this.#take(slot, block)
    if (this.#isAnyMeasured) this.#hedges++
    return true
  }

  /** While nobody has brought anything, looking for somebody who does is worth any price. */
  get #isBudgetSpent(): boolean {
    return this.#isAnyMeasured && this.#hedges >= this.#view.hedges
  }

  /** When a block that was asked for will come; `null` = it may not be hedged. */
  #arrivalMs(block: number): number | null {
    if (this.#given.has(block)) return null
    const owners = this.#view.table.owners(block)
    if (owners.length === 0) return null
    let soonestMs = Number.POSITIVE_INFINITY
    let live = 0
    let heard = 0
    for (const id of owners) {
      const slot = this.#byId.get(id)
      if (slot === undefined || slot.estimate.isStalled) continue
      live++
      // Who is late already says nothing about when the block comes.
      if (!slot.estimate.isLate) heard++
      soonestMs = Math.min(soonestMs, slot.source.pace.arrivalMs(block, slot.estimate))
    }
    const isFull = this.#isAnyMeasured && heard >= MOST_OWNERS
    return live === 0 || isFull ? null : soonestMs
  }
}
