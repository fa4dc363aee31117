import type { PieceBuffer } from './piece-buffer.ts'

/** So many bytes may wait to be appended before no more are asked for. */
const MOST_QUEUED_BYTES = 512 * 1024
const CHECK_MS = 200
/** Sound that stops coming at the same place so often can't be made. */
const MOST_TRIES = 3

/** Gets sound from a moment on. Throws when there is none. */
export type FetchSound = (fromSeconds: number, signal: AbortSignal) => Promise<Response>

/** Sound that the server makes, fetched as far as it's needed. */
export class SoundFeed {
  readonly #fetch: FetchSound
  readonly #buffer: PieceBuffer
  readonly #mayGoOn: () => boolean
  readonly #onBroken: () => void
  #running: AbortController | null = null

  /** @param mayGoOn whether there is room for more */
  constructor(parts: {
    readonly fetch: FetchSound
    readonly buffer: PieceBuffer
    readonly mayGoOn: () => boolean
    readonly onBroken: () => void
  }) {
    this.#fetch = parts.fetch
    this.#buffer = parts.buffer
    this.#mayGoOn = parts.mayGoOn
    this.#onBroken = parts.onBroken
  }

  /** Begins anew at a moment. */
  from(seconds: number): void {
    this.close()
    const running = new AbortController()
    this.#running = running
    void this.#run(seconds, running.signal)
  }

  close(): void {
    this.#running?.abort()
  }

  async #run(fromSeconds: number, signal: AbortSignal): Promise<void> {
    let at = fromSeconds
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const isWhole = await this.#stream(at, signal)
      if (signal.aborted) return
      if (isWhole) {
        this.#buffer.end()
        return
      }
      // The server cuts off who takes nothing for a minute, as in a pause: it goes on from there.
      while (!this.#buffer.isIdle) await wait(CHECK_MS)
      const end = this.#buffer.endFrom(at)
      if (end > at + 0.5) tries = 0
      at = end
      if (signal.aborted) return
    }
    this.#onBroken()
  }

  /** False when it was cut off. */
  async #stream(fromSeconds: number, signal: AbortSignal): Promise<boolean> {
    try {
      const response = await this.#fetch(fromSeconds, signal)
      const reader = response.body?.getReader()
      if (!response.ok || reader === undefined) return false
      let offsetSeconds: number | null = fromSeconds
      let isEmpty = true
      for (;;) {
        const { done, value } = await reader.read()
        signal.throwIfAborted()
        if (done) return !isEmpty
        isEmpty = false
        this.#buffer.add({ bytes: new Uint8Array(value), offsetSeconds })
        offsetSeconds = null
        while (!this.#mayGoOn() || this.#buffer.queuedBytes > MOST_QUEUED_BYTES) {
          await wait(CHECK_MS)
          signal.throwIfAborted()
        }
      }
    } catch {
      return false
    }
  }
}

function wait(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs))
}
