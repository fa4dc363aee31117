import {
  LIMITS,
  SECOND_MS,
  messageOf,
  type Clock,
  type Log,
  type SocketAddress,
  type Timer,
} from '@matinee/base'
import type { AnnounceAnswer } from '@matinee/protocol'

/** What we tell a tracker about ourselves (BEP 3). */
export interface AnnounceFacts {
  readonly event: 'started' | 'stopped' | 'completed' | null
}

/** How one tracker stands, for showing. Texts of the tracker are cleaned and short. */
export type TrackerState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly peers: number; readonly nextMs: number }
  | { readonly kind: 'failed'; readonly reason: string; readonly nextMs: number }

/** Asks one tracker once. Throws when it doesn't answer with a list of peers. */
export type AnnounceCall = (
  url: string,
  facts: AnnounceFacts,
  signal: AbortSignal,
) => Promise<AnnounceAnswer>

/** First wait after a failure; doubles up to {@link LIMITS.trackerBackOffMs}. */
const FIRST_WAIT_MS = 15 * SECOND_MS

/**
 * Keeps one torrent announced at one tracker: at once, then as often as the tracker says (never more
 * often than once a minute), after failures ever more rarely; says goodbye at the end.
 */
export class Announcer {
  readonly url: string
  readonly #call: AnnounceCall
  readonly #clock: Clock
  readonly #log: Log
  readonly #onPeers: (peers: readonly SocketAddress[]) => void
  readonly #onFailed: () => void
  readonly #stopping = new AbortController()
  #state: TrackerState = { kind: 'waiting' }
  #timer: Timer | null = null
  #askedMs = -Infinity
  #failures = 0
  #wasToldOf = false
  /** What was asked last is out of date: to be asked again as soon as that is answered. */
  #isStale = false
  #isResting = false
  #completion: 'missing' | 'untold' | 'told' = 'missing'
  #stopped: Promise<void> | null = null

  constructor(options: {
    readonly url: string
    readonly call: AnnounceCall
    readonly clock: Clock
    readonly log: Log
    /** It has answered; there may be none. */
    readonly onPeers: (peers: readonly SocketAddress[]) => void
    readonly onFailed: () => void
  }) {
    this.url = options.url
    this.#call = options.call
    this.#clock = options.clock
    this.#log = options.log
    this.#onPeers = options.onPeers
    this.#onFailed = options.onFailed
  }

  get state(): TrackerState {
    return this.#state
  }

  /** Announces now: for the first time, or because what the tracker knows is out of date. */
  start(): void {
    this.#isResting = false
    this.#timer?.cancel()
    if (this.#state.kind === 'asking') this.#isStale = true
    else void this.#announce()
  }

  /** Somebody waits and nobody is there: asks again, though never more often than once a minute. */
  hurry(): void {
    const isIdle = this.#state.kind === 'answered' || this.#state.kind === 'failed'
    if (isIdle && this.#clock.nowMs() - this.#askedMs >= LIMITS.announceEveryMs) this.start()
  }

  /** It isn't needed now. It is told when we go, if it knows of us. */
  rest(): void {
    this.#isResting = true
    this.#timer?.cancel()
    if (this.#state.kind !== 'asking') this.#state = { kind: 'waiting' }
  }

  /** The last byte has come. */
  completed(): void {
    if (this.#completion !== 'missing') return
    this.#completion = 'untold'
    if (this.#wasToldOf) this.start()
  }

  /** Says goodbye where we were known, within {@link LIMITS.goodbyeMs}. Never throws. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #stop(): Promise<void> {
    this.#timer?.cancel()
    this.#stopping.abort(new DOMException('the torrent stops', 'AbortError'))
    if (!this.#wasToldOf) return
    const deadline = new AbortController()
    const timer = this.#clock.setTimer(LIMITS.goodbyeMs, () => deadline.abort())
    try {
      await this.#call(this.url, { event: 'stopped' }, deadline.signal)
    } catch (error) {
      this.#log.debug('tracker goodbye failed', { reason: messageOf(error) })
    } finally {
      timer.cancel()
    }
  }

  async #announce(): Promise<void> {
    const isCompletion = this.#wasToldOf && this.#completion === 'untold'
    const event = !this.#wasToldOf ? 'started' : isCompletion ? 'completed' : null
    this.#state = { kind: 'asking' }
    this.#askedMs = this.#clock.nowMs()
    this.#isStale = false
    try {
      const answer = await this.#call(this.url, { event }, this.#stopping.signal)
      this.#wasToldOf = true
      if (this.#stopping.signal.aborted) return
      this.#failures = 0
      if (isCompletion) this.#completion = 'told'
      const isBehind = this.#isStale || this.#completion === 'untold'
      this.#wait(isBehind ? 0 : answer.intervalMs, (nextMs) => ({
        kind: 'answered',
        peers: answer.peers.length,
        nextMs,
      }))
      this.#onPeers(answer.peers)
    } catch (error) {
      if (this.#stopping.signal.aborted) return
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LIMITS.trackerBackOffMs)
      this.#failures++
      const reason = messageOf(error)
      this.#log.debug('tracker failed', { reason })
      this.#wait(waitMs, (nextMs) => ({ kind: 'failed', reason, nextMs }))
      this.#onFailed()
    }
  }

  #wait(waitMs: number, state: (nextMs: number) => TrackerState): void {
    this.#state = this.#isResting ? { kind: 'waiting' } : state(this.#clock.nowMs() + waitMs)
    if (this.#isResting) return
    this.#timer = this.#clock.setTimer(waitMs, () => this.start())
  }
}
