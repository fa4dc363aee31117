import { KIB, MINUTE_MS, SECOND_MS, type Clock, type Timer } from '@matinee/base'
import { SourceError, type FeedSource } from './feed-source.ts'

/** C5: how long a source may take. */
export const SOURCE_LIMITS = {
  /** All roles of a version together. */
  checkMs: 30 * SECOND_MS,
  /** The same for the swarm, in which whoever has it must be found first. */
  swarmCheckMs: 2 * MINUTE_MS,
  /** A file's first byte, and any small file. */
  answerMs: 30 * SECOND_MS,
  leastBytesPerSecond: KIB,
  /** Over which the least rate is judged. */
  windowMs: 10 * SECOND_MS,
  /** A large file is given its length at this rate besides. */
  expectedBytesPerSecond: 16 * KIB,
} as const

/** How long all roles together may take from a source. */
export function checkTimeMs(kind: FeedSource['kind']): number {
  return kind === 'swarm' ? SOURCE_LIMITS.swarmCheckMs : SOURCE_LIMITS.checkMs
}

/** How long a file of at most so many bytes may take in all. */
export function fileTimeMs(maxBytes: number): number {
  const { answerMs, expectedBytesPerSecond } = SOURCE_LIMITS
  return answerMs + Math.ceil(maxBytes / expectedBytesPerSecond) * SECOND_MS
}

/** Aborts when time is up. Dispose it, or its timer stays. */
export class Deadline implements Disposable {
  readonly #over = new AbortController()
  readonly #timer: Timer
  /** Aborted by time, or with what was handed in. */
  readonly signal: AbortSignal

  constructor(clock: Clock, timeMs: number, signal: AbortSignal) {
    this.signal = AbortSignal.any([signal, this.#over.signal])
    this.#timer = clock.setTimer(timeMs, () => {
      this.#over.abort(new SourceError('too-slow', `not done in ${timeMs} ms`))
    })
  }

  [Symbol.dispose](): void {
    this.#timer.cancel()
  }
}

/** Aborts when a body drips: fewer bytes in a window than the least rate allows. */
export class PaceGuard implements Disposable {
  readonly #clock: Clock
  readonly #over = new AbortController()
  readonly signal: AbortSignal
  #inWindow = 0
  #timer: Timer

  constructor(clock: Clock, signal: AbortSignal) {
    this.#clock = clock
    this.signal = AbortSignal.any([signal, this.#over.signal])
    this.#timer = this.#watch()
  }

  /** So many bytes came. */
  note(bytes: number): void {
    this.#inWindow += bytes
  }

  [Symbol.dispose](): void {
    this.#timer.cancel()
  }

  #watch(): Timer {
    const { windowMs, leastBytesPerSecond } = SOURCE_LIMITS
    return this.#clock.setTimer(windowMs, () => {
      const least = (leastBytesPerSecond * windowMs) / SECOND_MS
      if (this.#inWindow < least)
        this.#over.abort(new SourceError('too-slow', `${this.#inWindow} bytes in ${windowMs} ms`))
      this.#inWindow = 0
      this.#timer = this.#watch()
    })
  }
}
