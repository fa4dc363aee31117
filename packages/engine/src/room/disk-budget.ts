import { SECOND_MS, messageOf, type Clock, type Log, type Timer } from '@matinee/base'
import { planEviction } from './eviction-plan.ts'
import type { TorrentRoom } from './torrent-room.ts'

/** A film of 100 Mbit/s brings 63 MB meanwhile: so much may be over the budget at a time. */
const LOOK_EVERY_MS = 5 * SECOND_MS

/** Keeps what all torrents of an engine take on the disk within a limit, as far as nobody needs it. */
export class DiskBudget implements AsyncDisposable {
  readonly #clock: Clock
  readonly #log: Log
  readonly #rooms: () => readonly TorrentRoom[]
  #bytes: number | null = null
  #timer: Timer | null = null
  #looking: Promise<void> | null = null
  #isClosed = false

  /** @param parts.rooms of all torrents whose files are open */
  constructor(parts: {
    readonly clock: Clock
    readonly log: Log
    readonly rooms: () => readonly TorrentRoom[]
  }) {
    this.#clock = parts.clock
    this.#log = parts.log
    this.#rooms = parts.rooms
  }

  /** Sets the limit; `null` = none. Throws RangeError when it is below 0. */
  limit(bytes: number | null): void {
    if (bytes !== null && !(bytes >= 0)) throw new RangeError(`a budget of ${bytes} bytes`)
    this.#bytes = bytes
    this.#timer?.cancel()
    this.#timer = null
    this.#wait(0)
  }

  /** Resolves when what is being given back is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true
    this.#timer?.cancel()
    this.#timer = null
    await this.#looking
  }

  #wait(delayMs: number): void {
    if (this.#bytes === null || this.#isClosed || this.#timer !== null) return
    this.#timer = this.#clock.setTimer(delayMs, () => {
      this.#timer = null
      this.#looking ??= this.#look().finally(() => {
        this.#looking = null
        this.#wait(LOOK_EVERY_MS)
      })
    })
  }

  async #look(): Promise<void> {
    const rooms = this.#rooms()
    const taken = rooms.reduce((sum, { bytes }) => sum + bytes, 0)
    if (this.#bytes === null || taken <= this.#bytes) return
    const sections = rooms.flatMap((room) => room.sections())
    for (const { room, section, bytes } of planEviction(sections, this.#bytes)) {
      if (this.#isClosed) return
      // A reader may have come meanwhile.
      if (room.isNeeded(section)) continue
      try {
        await room.release(section)
        this.#log.info('room given back', { section, bytes })
      } catch (error) {
        this.#log.warn('no room given back', { section, reason: messageOf(error) })
      }
    }
  }
}
