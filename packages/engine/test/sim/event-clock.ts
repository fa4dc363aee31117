import { SeededRandom } from '@matinee/testkit'
import type { Clock, Timer } from '@matinee/base'

interface Event {
  readonly dueMs: number
  readonly order: number
  readonly run: () => void
  isCanceled: boolean
}

/** Simulated time without promises: events run one after another in a plain loop, a million a second. */
export class EventClock implements Clock {
  readonly #heap: Event[] = []
  #nowMs = 0
  #order = 0
  /** Events run so far. */
  count = 0

  nowMs(): number {
    return this.#nowMs
  }

  wallMs(): number {
    return this.#nowMs
  }

  setTimer(delayMs: number, run: () => void): Timer {
    return this.at(this.#nowMs + delayMs, run)
  }

  /** Runs at a moment, or now if that has passed. */
  at(dueMs: number, run: () => void): Timer {
    const event: Event = {
      dueMs: Math.max(dueMs, this.#nowMs),
      order: this.#order++,
      run,
      isCanceled: false,
    }
    this.#push(event)
    return {
      cancel: () => {
        event.isCanceled = true
      },
    }
  }

  /** Runs events until something is so, or time is up. True = it is so. */
  runUntil(isSo: () => boolean, untilMs: number): boolean {
    while (!isSo()) {
      const event = this.#heap[0]
      if (!event || event.dueMs > untilMs) {
        this.#nowMs = Math.max(this.#nowMs, untilMs)
        return isSo()
      }
      this.#pop()
      if (event.isCanceled) continue
      this.#nowMs = event.dueMs
      this.count++
      event.run()
    }
    return true
  }

  #push(event: Event): void {
    const heap = this.#heap
    let at = heap.push(event) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      const other = heap[parent]
      if (!other || isBefore(other, event)) break
      heap[at] = other
      at = parent
    }
    heap[at] = event
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()
    if (!last || heap.length === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      const left = heap[child]
      const right = heap[child + 1]
      if (left && right && isBefore(right, left)) child++
      const next = heap[child]
      if (!next || isBefore(last, next)) break
      heap[at] = next
      at = child
    }
    heap[at] = last
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order)
}

/** Chance of one run; everything in it is forked from here. */
export function chanceOf(scenario: string, seed: number): SeededRandom {
  return new SeededRandom(`${scenario}/${seed}`)
}
