import {
  MINUTE_MS,
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

/** First wait after a failure; doubles up to {@link LONGEST_WAIT_MS}. */
const FIRST_WAIT_MS = 15 * SECOND_MS
const LONGEST_WAIT_MS = 30 * MINUTE_MS
/** A stop must not hold up the end of the program. */
const STOP_TIMEOUT_MS = 1 * SECOND_MS

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
  readonly #stopping = new AbortController()
  #state: TrackerState = { kind: 'waiting' }
  #timer: Timer | null = null
  #failures = 0
  #wasToldOf = false

  constructor(options: {
    readonly url: string
    readonly call: AnnounceCall
    readonly clock: Clock
    readonly log: Log
    readonly onPeers: (peers: readonly SocketAddress[]) => void
  }) {
    this.url = options.url
    this.#call = options.call
    this.#clock = options.clock
    this.#log = options.log
    this.#onPeers = options.onPeers
  }

  get state(): TrackerState {
    return this.#state
  }

  start(): void {
    void this.#announce(this.#wasToldOf ? null : 'started')
  }

  /** The last byte has come. */
  completed(): void {
    if (this.#wasToldOf && this.#state.kind !== 'asking') {
      this.#timer?.cancel()
      void this.#announce('completed')
    }
  }

  /** Says goodbye where we were known, within {@link STOP_TIMEOUT_MS}. Never throws. */
  async stop(): Promise<void> {
    this.#timer?.cancel()
    this.#stopping.abort(new DOMException('the torrent stops', 'AbortError'))
    if (!this.#wasToldOf) return
    const deadline = new AbortController()
    const timer = this.#clock.setTimer(STOP_TIMEOUT_MS, () => deadline.abort())
    try {
      await this.#call(this.url, { event: 'stopped' }, deadline.signal)
    } catch (error) {
      this.#log.debug('tracker goodbye failed', { reason: messageOf(error) })
    } finally {
      timer.cancel()
    }
  }

  async #announce(event: AnnounceFacts['event']): Promise<void> {
    this.#state = { kind: 'asking' }
    try {
      const answer = await this.#call(this.url, { event }, this.#stopping.signal)
      this.#failures = 0
      this.#wasToldOf = true
      this.#wait(answer.intervalMs, (nextMs) => ({
        kind: 'answered',
        peers: answer.peers.length,
        nextMs,
      }))
      this.#onPeers(answer.peers)
    } catch (error) {
      if (this.#stopping.signal.aborted) return
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS)
      this.#failures++
      const reason = messageOf(error)
      this.#log.debug('tracker failed', { reason })
      this.#wait(waitMs, (nextMs) => ({ kind: 'failed', reason, nextMs }))
    }
  }

  #wait(waitMs: number, state: (nextMs: number) => TrackerState): void {
    this.#state = state(this.#clock.nowMs() + waitMs)
    this.#timer = this.#clock.setTimer(waitMs, () => this.start())
  }
}
