// More lines than usual: the one place where plans become requests, and answers become verdicts.
import { LIMITS, KIB, SECOND_MS, spanLength, type Clock, type Timer } from '@matinee/base'
import type { BlockGrid } from '../pick/block-grid.ts'
import type { BlockSource, SourceId, Supply } from '../pick/block-source.ts'
import type { BlockTable } from '../pick/block-table.ts'
import { NO_DEMAND, isStarving, rangesOf, type BlockRange, type Demand } from '../pick/demand.ts'
import { HedgeBudget } from '../pick/hedge-budget.ts'
import { planPass } from '../pick/scheduler.ts'
import type { Verdict, VerifiedBlock, Verifier } from '../verify/verifier.ts'

/** What readers need at this moment, and what follows from it. */
export interface DemandFacts {
  readonly demand: Demand
  /** All that open readers will read. */
  readonly spans: readonly BlockRange[]
  /** Blocks of the first two seconds that starving readers need; for spreading the beginning. */
  readonly near: BlockRange
  /** More will be needed by itself, in a moment. */
  readonly isCalm: boolean
  readonly bufferSeconds: number
  readonly filmBytesPerSecond: number
}

/** Who is told what the download brings. */
export interface DownloadHost {
  /** What readers need now. */
  demand(nowMs: number): DemandFacts
  /** Sources that may be able to give in a moment: being dialed, or not unchoked yet. */
  comingSources(): number
  /** The disk can't keep up: nothing more is asked for until it can. */
  isBackedUp(): boolean
  onVerified(blocks: readonly VerifiedBlock[]): void
  /** Sent wrong data. The source leaves before this returns, or never. */
  onCulprit(source: SourceId): void
}

/** Passes are this far apart at least, so that blocks that come together are answered together. */
const PASS_EVERY_MS = 3
/** While something is owed, silence is looked at this often. */
const STARVING_TICK_MS = 25
const PLAYING_TICK_MS = 100
/** What a silent source owes is taken back after this long. A slow line brings a block in half of it. */
const ABANDONED_AFTER_MS = 30 * SECOND_MS
/** A canceled request that was neither answered nor rejected is forgotten: the source is tried again. */
const FORGOTTEN_AFTER_MS = 15 * SECOND_MS
/** So long after the last reader sources are told that nothing is wanted. */
const STAYS_INTERESTED_MS = 10 * SECOND_MS
const BLOCK_BYTES = 16 * KIB

/** Asks sources for the blocks that readers need, and brings what comes to the verifier. */
export class Downloader {
  readonly #grid: BlockGrid
  readonly #table: BlockTable
  readonly #verifier: Verifier
  readonly #clock: Clock
  readonly #host: DownloadHost
  readonly #sources = new Map<SourceId, BlockSource>()
  readonly #budget = new HedgeBudget()
  #facts: DemandFacts | null = null
  /** When sources had something that readers lacked. */
  #wantedMs = Number.NEGATIVE_INFINITY
  /** Pieces that readers lack, as sources were told last. */
  #wanted: ReadonlySet<number> | null = null
  #timer: { readonly dueMs: number; readonly timer: Timer } | null = null
  #lastPassMs = Number.NEGATIVE_INFINITY
  #isOver = false
  /** Bytes that came and were of no use: late twins, wrong ones, unasked ones. */
  wastedBytes = 0
  /** Of {@link wastedBytes}, second copies. */
  duplicateBytes = 0
  /** Blocks that were asked of a second source while the first still owed them. */
  hedgedBlocks = 0

  constructor(parts: {
    readonly grid: BlockGrid
    readonly table: BlockTable
    readonly verifier: Verifier
    readonly clock: Clock
    readonly host: DownloadHost
  }) {
    this.#grid = parts.grid
    this.#table = parts.table
    this.#verifier = parts.verifier
    this.#clock = parts.clock
    this.#host = parts.host
  }

