import { performance } from 'node:perf_hooks'

interface Event {
  readonly dueMs: number
  readonly order: number
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
  readonly #heap: Event[] = []
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
    const heap = this.#heap
    let at = heap.push(event) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = heap[parent]
      if (!above || !isBefore(event, above)) break
      heap[at] = above
      at = parent
    }
    heap[at] = event
    if (!this.#isRunning && at === 0) this.#set()
  }

  /** Forgets everything. */
  clear(): void {
    this.#heap.length = 0
    if (this.#timer) clearTimeout(this.#timer)
  }

  #set(): void {
    const first = this.#heap[0]
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
      const first = this.#heap[0]
      if (!first || first.dueMs > nowMs + EARLY_MS || nowMs - startMs > LONGEST_TURN_MS) break
      this.#shift()
      const late = Math.min(100, Math.max(0, Math.floor(nowMs - first.dueMs)))
      this.latenessMs[late] = (this.latenessMs[late] ?? 0) + 1
      first.run()
      nowMs = this.nowMs()
    }
    this.#isRunning = false
    this.#set()
  }

  #shift(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (heap.length === 0 || !last) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      const right = heap[child + 1]
      const left = heap[child]
      if (left && right && isBefore(right, left)) child++
      const below = heap[child]
      if (!below || !isBefore(below, last)) break
      heap[at] = below
      at = child
    }
    heap[at] = last
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order)
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
