import { SECOND_MS } from '@matinee/base'

/** Blocks asked at once from a peer that has not answered yet. */
const FIRST_BLOCKS = 4
/** The most that is asked at once, whatever the peer allows. */
const MOST_BLOCKS = 250
/** How long a block may queue at the peer beyond its round trip: a deeper queue only delays seeks. */
const QUEUE_MS = 200
/** A peer that owes blocks and sends nothing for this long is stalled: it is asked for nothing new. */
const STALLED_AFTER_MS = 3 * SECOND_MS
/** What a stalled peer still owes after this long is taken back. A slow line brings a block in half of it. */
const ABANDONED_AFTER_MS = 30 * SECOND_MS

/**
 * How many blocks may be outstanding at one peer, from how long answers take: one more for every
 * block that comes within the shortest time seen plus {@link QUEUE_MS}, one fewer for a later one.
 */
export class RequestWindow {
  /** Blocks asked and not yet answered, with the time of asking. Insertion order = order of asking. */
  readonly #outstanding = new Map<number, number>()
  #size = FIRST_BLOCKS
  #shortestMs = Number.POSITIVE_INFINITY
  #lastAnswerMs = 0
  #mostAllowed = MOST_BLOCKS
  /** Given up while under way; what still comes of them is welcome. Bounded by {@link MOST_BLOCKS}. */
  readonly #givenUp = new Set<number>()

  /** Blocks that may still be asked now. */
  get room(): number {
    return Math.max(0, Math.min(this.#size, this.#mostAllowed) - this.#outstanding.size)
  }

  get outstandingCount(): number {
    return this.#outstanding.size
  }

  outstandingBlocks(): readonly number[] {
    return [...this.#outstanding.keys()]
  }

  /** The peer's own cap (`reqq` of BEP 10). */
  allow(mostBlocks: number): void {
    this.#mostAllowed = Math.max(1, Math.min(mostBlocks, MOST_BLOCKS))
  }

  asked(block: number, nowMs: number): void {
    this.#givenUp.delete(block)
    if (this.#outstanding.size === 0) this.#lastAnswerMs = nowMs
    this.#outstanding.set(block, nowMs)
  }

  has(block: number): boolean {
    return this.#outstanding.has(block)
  }

  /** A block came: as asked, after it was given up (`late`), or out of the blue. */
  answered(block: number, nowMs: number): 'asked' | 'late' | 'unasked' {
    const askedMs = this.#outstanding.get(block)
    if (askedMs === undefined) return this.#givenUp.delete(block) ? 'late' : 'unasked'
    this.#outstanding.delete(block)
    this.#lastAnswerMs = nowMs
    const tookMs = nowMs - askedMs
    this.#shortestMs = Math.min(this.#shortestMs, tookMs)
    if (tookMs <= this.#shortestMs + QUEUE_MS) this.#size = Math.min(this.#size + 1, MOST_BLOCKS)
    else this.#size = Math.max(2, this.#size - 1)
    return 'asked'
  }

  /** The peer won't answer it: rejected or canceled. False = it was not asked for. */
  forget(block: number): boolean {
    if (!this.#outstanding.delete(block)) return false
    if (this.#givenUp.size < MOST_BLOCKS) this.#givenUp.add(block)
    return true
  }

  /** Whether the peer has ever sent a block that it was asked for. */
  get hasAnswered(): boolean {
    return this.#shortestMs < Number.POSITIVE_INFINITY
  }

  /** Another peer, asked later, was faster: whoever has sent nothing yet is asked for little from now on. */
  beaten(): void {
    if (!this.hasAnswered) this.#size = 1
  }

  /** Whether the peer owes blocks and has sent none for {@link STALLED_AFTER_MS}. */
  isStalled(nowMs: number): boolean {
    return this.#outstanding.size > 0 && nowMs - this.#lastAnswerMs > STALLED_AFTER_MS
  }

  /** Whether the peer owes blocks and has sent none for {@link ABANDONED_AFTER_MS}. */
  isAbandoned(nowMs: number): boolean {
    return this.#outstanding.size > 0 && nowMs - this.#lastAnswerMs > ABANDONED_AFTER_MS
  }

  /** Gives up all that is outstanding and starts small again. Returns what was given up. */
  reset(): readonly number[] {
    const blocks = this.outstandingBlocks()
    for (const block of blocks) this.forget(block)
    this.#size = 1
    return blocks
  }
}
