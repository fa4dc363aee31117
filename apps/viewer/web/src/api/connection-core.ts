import { Listeners } from './listeners.ts'

/** Whether the server answers. */
export type ConnectionState = 'reached' | 'lost'

export interface ConnectionPorts {
  /** Throws when nobody is there. */
  readonly health: () => Promise<void>
  readonly after: (delayMs: number, run: () => void) => void
}

/** How often a lost server is asked for. */
export const ASK_AGAIN_MS = 1000

/** Notices that the server is gone, and that it's back: a page that was open goes on by itself. */
export class Connection {
  readonly #ports: ConnectionPorts
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  #state: ConnectionState = 'reached'

  constructor(ports: ConnectionPorts) {
    this.#ports = ports
  }

  get state(): ConnectionState {
    return this.#state
  }

  /** A request found nobody there. */
  lost(): void {
    if (this.#state === 'lost') return
    this.#become('lost')
    this.#askLater()
  }

  #askLater(): void {
    this.#ports.after(ASK_AGAIN_MS, () => {
      this.#ports.health().then(
        () => this.#become('reached'),
        () => this.#askLater(),
      )
    })
  }

  #become(state: ConnectionState): void {
    this.#state = state
    this.#listeners.tell()
  }
}
