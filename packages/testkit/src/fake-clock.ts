import type { Clock, Timer } from '@matinee/base'
import { TimerQueue } from './timer-queue.ts'

/** Why simulated time could not go on; `code` is stable. */
export type FakeClockErrorCode = 'too-late' | 'nothing-pending' | 'stuck'

/** What was awaited does not happen in simulated time. */
export class FakeClockError extends Error {
  override readonly name = 'FakeClockError'
  readonly code: FakeClockErrorCode
  constructor(code: FakeClockErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** The times at which a fake clock starts. */
export interface FakeClockOptions {
  /** Monotonic start. Default 0. */
  readonly startMs?: number
  /** Wall clock at the start. Default 2026-01-01T00:00:00Z. */
  readonly startWallMs?: number
}

const DEFAULT_WALL_MS = Date.UTC(2026, 0, 1)
/** So many timers at one moment are a loop, not a plan. */
const TIMERS_PER_MOMENT = 200_000
/** Real waiting for real work (files, child processes) before `run` says that nothing can happen. */
const REAL_PATIENCE_MS = 500

// Taken now, so that a test which mocks the globals doesn't stop simulated time.
const laterTurn = setImmediate
const realTimer = setTimeout

/**
 * Simulated time. It stands still until a test moves it; then timers run one by one in order, and after
 * each of them all promises that can go on do so before the next one runs. So a simulated hour takes
 * milliseconds, and two runs of the same test are the same.
 */
export class FakeClock implements Clock {
  #nowMs: number
  #wallMs: number
  #order = 0
  #changes = 0
  #pending = 0
  #isMoving = false
  readonly #queue = new TimerQueue()

  constructor(options: FakeClockOptions = {}) {
    this.#nowMs = options.startMs ?? 0
    this.#wallMs = options.startWallMs ?? DEFAULT_WALL_MS
  }

  nowMs(): number {
    return this.#nowMs
  }

  wallMs(): number {
    return this.#wallMs
  }

  setTimer(delayMs: number, run: () => void): Timer {
    if (!(delayMs >= 0)) throw new RangeError(`a timer cannot be set ${delayMs} ms ahead`)
    const timer = { dueMs: this.#nowMs + delayMs, order: this.#order++, run, canceled: false }
    // A timer that is never due (Infinity) is not waited for.
    if (delayMs !== Infinity) this.#queue.push(timer)
    this.#pending++
    this.#changes++
    return {
      cancel: () => {
        if (timer.canceled) return
        timer.canceled = true
        this.#pending--
        this.#changes++
      },
    }
  }

  /** Timers set, not yet run and not called off. A test that ends with 0 left nothing behind. */
  get pendingTimers(): number {
    return this.#pending
  }

  /** Milliseconds until the next timer, or `null` when there is none. */
  get nextTimerInMs(): number | null {
    const next = this.#queue.peek()
    return next === null ? null : Math.max(0, next.dueMs - this.#nowMs)
  }

  /** Moves time by `ms`, running everything that is due on the way, the last moment included. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms
    await this.#exclusively(async () => {
      await this.settle()
      while (await this.#step(untilMs)) continue
      this.#moveTo(untilMs)
    })
  }

  /**
   * Moves time until `promise` settles and passes on its outcome. With `maxMs` of simulated time gone
   * first, throws {@link FakeClockError} `too-late`; `nothing-pending` when no timer is left that could
   * make it settle.
   *
   * @param maxMs default 10 simulated minutes
   */
  async run<T>(promise: Promise<T>, maxMs = 600_000): Promise<T> {
    let isSettled = false
    const settled = promise.finally(() => {
      isSettled = true
    })
    // The outcome is awaited at the end; until then a rejection is not unhandled.
    settled.catch(() => undefined)
    const untilMs = this.#nowMs + maxMs
    await this.#exclusively(async () => {
      await this.settle()
      let realWaitMs = 0
      while (!isSettled) {
        const next = this.#queue.peek()
        if (next !== null && next.dueMs > untilMs) {
          throw new FakeClockError('too-late', `not settled after ${maxMs} simulated ms`)
        }
        if (next !== null) {
          await this.#step(untilMs)
          realWaitMs = 0
        } else if (realWaitMs < REAL_PATIENCE_MS) {
          await new Promise((resolve) => realTimer(resolve, 5))
          realWaitMs += 5
        } else {
          throw new FakeClockError('nothing-pending', 'not settled, and no timer is set')
        }
      }
    })
    return settled
  }

  /** Lets every promise that can go on do so, without moving time. */
  async settle(): Promise<void> {
    let seen: number
    do {
      seen = this.#changes
      // A turn of the event loop drains all promise jobs, however long their chains are.
      await new Promise<void>((resolve) => laterTurn(resolve))
    } while (this.#changes !== seen)
  }

  /** The wall clock is set by `ms` (negative: back). Intervals don't notice. */
  jumpWall(ms: number): void {
    this.#wallMs += ms
  }

  /** The machine slept and its monotonic clock slept too: wall +`ms`, no timer came nearer. */
  suspend(ms: number): void {
    this.#wallMs += ms
  }

  /** The process stood still while both clocks ran on. Timers that fell due run late, at the next move. */
  freeze(ms: number): void {
    this.#nowMs += ms
    this.#wallMs += ms
  }

  async #step(untilMs: number): Promise<boolean> {
    const next = this.#queue.peek()
    if (next === null || next.dueMs > untilMs) return false
    this.#queue.pop()
    this.#moveTo(next.dueMs)
    next.canceled = true
    this.#pending--
    this.#countMoment()
    next.run()
    await this.settle()
    return true
  }

  #momentMs = -1
  #momentTimers = 0

  #countMoment(): void {
    if (this.#momentMs !== this.#nowMs) {
      this.#momentMs = this.#nowMs
      this.#momentTimers = 0
    }
    if (++this.#momentTimers > TIMERS_PER_MOMENT) {
      throw new FakeClockError('stuck', `timers are set in a circle at ${this.#nowMs} ms`)
    }
  }

  #moveTo(ms: number): void {
    // After a freeze, timers are overdue: they run now, not in the past.
    if (ms <= this.#nowMs) return
    this.#wallMs += ms - this.#nowMs
    this.#nowMs = ms
  }

  async #exclusively(move: () => Promise<void>): Promise<void> {
    if (this.#isMoving) throw new Error('the clock is already being moved by someone else')
    this.#isMoving = true
    try {
      await move()
    } finally {
      this.#isMoving = false
    }
  }
}
