import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

/** The film begins when its index and two seconds are here. */
const INDEX_BYTES = 400_000
const START_SECONDS = 2
/** After a seek. */
const SEEK_SECONDS = 1.5
/** Where the seeks go, in this order. */
const SEEK_SHARES = [0.9, 0.6, 0.75] as const
/** What a browser takes beyond what it plays before it stops reading. */
const BUFFER_BYTES = 12_000_000
/** A film that stands still goes on when so much is here. */
const RESUME_SECONDS = 1
/** Nobody waits longer. */
const PATIENCE_MS = 60_000
const PLAYER_TICK_MS = 50

/** What a player is told. */
export interface PlayOrder {
  readonly filmBytes: number
  readonly bytesPerSecond: number
  /** How long the film is watched before the seeks, and after each. */
  readonly watchSeconds: number
  readonly watchAfterSeekSeconds: number
  /** The film is got ready for so long before play is pressed, by an engine that can; 0 = not at all. */
  readonly warmSeconds: number
  /** Reads the whole film as fast as it comes instead. */
  readonly isWhole: boolean
}

/** A part of the film being read, from some byte to its end. */
export interface OpenRange {
  readonly chunks: AsyncIterable<Uint8Array>
  close(): void
}

/** What the player saw. Milliseconds; `null` = not within a minute. */
export interface PlayResult {
  /** Until the first verified byte. */
  readonly firstMs: number | null
  readonly playMs: number | null
  readonly seekMs: readonly (number | null)[]
  readonly stalledMs: number
  readonly stalls: number
  readonly wholeMs: number | null
  readonly receivedBytes: number
}

/** What must be here to begin, and after each seek: spans of bytes. */
export function playerSpans({ filmBytes, bytesPerSecond }: PlayOrder): {
  readonly play: { readonly start: number; readonly end: number }
  readonly seeks: readonly { readonly start: number; readonly end: number }[]
} {
  return {
    play: { start: 0, end: Math.min(filmBytes, INDEX_BYTES + START_SECONDS * bytesPerSecond) },
    seeks: SEEK_SHARES.map((share) => {
      const start = Math.floor(share * filmBytes)
      return { start, end: Math.min(filmBytes, Math.ceil(start + SEEK_SECONDS * bytesPerSecond)) }
    }),
  }
}

/**
 * Plays a film as a browser does: one request from the first byte on, read in order until its own buffer is
 * full, then at the film's pace; a seek drops it and asks from another byte.
 */
export class FilmPlayer {
  readonly #order: PlayOrder
  readonly #open: (start: number) => OpenRange | Promise<OpenRange>
  readonly #onSeek: (start: number) => void
  #range: OpenRange | null = null
  #generation = 0
  /** The next byte that will be read. */
  #position = 0
  /** Where the film is. */
  #playhead = 0
  #receivedBytes = 0
  #firstMs: number | null = null
  #stalledMs = 0
  #stalls = 0
  #startMs = 0
  #wake: (() => void) | null = null

  constructor(
    order: PlayOrder,
    parts: {
      readonly open: (start: number) => OpenRange | Promise<OpenRange>
      /** Told at the very moment of a seek. */
      readonly onSeek: (start: number) => void
    },
  ) {
    this.#order = order
    this.#open = parts.open
    this.#onSeek = parts.onSeek
  }

  /** From pressing play at `startMs` (of performance.now) to the last seek. */
  async run(startMs: number): Promise<PlayResult> {
    this.#startMs = startMs
    const { watchSeconds, watchAfterSeekSeconds, isWhole, filmBytes } = this.#order
    const spans = playerSpans(this.#order)
    const playMs = await this.#goTo(spans.play, startMs)
    const seekMs: (number | null)[] = []
    let wholeMs: number | null = null
    if (isWhole) wholeMs = await this.#reach(filmBytes, startMs, 20 * PATIENCE_MS)
    else {
      this.#playhead = INDEX_BYTES
      if (playMs !== null) await this.#watch(watchSeconds)
      for (const span of spans.seeks) {
        const fromMs = performance.now()
        this.#onSeek(span.start)
        const tookMs = await this.#goTo(span, fromMs)
        seekMs.push(tookMs)
        if (tookMs !== null) await this.#watch(watchAfterSeekSeconds)
      }
    }
    this.#generation++
    this.#range?.close()
    return {
      firstMs: this.#firstMs,
      playMs,
      seekMs,
      stalledMs: Math.round(this.#stalledMs),
      stalls: this.#stalls,
      wholeMs,
      receivedBytes: this.#receivedBytes,
    }
  }

  async #goTo(
    span: { readonly start: number; readonly end: number },
    fromMs: number,
  ): Promise<number | null> {
    this.#range?.close()
    this.#position = span.start
    this.#playhead = span.start
    void this.#read(span.start, ++this.#generation)
    return this.#reach(span.end, fromMs, PATIENCE_MS)
  }

  async #read(start: number, generation: number): Promise<void> {
    const range = await this.#open(start)
    if (generation !== this.#generation) {
      range.close()
      return
    }
    this.#range = range
    try {
      for await (const bytes of range.chunks) {
        if (generation !== this.#generation) return
        this.#firstMs ??= performance.now() - this.#startMs
        this.#position += bytes.length
        this.#receivedBytes += bytes.length
        this.#wake?.()
        while (!this.#order.isWhole && this.#position - this.#playhead > BUFFER_BYTES) {
          await sleep(PLAYER_TICK_MS)
          if (generation !== this.#generation) return
        }
      }
    } catch (error) {
      // The end of a range that was closed; anything else shows as a time that never came.
      if (generation === this.#generation) console.error(error)
    }
  }

  /** How long until the film is here up to `end`. */
  async #reach(end: number, fromMs: number, patienceMs: number): Promise<number | null> {
    while (this.#position < end) {
      const leftMs = fromMs + patienceMs - performance.now()
      if (leftMs <= 0) return null
      const timer = new AbortController()
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#wake = resolve
      const tooLong = sleep(leftMs, undefined, { signal: timer.signal }).catch(() => {})
      await Promise.race([promise, tooLong])
      timer.abort()
    }
    return performance.now() - fromMs
  }

  async #watch(seconds: number): Promise<void> {
    const { bytesPerSecond, filmBytes } = this.#order
    let lastMs = performance.now()
    const untilMs = lastMs + 1000 * seconds
    let isStalled = false
    while (lastMs < untilMs) {
      await sleep(PLAYER_TICK_MS)
      const nowMs = performance.now()
      const passedMs = nowMs - lastMs
      lastMs = nowMs
      if (isStalled) {
        this.#stalledMs += passedMs
        const enough = Math.min(filmBytes, this.#playhead + RESUME_SECONDS * bytesPerSecond)
        isStalled = this.#position < enough
        continue
      }
      this.#playhead += (passedMs / 1000) * bytesPerSecond
      if (this.#playhead <= this.#position) continue
      this.#playhead = this.#position
      isStalled = this.#position < filmBytes
      if (isStalled) this.#stalls++
    }
  }
}
