import type { Screens } from '#api'
import { Listeners } from '../../api/listeners.ts'
import type { PlayerClock } from '../media-port.ts'
import type { CastServer } from './cast-server.ts'

/** Between two questions. */
export const LOOK_EVERY_MS = 1000
/** So long nothing was found: then the likely reasons are said. */
export const NOTHING_AFTER_MS = 6000

export interface ScreenListState {
  /** Null before anything was heard. */
  readonly screens: Screens | null
  /** Nothing was found for a while. */
  readonly isLong: boolean
}

/** The screens of the home network, looked for while somebody wants to see them. */
export class ScreenList {
  readonly #server: Pick<CastServer, 'screens'>
  readonly #clock: PlayerClock
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  #state: ScreenListState = { screens: null, isLong: false }
  /** The look that counts; another one has been ended. */
  #look = 0

  constructor(server: Pick<CastServer, 'screens'>, clock: PlayerClock) {
    this.#server = server
    this.#clock = clock
  }

  /** The same object until something changes. */
  get state(): ScreenListState {
    return this.#state
  }

  /** Looks until the returned function is called. */
  open(): () => void {
    const look = ++this.#look
    const sinceMs = this.#clock.nowMs()
    const ask = async (): Promise<void> => {
      const screens = await this.#server.screens().catch(() => null)
      if (look !== this.#look) return
      this.#state = {
        screens: screens ?? this.#state.screens,
        isLong: this.#clock.nowMs() - sinceMs >= NOTHING_AFTER_MS,
      }
      this.#listeners.tell()
      this.#clock.after(LOOK_EVERY_MS, () => {
        if (look === this.#look) void ask()
      })
    }
    void ask()
    return () => void this.#look++
  }
}
