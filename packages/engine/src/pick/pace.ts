import { LIMITS, SECOND_MS } from '@matinee/base'
import type { Estimate } from './estimate.ts'

const SNUBBED_FOR_MS = 10_000
/** No block is believed to take less: clocks are coarse, and blocks come in bunches. */
const SHORTEST_SERVICE_MS = 0.1
/** As {@link SHORTEST_SERVICE_MS} for the first block of all, of which nothing else is known. */
const SHORTEST_FIRST_MS = 1.3
/** A source overdue by this much, and by four blocks' time, has lost its claim to what it owes. */
const STALLED_AFTER_MS = 1.5 * SECOND_MS
/** Before it has been measured, a connection is taken for this far away. */
const UNKNOWN_ROUND_TRIP_MS = 100

/** A block that was asked for and has neither come nor been rejected. */
interface Owed {
  readonly block: number
  readonly sentMs: number
  /** Canceled meanwhile: it occupies the source all the same, until it is rejected. */
  isCanceled: boolean
}

/**
 * What one source owes, in the order of asking, and how fast it brings it (docs/streaming.md, "How
 * fast a source is"). Only time in which the source had something to send counts.
 */
export class Pace {
  readonly #owed: Owed[] = []
  #roundTripMs: number
  #serviceMs: number | null = null
  #delivered = 0
  #refusedInRow = 0
  /** Of the last block or rejection. */
  #lastMs = Number.NEGATIVE_INFINITY
  /** What it seems to take at once; grows again slowly after rejections. */
  #mostAllowed: number = LIMITS.owedBlocks
  #mostEver: number = LIMITS.owedBlocks

  /** @param roundTripMs as the connection was made, if that was measured */
  constructor(roundTripMs: number = UNKNOWN_ROUND_TRIP_MS) {
    this.#roundTripMs = roundTripMs
  }

  get roundTripMs(): number {
    return this.#roundTripMs
  }

  /** Blocks that came of those asked for. */
  get delivered(): number {
    return this.#delivered
  }

  /** Time from block to block, or `null` while none has come. */
  get serviceMs(): number | null {
    return this.#serviceMs
  }

  /** Blocks owed that somebody still waits for. */
  owedBlocks(): number[] {
    return this.#owed.filter((owed) => !owed.isCanceled).map((owed) => owed.block)
  }

  /** Whether anything is owed, canceled or not. */
  get isIdle(): boolean {
    return this.#owed.length === 0
  }

  /** When a block that is owed was asked for; `null` = it isn't. */
  askedMs(block: number): number | null {
    return this.#owed.find((one) => one.block === block && !one.isCanceled)?.sentMs ?? null
  }

  owes(block: number): boolean {
    return this.#owed.some((owed) => owed.block === block && !owed.isCanceled)
  }

  /** Whether it may still bring this block, wanted or canceled. */
  mentions(block: number): boolean {
    return this.#find(block) >= 0
  }

  /** The source's own cap (`reqq` of BEP 10). */
  allow(mostBlocks: number): void {
    this.#mostEver = Math.max(1, Math.min(mostBlocks, LIMITS.owedBlocks))
    this.#mostAllowed = this.#mostEver
  }

  asked(block: number, nowMs: number): void {
    this.#owed.push({ block, sentMs: nowMs, isCanceled: false })
  }

  /** False = it was not owed. It still occupies the source. */
  canceled(block: number): boolean {
    const owed = this.#owed.find((one) => one.block === block && !one.isCanceled)
    if (owed) owed.isCanceled = true
    return owed !== undefined
  }

  /** A block came: as asked, after it was canceled (`late`), or out of the blue. */
  arrived(block: number, nowMs: number): 'asked' | 'late' | 'unasked' {
    const at = this.#find(block)
    const owed = this.#owed[at]
    if (!owed) return 'unasked'
    // Answers come in the order of asking: canceled requests before this one will get none.
    this.#owed.splice(at, 1)
    if (at > 0) this.#forgetCanceledBefore(at)
    this.#measure(owed.sentMs, nowMs)
    return owed.isCanceled ? 'late' : 'asked'
  }

  /** The source won't bring it. False = it was not owed, or had been canceled. */
  rejected(block: number, nowMs: number): boolean {
    const at = this.#find(block)
    const [owed] = at < 0 ? [] : this.#owed.splice(at, 1)
    if (!owed) return false
    // Behind what is being sent a rejection says nothing about how long that takes.
    if (at === 0) this.#lastMs = nowMs
    this.#refusedInRow++
    // Whoever rejects what it has takes no more than it still owes.
    if (!owed.isCanceled) this.#mostAllowed = Math.max(1, this.#owed.length)
    return !owed.isCanceled
  }

  /** Canceled requests from before that time get no answer any more. */
  forgetCanceled(sentBeforeMs: number): void {
    for (let at = this.#owed.length - 1; at >= 0; at--) {
      const owed = this.#owed[at]
      if (owed?.isCanceled === true && owed.sentMs < sentBeforeMs) this.#owed.splice(at, 1)
    }
  }

