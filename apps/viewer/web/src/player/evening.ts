import { Listeners } from '../api/listeners.ts'
import type { PlayerClock } from './media-port.ts'

/** When the viewer means to be asleep: minutes from now, at the end of this film or episode, or not at all. */
export const SLEEP_CHOICES = ['off', 'end', 15, 30, 45, 60, 90] as const
export type SleepChoice = (typeof SLEEP_CHOICES)[number]

export interface EveningState {
  readonly sleep: SleepChoice
  /** Milliseconds of the clock at which the film is stopped; null = not by the clock. */
  readonly sleepAtMs: number | null
  /** Whether somebody is still there is asked before the next episode. */
  readonly mustAsk: boolean
}

/** So many episodes in a row start by themselves without a sign of life. */
export const UNWATCHED_EPISODES = 3
const MINUTE_MS = 60_000

/** What goes on from film to film: a sleep timer, and whether anybody still watches. */
export class Evening {
  readonly #clock: PlayerClock
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  #state: EveningState = { sleep: 'off', sleepAtMs: null, mustAsk: false }
  #callOff: () => void = () => undefined
  #untouched = 0
  #onSleep: () => void = () => undefined

  constructor(clock: PlayerClock) {
    this.#clock = clock
  }

  /** The same object until something changes. */
  get state(): EveningState {
    return this.#state
  }

  /** What stops the film that plays now. Returns how to take it back. */
  watch(onSleep: () => void): () => void {
    this.#onSleep = onSleep
    return () => {
      if (this.#onSleep === onSleep) this.#onSleep = () => undefined
    }
  }

  /** The viewer chooses anew; the time counts from now. */
  sleepAfter(sleep: SleepChoice): void {
    this.#callOff()
    if (typeof sleep !== 'number') return this.#change({ sleep, sleepAtMs: null })
    const delayMs = sleep * MINUTE_MS
    this.#callOff = this.#clock.after(delayMs, () => {
      this.#change({ sleep: 'off', sleepAtMs: null })
      this.#onSleep()
    })
    this.#change({ sleep, sleepAtMs: this.#clock.nowMs() + delayMs })
  }

  /** Somebody moved, typed or touched. */
  touched(): void {
    this.#untouched = 0
    if (this.#state.mustAsk) this.#change({ mustAsk: false })
  }

  /** An episode was started by nobody. */
  startedByItself(): void {
    this.#untouched++
    if (this.#untouched >= UNWATCHED_EPISODES) this.#change({ mustAsk: true })
  }

  /** Whether the next episode may start by itself. */
  get mayGoOn(): boolean {
    return this.#state.sleep !== 'end' && !this.#state.mustAsk
  }

  #change(part: Partial<EveningState>): void {
    this.#state = { ...this.#state, ...part }
    this.#listeners.tell()
  }
}
