import type { RemoteCommand } from '#api'

/** More than three impatient thumbs ask before the player looks. */
const MAX_WAITING = 32

/** Handles that are dragged: of what was asked in a row, only the last counts. */
const DRAGGED: ReadonlySet<RemoteCommand['kind']> = new Set(['volume-to', 'seek-to-fraction'])

/** What phones asked, until the player takes it. */
export class CommandQueue {
  #waiting: RemoteCommand[] = []

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /** False = there is no room. */
  add(command: RemoteCommand): boolean {
    if (DRAGGED.has(command.kind) && this.#waiting.at(-1)?.kind === command.kind)
      this.#waiting.pop()
    if (this.#waiting.length >= MAX_WAITING) return false
    this.#waiting.push(command)
    return true
  }

  /** All of it, in order. */
  take(): RemoteCommand[] {
    const taken = this.#waiting
    this.#waiting = []
    return taken
  }
}
