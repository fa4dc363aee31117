import type { Clock, Timer } from '@matinee/base'
import { EventHeap, SeededRandom, type HeapEvent } from '@matinee/testkit'

interface Event extends HeapEvent {
  readonly run: () => void
  isCanceled: boolean
}

/** Simulated time without promises: events run one after another in a plain loop, a million a second. */
export class EventClock implements Clock {
  readonly #events = new EventHeap<Event>()
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
    this.#events.push(event)
    return {
      cancel: () => {
        event.isCanceled = true
      },
    }
  }

  /** Runs events until something is so, or time is up. True = it is so. */
  runUntil(isSo: () => boolean, untilMs: number): boolean {
    while (!isSo()) {
      const event = this.#events.first
      if (!event || event.dueMs > untilMs) {
        this.#nowMs = Math.max(this.#nowMs, untilMs)
        return isSo()
      }
      this.#events.shift()
      if (event.isCanceled) continue
      this.#nowMs = event.dueMs
      this.count++
      event.run()
    }
    return true
  }
}

/** Chance of one run; everything in it is forked from here. */
export function chanceOf(scenario: string, seed: number): SeededRandom {
  return new SeededRandom(`${scenario}/${seed}`)
}
