import { EventHeap, type HeapEvent } from './event-heap.ts'

/** A timer of the simulated clock. */
export interface QueuedTimer extends HeapEvent {
  readonly run: () => void
  canceled: boolean
}

/** Timers in the order in which they fall due; those that were called off are left out. */
export class TimerQueue {
  readonly #heap = new EventHeap<QueuedTimer>()

  push(timer: QueuedTimer): void {
    this.#heap.push(timer)
  }

  /** The earliest timer that has not been called off, or `null`. */
  peek(): QueuedTimer | null {
    while (this.#heap.first?.canceled === true) this.#heap.shift()
    return this.#heap.first ?? null
  }

  /** As {@link peek}, and takes it out. */
  pop(): QueuedTimer | null {
    const first = this.peek()
    if (first !== null) this.#heap.shift()
    return first
  }
}
