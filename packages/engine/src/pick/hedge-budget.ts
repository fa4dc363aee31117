/** Of the blocks that came, so many may have been asked of somebody twice. */
const SHARE = 0.02

/** How many blocks may be asked of a second source: freely at the start of a reader, rarely afterwards. */
export class HedgeBudget {
  #granted = 0
  #received = 0
  #used = 0

  /** Hedges that may be made now. */
  get left(): number {
    return Math.max(0, Math.floor(this.#granted + SHARE * this.#received) - this.#used)
  }

  /** A reader opened, and lacks so many blocks. What earlier readers left over is gone. */
  grant(blocks: number): void {
    this.#granted = blocks
    this.#received = 0
    this.#used = 0
  }

  /** A block came. */
  received(): void {
    this.#received++
  }

  /** So many hedges were made. */
  used(hedges: number): void {
    this.#used += hedges
  }
}