  /** What is needed as of the last pass, and of whom it can be asked. */
  get view(): { readonly demand: Demand; readonly sources: readonly BlockSource[] } {
    return { demand: this.#facts?.demand ?? NO_DEMAND, sources: [...this.#sources.values()] }
  }

  /** A source that can be asked from now on. */
  join(source: BlockSource): void {
    this.#sources.set(source.id, source)
    this.onReady(source.id)
  }

  /** The source is gone, with all that it owes. */
  leave(id: SourceId): void {
    const source = this.#sources.get(id)
    if (!source) return
    this.#sources.delete(id)
    for (const block of source.pace.reset()) this.#table.release(block, id)
    this.#passSoon()
  }

  /** A reader has come or gone: cancels what nobody needs any more and asks anew, in the same turn. */
  demandChanged(kind: 'opened' | 'closed' | 'lost'): void {
    this.#facts = this.#host.demand(this.#clock.nowMs())
    const ranges = rangesOf(this.#facts.demand)
    for (const source of this.#sources.values()) {
      const unwanted = source.pace.owedBlocks().filter((block) => !isIn(ranges, block))
      this.#cancel(source, unwanted)
    }
    if (kind === 'opened') this.#budget.grant(this.#missingIn([this.#facts.near]))
    this.#tellWanted()
    this.#pass()
  }

  /** Readers have moved on. */
  demandMoved(): void {
    this.#facts ??= this.#host.demand(this.#clock.nowMs())
    this.#passSoon()
  }

  /** The source can give more than before: it unchoked us, or has more pieces. */
  onReady(id: SourceId): void {
    const source = this.#sources.get(id)
    if (!source) return
    if (this.#wanted !== null) source.setWanted(this.#wanted)
    this.#passSoon()
  }

  /** `bytes` of a block that exists; they are kept. Returns what they are to us. */
  onBlock(id: SourceId, block: number, bytes: Uint8Array): 'used' | 'wasted' {
    const source = this.#sources.get(id)
    if (!source) return 'wasted'
    const answer = source.pace.arrived(block, this.#clock.nowMs())
    this.#budget.received()
    this.#passSoon()
    if (answer === 'unasked' || this.#table.isHave(block) || this.#table.isHeld(block)) {
      this.wastedBytes += bytes.length
      if (answer === 'unasked') return 'wasted'
      this.duplicateBytes += bytes.length
      if (this.#table.isHeld(block)) this.#verifier.takeTwin(block, bytes, id)
      else if (this.#verifier.isWrongTwin(block, bytes)) this.#ban([id])
      return 'wasted'
    }
    this.#callOff(block, this.#table.hold(block), id)
    this.#act(this.#verifier.take(block, bytes, id), this.#grid.pieceOf(block))
    return 'used'
  }

  /** The source won't send a block. True = somebody waited for it. */
  onRejected(id: SourceId, block: number): boolean {
    const source = this.#sources.get(id)
    if (source?.pace.rejected(block, this.#clock.nowMs()) !== true) return false
    this.#table.release(block, id)
    this.#passSoon()
    return true
  }

  /** The source won't send anything that it owes: choked. */
  onReturned(id: SourceId): void {
    const source = this.#sources.get(id)
    if (!source) return
    for (const block of source.pace.reset()) this.#table.release(block, id)
    this.#passSoon()
  }

  /** More hashes have become known: what was held may be judged, and less may have to be fetched. */
  hashesCame(): void {
    for (const piece of this.#verifier.heldPieces)
      this.#act(this.#verifier.judgePiece(piece), piece)
    this.#passSoon()
  }

  /** Once in a while: takes back what sources owe for too long, drops what nobody waits for. */
  tick(nowMs: number): void {
    this.#dropIdle()
    for (const source of this.#sources.values()) {
      source.pace.forgetCanceled(nowMs - FORGOTTEN_AFTER_MS)
      // Where there are others, whoever is silent must not look free.
      if (this.#sources.size === 1) source.pace.forgetUnanswered(nowMs)
      if (source.pace.silentMs(nowMs) <= ABANDONED_AFTER_MS) continue
      this.#cancel(source, source.pace.owedBlocks())
      source.pace.reset()
    }
    this.#endHopelessTrials()
    this.#tellWanted()
    if (this.#facts !== null) this.#passSoon()
  }

  /** Nothing more is asked for. */
  stop(): void {
    this.#isOver = true
    this.#timer?.timer.cancel()
    this.#timer = null
  }

  /** How well readers are supplied, as of the last pass. */
  supply(nowMs: number): Supply {
    let perSecond = 0
    for (const { kind, pace } of this.#sources.values())
      if (kind === 'peer' && pace.serviceMs !== null && pace.silentMs(nowMs) < SECOND_MS)
        perSecond += (BLOCK_BYTES * SECOND_MS) / pace.serviceMs
    return {
      isStarving: this.#facts !== null && isStarving(this.#facts.demand),
      bufferSeconds: this.#facts?.bufferSeconds ?? Number.POSITIVE_INFINITY,
      peerBytesPerSecond: perSecond,
      filmBytesPerSecond: this.#facts?.filmBytesPerSecond ?? 0,
    }
  }

  #passSoon(): void {
    if (this.#facts === null) return
    this.#passAt(this.#lastPassMs + PASS_EVERY_MS)
  }

  #passAt(dueMs: number): void {
    if (this.#isOver || (this.#timer !== null && this.#timer.dueMs <= dueMs)) return
    this.#timer?.timer.cancel()
    const delayMs = Math.max(0, dueMs - this.#clock.nowMs())
    const timer = this.#clock.setTimer(delayMs, () => {
      this.#timer = null
      this.#facts = this.#host.demand(this.#clock.nowMs())
      this.#pass()
    })
    this.#timer = { dueMs, timer }
  }

  /** Plans with the facts as they are, and asks. */
  #pass(): void {
    const facts = this.#facts
    if (facts === null || this.#isOver) return
    const nowMs = this.#clock.nowMs()
    this.#lastPassMs = nowMs
    const { demand } = facts
    const isIdle = demand.goals.length + demand.windows.length + demand.later.length === 0
    if (isIdle || this.#host.isBackedUp()) {
      if (isIdle && facts.isCalm) this.#passAt(nowMs + PLAYING_TICK_MS)
      else if (isIdle && [...this.#sources.values()].every(({ pace }) => pace.isIdle))
        this.#facts = null
      return
    }
    const supply = this.supply(nowMs)
    const sources = [...this.#sources.values()].filter((source) => !source.isSpared(supply))
    const plan = planPass({
      nowMs,
      table: this.#table,
      blocksPerPiece: this.#grid.blocksPerPiece,
      demand,
      sources,
      expectedSources: sources.length + this.#host.comingSources(),
      firstMissing: this.#missingIn([facts.near]),
      hedges: this.#budget.left,
      mayAsk: (block, source) => this.#verifier.mayAsk(this.#grid.pieceOf(block), block, source.id),
    })
    this.#budget.used(plan.hedges)
    this.hedgedBlocks += plan.hedges
    // NOTE: no await between marking and sending, or two sources are asked for the same block.
    for (const { source, blocks } of plan.orders) {
      for (const block of blocks) {
        this.#table.request(block, source.id)
        source.pace.asked(block, nowMs)
      }
      source.request(blocks)
    }
    this.#passAt(nowMs + (isStarving(demand) ? STARVING_TICK_MS : PLAYING_TICK_MS))
  }

  #act(verdict: Verdict, piece: number): void {
    if (verdict.kind === 'held') return
    if (verdict.kind === 'corrupt') {
      for (const block of verdict.blocks) {
        this.wastedBytes += spanLength(this.#grid.spanOf(block))
        this.#table.lose(block)
      }
      // Leaves that came late judge block by block: the right ones are told by the next look.
      this.#act(this.#verifier.judgePiece(piece), piece)
      this.#ban(verdict.culprits)
      return
    }
    // What was asked for once more, to see who lies, may still be under way.
    for (const { block } of verdict.blocks) this.#callOff(block, this.#table.have(block), null)
    this.#ban(verdict.culprits)
    this.#host.onVerified(verdict.blocks)
  }

  /** Nothing of them is believed any more, and what they owe is asked of others at once. */
  #ban(culprits: readonly SourceId[]): void {
    for (const id of culprits) {
      for (const block of this.#verifier.discard(id)) this.#table.lose(block)
      this.#host.onCulprit(id)
    }
    if (culprits.length > 0)
      for (const piece of this.#verifier.triedPieces)
        this.#act(this.#verifier.reconsider(piece), piece)
  }

  /** Half-fetched pieces that nobody waits for are kept while there is room: viewers often come back. */
  #dropIdle(): void {
    if (this.#verifier.heldBytes <= LIMITS.heldBytes) return
    const ranges = this.#facts === null ? [] : rangesOf(this.#facts.demand)
    for (const piece of this.#verifier.heldPieces) {
      const { first, end } = this.#grid.dataBlocks(piece)
      if (ranges.some((range) => range.first < end && first < range.end)) continue
      for (const block of this.#verifier.drop(piece)) this.#table.lose(block)
      if (this.#verifier.heldBytes <= LIMITS.heldBytes) return
    }
  }

  /** A block in doubt that nobody else can send will never be cleared up: its piece is fetched anew. */
  #endHopelessTrials(): void {
    for (const piece of this.#verifier.heldPieces) {
      const isHopeless = (block: number): boolean =>
        this.#table.isMissing(block) &&
        ![...this.#sources.values()].some(
          (source) => source.canGive(piece) && this.#verifier.mayAsk(piece, block, source.id),
        )
      if (!this.#verifier.doubtedBlocks(piece).some(isHopeless)) continue
      for (const block of this.#verifier.drop(piece)) this.#table.lose(block)
    }
  }

  /** Everybody who owes a block that is here, but not who brought it, is told to forget it. */
  #callOff(block: number, owners: readonly SourceId[], from: SourceId | null): void {
    for (const owner of owners) {
      const other = this.#sources.get(owner)
      if (!other || owner === from) continue
      other.pace.canceled(block)
      other.cancel([block])
    }
  }

  #cancel(source: BlockSource, blocks: readonly number[]): void {
    if (blocks.length === 0) return
    for (const block of blocks) {
      source.pace.canceled(block)
      this.#table.release(block, source.id)
    }
    source.cancel(blocks)
  }

  /**
   * Tells sources whether they have anything that readers lack, be it at the end of their spans: who is
   * chosen again after a seek has not choked us meanwhile. That nothing is wanted is told later, for a
   * player that seeks closes one reader before it opens the next.
   */
  #tellWanted(): void {
    const nowMs = this.#clock.nowMs()
    const pieces = new Set<number>()
    for (const { first, end } of this.#facts?.spans ?? [])
      for (let block = first; block < end; block++) {
        const piece = this.#grid.pieceOf(block)
        if (this.#table.isHave(block)) continue
        pieces.add(piece)
        block = this.#grid.dataBlocks(piece).end - 1
      }
    if (pieces.size > 0) this.#wantedMs = nowMs
    else if (nowMs - this.#wantedMs < STAYS_INTERESTED_MS) return
    this.#wanted = pieces
    for (const source of this.#sources.values()) source.setWanted(pieces)
  }

  #missingIn(ranges: readonly BlockRange[]): number {
    const missing = new Set<number>()
    for (const { first, end } of ranges)
      for (let block = first; block < end; block++)
        if (!this.#table.isHave(block)) missing.add(block)
    return missing.size
  }
}

function isIn(ranges: readonly BlockRange[], block: number): boolean {
  return ranges.some((range) => range.first <= block && block < range.end)
}
