import { KIB, MIB, SECOND_MS, type ByteSpan } from '@matinee/base'

/** What a reader is taken to play at when nobody says: 8 Mbit/s. */
export const USUAL_BYTES_PER_SECOND = 1_000_000
/** Nested goals of a reader that starves: the first bytes, then so many seconds of film. */
const FIRST_GOAL_BYTES = 64 * KIB
const GOAL_SECONDS = [1, 1.5, 2, 2.7, 4, 8] as const
/** The film begins at the earliest when so much of it is here. */
const EARLIEST_START_SECONDS = 1
/** Urgent while it plays. */
const URGENT_SECONDS = 2
/** Fetched ahead. */
const AHEAD_SECONDS = 60
const LEAST_AHEAD_BYTES = 16 * MIB
/** Fetched ahead in the calm: verifying it takes a few milliseconds. A short film is here whole all the same. */
const CALM_AHEAD_BYTES = 4 * MIB

/** Where a reader stands. Positions are bytes of the torrent. */
export interface Progress {
  /** End of the verified run that begins where the reader is. */
  readonly verifiedEnd: number
  /** The next byte that the reader gives out. */
  readonly position: number
  readonly nowMs: number
}

/** What one reader needs, in bytes of the torrent; spans are never empty. */
export interface Need {
  /** Nested, the nearest first; empty while it plays. */
  readonly goals: readonly ByteSpan[]
  /** Urgent while it plays, with the time at which its first byte is due and the pace from there. */
  readonly window: {
    readonly span: ByteSpan
    readonly startDueMs: number
    readonly bytesPerSecond: number
  } | null
  /** To be fetched ahead. */
  readonly later: ByteSpan | null
  /** There will be more to fetch ahead, by itself, in a moment. */
  readonly isCalm: boolean
  /** Film that is here beyond the playhead. */
  readonly bufferSeconds: number
}

type State =
  /** Collects its first seconds; `startedMs`: when the film may have begun, `null` = it can't have. */
  | { readonly kind: 'starving'; readonly anchor: number; readonly startedMs: number | null }
  | { readonly kind: 'playing'; readonly anchor: number; readonly startedMs: number }

/**
 * What is known of a player that reads: whether it waits for its first seconds or plays, and where it
 * may be (docs/streaming.md, "What readers need"). A decision over values; it has no clock.
 */
export class Playback {
  readonly bytesPerSecond: number
  readonly #span: ByteSpan
  readonly #calmMs: number
  /** When something was needed first. */
  #firstMs: number | null = null
  #state: State

  /** `span` in bytes of the torrent. `calmMs`: for so long from now on little is fetched ahead. */
  constructor(span: ByteSpan, bytesPerSecond: number = USUAL_BYTES_PER_SECOND, calmMs = 0) {
    this.#span = span
    this.#calmMs = calmMs
    this.bytesPerSecond = Math.max(1, bytesPerSecond)
    this.#state = { kind: 'starving', anchor: span.start, startedMs: null }
  }

  get isStarving(): boolean {
    return this.#state.kind === 'starving'
  }

  /** What is needed now. Called whenever that may have changed. */
  need(progress: Progress): Need {
    this.#advance(progress)
    const { position, verifiedEnd, nowMs } = progress
    this.#firstMs ??= nowMs
    const isCalm = nowMs - this.#firstMs < this.#calmMs
    const playhead = this.#playhead(progress)
    const bufferSeconds = (verifiedEnd - playhead) / this.bytesPerSecond
    const aheadBytes = isCalm
      ? CALM_AHEAD_BYTES
      : Math.max(LEAST_AHEAD_BYTES, AHEAD_SECONDS * this.bytesPerSecond)
    const aheadEnd = this.#within(Math.max(playhead, position) + aheadBytes)
    const { anchor } = this.#state
    if (this.#state.kind === 'starving') {
      const ends = [FIRST_GOAL_BYTES, ...GOAL_SECONDS.map((s) => s * this.bytesPerSecond)]
        .map((bytes) => this.#within(anchor + bytes))
        .filter((end) => end > verifiedEnd)
        .toSorted((a, b) => a - b)
      const goals = ends.map((end) => ({ start: verifiedEnd, end }))
      const later = spanOrNull(Math.max(verifiedEnd, ends.at(-1) ?? 0), aheadEnd)
      return { goals, window: this.#window(progress, playhead), later, isCalm, bufferSeconds }
    }
    const window = this.#window(progress, playhead)
    const later = spanOrNull(window?.span.end ?? verifiedEnd, aheadEnd)
    return { goals: [], window, later, isCalm, bufferSeconds }
  }

  /** What the film needs next, if it may have begun. */
  #window({ verifiedEnd, nowMs }: Progress, playhead: number): Need['window'] {
    const { anchor, startedMs } = this.#state
    const end = this.#within(playhead + URGENT_SECONDS * this.bytesPerSecond)
    const span = spanOrNull(verifiedEnd, end)
    if (startedMs === null || span === null) return null
    const dueMs = startedMs + ((verifiedEnd - anchor) / this.bytesPerSecond) * SECOND_MS
    return { span, startDueMs: Math.max(nowMs, dueMs), bytesPerSecond: this.bytesPerSecond }
  }

  #advance(progress: Progress): void {
    const { verifiedEnd, nowMs } = progress
    const state = this.#state
    const reached = (seconds: number): boolean =>
      verifiedEnd >= this.#within(state.anchor + seconds * this.bytesPerSecond)
    if (state.kind === 'playing') {
      const isDry = verifiedEnd < this.#span.end && this.#playhead(progress) >= verifiedEnd
      if (isDry) this.#state = { kind: 'starving', anchor: verifiedEnd, startedMs: null }
      return
    }
    const { anchor } = state
    const startedMs = state.startedMs ?? (reached(EARLIEST_START_SECONDS) ? nowMs : null)
    const isFull = startedMs !== null && reached(Math.max(...GOAL_SECONDS))
    this.#state = isFull
      ? { kind: 'playing', anchor, startedMs }
      : { kind: 'starving', anchor, startedMs }
  }

  /** The furthest that the film may be: never beyond what the reader has taken. */
  #playhead({ position, nowMs }: Progress): number {
    const { anchor, startedMs } = this.#state
    if (startedMs === null) return Math.min(anchor, position)
    const playedBytes = ((nowMs - startedMs) / SECOND_MS) * this.bytesPerSecond
    return Math.min(anchor + playedBytes, position)
  }

  #within(position: number): number {
    return Math.min(Math.ceil(position), this.#span.end)
  }
}

function spanOrNull(start: number, end: number): ByteSpan | null {
  return start < end ? { start, end } : null
}