  /** Canceled requests are forgotten when nothing else is owed and nothing comes: not every client answers a cancel. */
  forgetUnanswered(nowMs: number): void {
    if (this.#owed.some(({ isCanceled }) => !isCanceled)) return
    if (this.silentMs(nowMs) > Math.max(SECOND_MS, 2 * (this.#serviceMs ?? 0)))
      this.#owed.length = 0
  }

  /** Nothing of what it owes will come. Returns what somebody still waits for. */
  reset(): number[] {
    const blocks = this.owedBlocks()
    this.#owed.length = 0
    return blocks
  }

  /** How long it has been expected to send something; 0 when it owes nothing. */
  silentMs(nowMs: number): number {
    const [first] = this.#owed
    return first ? Math.max(0, nowMs - this.#baseMs(first)) : 0
  }

  /** When what it owes will have come. `strangerMs`: the service time of a source that brought nothing yet. */
  estimate(nowMs: number, strangerMs: number): Estimate {
    const ownMs = this.#serviceMs ?? strangerMs
    const [first] = this.#owed
    const soonestMs = nowMs + this.#roundTripMs
    if (!first)
      return {
        serviceMs: ownMs,
        headMs: soonestMs,
        freeMs: soonestMs,
        isLate: false,
        isStalled: this.#isSnubbed(nowMs),
      }
    const baseMs = this.#baseMs(first)
    const dueMs = baseMs + ownMs
    const lateMs = nowMs - dueMs
    const isLate = lateMs > Math.max(20, this.#roundTripMs / 4, ownMs / 2)
    const serviceMs = isLate ? Math.max(ownMs, (nowMs - baseMs) / 2) : ownMs
    const headMs = isLate ? nowMs + 2 * lateMs : Math.max(nowMs, dueMs)
    return {
      serviceMs,
      headMs,
      isLate,
      freeMs: Math.max(soonestMs, headMs + (this.#owed.length - 1) * serviceMs),
      isStalled:
        this.#serviceMs === null
          ? nowMs - baseMs > STALLED_AFTER_MS
          : lateMs > Math.max(STALLED_AFTER_MS, 4 * ownMs),
    }
  }

  /** When a block that it owes will come. */
  arrivalMs(block: number, estimate: Estimate): number {
    const at = this.#find(block)
    return at < 0 ? Number.POSITIVE_INFINITY : estimate.headMs + at * estimate.serviceMs
  }

  /**
   * How many blocks may be asked for now, so that no more than `queueMs` of them wait at the source
   * beyond the round trip. `firstBlocks`: the most for a source that has brought nothing yet.
   */
  room(estimate: Estimate, nowMs: number, queueMs: number, firstBlocks: number): number {
    const count = this.#owed.length
    if (count === 0 && this.#serviceMs !== null) {
      const fits = Math.ceil(queueMs / estimate.serviceMs)
      return Math.max(1, Math.min(fits, this.#ceiling(firstBlocks)))
    }
    if (estimate.isStalled) return 0
    if (this.#serviceMs === null)
      return Math.max(0, Math.min(firstBlocks, Math.floor(this.#mostAllowed)) - count)
    const waitsMs = estimate.freeMs - nowMs - this.#roundTripMs
    const fits = Math.ceil((queueMs - waitsMs) / estimate.serviceMs)
    return Math.max(0, Math.min(fits, this.#ceiling(firstBlocks) - count))
  }

  /** It said that it has everything, and has refused all it was asked for: a liar, or busy for longer. */
  #isSnubbed(nowMs: number): boolean {
    const isGivingNothing = this.#serviceMs === null && this.#refusedInRow >= LIMITS.refusedBlocks
    return isGivingNothing && nowMs - this.#lastMs < SNUBBED_FOR_MS
  }

  /** Doubles from answer to answer, as a new connection may. */
  #ceiling(firstBlocks: number): number {
    return Math.min(Math.floor(this.#mostAllowed), 2 * this.#delivered + firstBlocks)
  }

  #find(block: number): number {
    return this.#owed.findIndex((owed) => owed.block === block)
  }

  #baseMs(first: Owed): number {
    return Math.max(this.#lastMs, first.sentMs + this.#roundTripMs)
  }

  #forgetCanceledBefore(end: number): void {
    for (let at = end - 1; at >= 0; at--)
      if (this.#owed[at]?.isCanceled === true) this.#owed.splice(at, 1)
  }

  #measure(sentMs: number, nowMs: number): void {
    this.#roundTripMs = Math.min(this.#roundTripMs, Math.max(0, nowMs - sentMs))
    const tookMs = nowMs - Math.max(this.#lastMs, sentMs + this.#roundTripMs)
    const known = this.#serviceMs
    this.#lastMs = nowMs
    this.#delivered++
    this.#refusedInRow = 0
    if (this.#mostAllowed < this.#mostEver) this.#mostAllowed += 1 / this.#mostAllowed
    if (known === null) this.#serviceMs = Math.max(SHORTEST_FIRST_MS, tookMs)
    else {
      const sampleMs = Math.min(4 * known, Math.max(known / 4, tookMs, SHORTEST_SERVICE_MS))
      this.#serviceMs = known + (sampleMs - known) * (this.#delivered === 2 ? 0.5 : 0.2)
    }
  }
}
