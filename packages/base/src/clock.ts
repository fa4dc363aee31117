/** Time as everything in packages/ sees it. The real one is in an app's system file; tests use testkit's. */
export interface Clock {
  /** Milliseconds since an arbitrary start. Never goes back; use it for every interval. */
  nowMs(): number
  /** Milliseconds since 1970. May jump either way; only for showing and for signed dates. */
  wallMs(): number
  /** Calls `run` once, `delayMs` from now (0 = as soon as the current turn is over). */
  setTimer(delayMs: number, run: () => void): Timer
}

/** A timer that can be called off. Canceling one that has run does nothing. */
export interface Timer {
  cancel(): void
}

/** Resolves after `delayMs`. Rejects with the signal's reason when aborted first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error)
      return
    }
    const onAbort = (): void => {
      timer.cancel()
      reject(signal?.reason as Error)
    }
    const timer = clock.setTimer(delayMs, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
