import { MINUTE_MS, type Clock, type LearnedFrom } from '@matinee/base'

/** Where a file is asked for, and whose word that is. */
export interface FileAddress {
  readonly url: string
  readonly learnedFrom: LearnedFrom
}

/** How long a redirect is believed: servers that spread their load change their minds. */
const BELIEVED_MS = 5 * MINUTE_MS

/**
 * Where a web seed's redirects led, by file: asking there at once saves a connection and a round trip for
 * every request. Where that no longer works, the web seed itself is asked again.
 */
export class Shortcuts {
  readonly #clock: Clock
  readonly #learnedFrom: LearnedFrom
  readonly #urlOf: (fileIndex: number) => string
  readonly #known = new Map<number, { readonly url: string; readonly untilMs: number }>()

  /** `urlOf` and `learnedFrom`: the web seed's own. */
  constructor(clock: Clock, learnedFrom: LearnedFrom, urlOf: (fileIndex: number) => string) {
    this.#clock = clock
    this.#learnedFrom = learnedFrom
    this.#urlOf = urlOf
  }

  /** Where to ask for a file now. */
  addressOf(fileIndex: number): FileAddress {
    const own = this.#urlOf(fileIndex)
    const known = this.#known.get(fileIndex)
    if (!known || known.untilMs < this.#clock.nowMs())
      return { url: own, learnedFrom: this.#learnedFrom }
    // Who sends us to another server is a stranger, even when somebody vouched for the first one.
    const isSameServer = new URL(known.url).origin === new URL(own).origin
    return { url: known.url, learnedFrom: isSameServer ? this.#learnedFrom : 'redirect' }
  }

  /** A right answer to `asked` came from `url`. */
  learn(fileIndex: number, asked: string, url: string): void {
    if (url === asked || asked !== this.#urlOf(fileIndex)) return
    this.#known.set(fileIndex, { url, untilMs: this.#clock.nowMs() + BELIEVED_MS })
  }

  /** What was asked at `asked` failed. True = it was a shortcut, and says nothing of the web seed itself. */
  failed(fileIndex: number, asked: string): boolean {
    if (asked === this.#urlOf(fileIndex)) return false
    this.#known.delete(fileIndex)
    return true
  }
}
