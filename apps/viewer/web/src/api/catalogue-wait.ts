/** How often what is shown is asked for again while works are being loaded. */
export const LOOK_AGAIN_MS = 1500

/** Answers in which works stand, by the first word of their keys. */
const SHOWING_WORKS: readonly unknown[] = [
  'programme',
  'tonight',
  'browse',
  'suggest',
  'person',
  'list',
  'work',
  'shelf',
  'history',
]

/** Whether what is kept under this key has works in it. */
export function showsWorks([area]: readonly unknown[]): boolean {
  return SHOWING_WORKS.includes(area)
}

/** What a {@link CatalogueWait} needs. */
export interface CatalogueWaitPorts {
  /** Asks again for what is shown. The answers say whether that is over. */
  readonly askAgain: () => void
  readonly after: (delayMs: number, run: () => void) => void
}

/** A page that was opened before the catalogue was loaded asks again until it is: then it's whole, and nobody reloads it. */
export class CatalogueWait {
  readonly #ports: CatalogueWaitPorts
  #isWaiting = false

  constructor(ports: CatalogueWaitPorts) {
    this.#ports = ports
  }

  /** An answer said that works are being loaded. */
  heard(): void {
    if (this.#isWaiting) return
    this.#isWaiting = true
    this.#ports.after(LOOK_AGAIN_MS, () => {
      this.#isWaiting = false
      this.#ports.askAgain()
    })
  }
}
