/** A timer of the simulated clock. `order` keeps timers of the same moment in the order they were set. */
export interface QueuedTimer {
  readonly dueMs: number
  readonly order: number
  readonly run: () => void
  canceled: boolean
}

/** Timers by due time, then by the order of setting: a binary heap, because a swarm sets thousands. */
export class TimerQueue {
  readonly #heap: QueuedTimer[] = []

  push(timer: QueuedTimer): void {
    const heap = this.#heap
    heap.push(timer)
    let at = heap.length - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.#swapIfBefore(at, parent)) return
      at = parent
    }
  }

  /** The earliest timer that has not been called off, or `null`. */
  peek(): QueuedTimer | null {
    for (;;) {
      const first = this.#heap[0]
      if (first === undefined) return null
      if (!first.canceled) return first
      this.#removeFirst()
    }
  }

  /** As {@link peek}, and takes it out. */
  pop(): QueuedTimer | null {
    const first = this.peek()
    if (first !== null) this.#removeFirst()
    return first
  }

  #removeFirst(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    heap[0] = last
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const right = left + 1
      const child = right < heap.length && this.#isBefore(right, left) ? right : left
      if (child >= heap.length || !this.#swapIfBefore(child, at)) return
      at = child
    }
  }

  #isBefore(a: number, b: number): boolean {
    const x = this.#heap[a]
    const y = this.#heap[b]
    if (x === undefined || y === undefined) return false
    return x.dueMs < y.dueMs || (x.dueMs === y.dueMs && x.order < y.order)
  }

  #swapIfBefore(a: number, b: number): boolean {
    const x = this.#heap[a]
    const y = this.#heap[b]
    if (x === undefined || y === undefined || !this.#isBefore(a, b)) return false
    this.#heap[a] = y
    this.#heap[b] = x
    return true
  }
}
