import type { Clock, Timer } from '@matinee/base'
import { CastError } from '../cast-error.ts'
import { CAST_LIMITS } from '../cast-limits.ts'

interface Pending<Answer> {
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: CastError) => void
  readonly timer: Timer
}

/** Questions of one namespace that wait for their answers. */
export class PendingAnswers<Answer extends { readonly requestId: number }> {
  readonly #clock: Clock
  readonly #waiting = new Map<number, Pending<Answer>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The answer with this number. Throws {@link CastError} `away` when none comes in time, or what {@link end} is given. */
  wait(requestId: number, waitMs: number): Promise<Answer> {
    if (this.#waiting.size >= CAST_LIMITS.openRequests)
      return Promise.reject(new CastError('away', 'the screen answers nothing'))
    return new Promise((resolve, reject) => {
      const timer = this.#clock.setTimer(waitMs, () => {
        this.#waiting.delete(requestId)
        reject(new CastError('away', 'the screen did not answer in time'))
      })
      this.#waiting.set(requestId, { resolve, reject, timer })
    })
  }

  /** An answer came; one that nobody waits for is nothing. */
  settle(answer: Answer): void {
    const pending = this.#waiting.get(answer.requestId)
    if (pending === undefined) return
    this.#waiting.delete(answer.requestId)
    pending.timer.cancel()
    pending.resolve(answer)
  }

  /** None will come any more. */
  end(error: CastError): void {
    for (const { reject, timer } of this.#waiting.values()) {
      timer.cancel()
      reject(error)
    }
    this.#waiting.clear()
  }
}
