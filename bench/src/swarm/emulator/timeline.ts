import { EventHeap, type HeapEvent } from '@matinee/testkit'
import { performance } from 'node:perf_hooks'

interface Event extends HeapEvent {
  readonly run: () => void
}

/** A timer may fire this early: it would only be set again for less than it can measure. */
const EARLY_MS = 0.3
/** Sockets are looked after at least so often while events are overdue. */
const LONGEST_TURN_MS = 5

/**
 * Everything that happens in the emulated swarm, in the order of its due times, on one timer. Events carry the
 * times they were due, not when they ran, so that the timer's lateness never adds up. Several timers would reorder
 * bytes: Node puts timers of different lengths into different lists.
 */
export class Timeline {
  readonly #events = new EventHeap<Event>()
  #order = 0
  #timer: NodeJS.Timeout | null = null
  #timerMs = Number.POSITIVE_INFINITY
  #isTurnSet = false
  #isRunning = false
  /** How late events ran, in steps of a millisecond; the last holds all above. */
  readonly latenessMs = new Uint32Array(101)

  nowMs(): number {
    return performance.now()
  }

  /** Runs at `dueMs`, after everything due earlier and everything due then that was said before. */
  at(dueMs: number, run: () => void): void {
    const event = { dueMs, order: this.#order++, run }
    this.#events.push(event)
    if (!this.#isRunning && this.#events.first === event) this.#set()
  }

  /** Forgets everything. */
  clear(): void {
    this.#events.clear()
    if (this.#timer) clearTimeout(this.#timer)
  }

  #set(): void {
    const first = this.#events.first
    if (!first || first.dueMs === Number.POSITIVE_INFINITY) return
    const waitMs = first.dueMs - this.nowMs()
    if (waitMs <= EARLY_MS) {
      if (this.#isTurnSet) return
      this.#isTurnSet = true
      setImmediate(() => {
        this.#isTurnSet = false
        this.#run()
      })
      return
    }
    if (this.#timer && this.#timerMs <= first.dueMs) return
    if (this.#timer) clearTimeout(this.#timer)
    this.#timerMs = first.dueMs
    this.#timer = setTimeout(
      () => {
        this.#timer = null
        this.#run()
      },
      Math.max(1, Math.floor(waitMs)),
    )
  }

  #run(): void {
    const startMs = this.nowMs()
    this.#isRunning = true
    let nowMs = startMs
    for (;;) {
      const first = this.#events.first
      if (!first || first.dueMs > nowMs + EARLY_MS || nowMs - startMs > LONGEST_TURN_MS) break
      this.#events.shift()
      const late = Math.min(100, Math.max(0, Math.floor(nowMs - first.dueMs)))
      this.latenessMs[late] = (this.latenessMs[late] ?? 0) + 1
      first.run()
      nowMs = this.nowMs()
    }
    this.#isRunning = false
    this.#set()
  }
}

/** The smallest number of whole milliseconds that this share of the events was not later than. */
export function latenessAt(latenessMs: Uint32Array, share: number): number {
  const total = latenessMs.reduce((sum, count) => sum + count, 0)
  let seen = 0
  for (const [ms, count] of latenessMs.entries()) {
    seen += count
    if (seen >= share * total) return ms
  }
  return 0
}
