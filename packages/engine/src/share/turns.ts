/** Somebody who waits for a turn. */
interface Waiting {
  readonly isUrgent: () => boolean
  readonly begin: () => void
}

/**
 * Lets one at a time do what takes the disk and the processor for a while. Whoever is urgent comes first when a turn
 * ends, the others in their order; so turns are to be short.
 */
export class Turns {
  readonly #waiting: Waiting[] = []
  #isTaken = false

  /** Resolves when it is one's turn; disposing what it resolves to ends the turn. `isUrgent` is asked when turns end. */
  async take(isUrgent: () => boolean): Promise<Disposable> {
    if (this.#isTaken)
      await new Promise<void>((resolve) => this.#waiting.push({ isUrgent, begin: resolve }))
    this.#isTaken = true
    let isOver = false
    return {
      [Symbol.dispose]: () => {
        if (isOver) return
        isOver = true
        this.#pass()
      },
    }
  }

  #pass(): void {
    const at = this.#waiting.findIndex((waiting) => waiting.isUrgent())
    const [next] = this.#waiting.splice(Math.max(0, at), 1)
    // NOTE: stays taken while it's handed over, or somebody new could come between.
    if (next) next.begin()
    else this.#isTaken = false
  }
}
