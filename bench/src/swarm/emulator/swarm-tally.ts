/** What an emulated swarm has seen so far. */
export interface SwarmReport {
  readonly servedBlocks: number
  /** Blocks that were sent although they had been sent before, right ones only. */
  readonly duplicateBlocks: number
  readonly spoiledBlocks: number
  readonly requests: number
  /** Requests taken back before their turn. */
  readonly canceledRequests: number
  readonly hashAnswers: number
  /** After the last seek: how long blocks of the old place still came, beyond the round trip of whoever sent them. */
  readonly staleMs: number
  /** Events of the emulator ran at most so late, 99 of 100 of them. */
  readonly latenessMs: number
  /** Of the emulator's process since it began. */
  readonly cpuMs: number
}

/** Counts what peers send. */
export class SwarmTally {
  readonly #served: Uint8Array
  #seek: { readonly atMs: number; readonly first: number; readonly end: number } | null = null
  #servedBlocks = 0
  #duplicateBlocks = 0
  #spoiledBlocks = 0
  #staleMs = 0
  requests = 0
  canceledRequests = 0
  hashAnswers = 0

  constructor(blockCount: number) {
    this.#served = new Uint8Array(blockCount)
  }

  /** From now on blocks outside are of the old place. */
  sought(atMs: number, first: number, end: number): void {
    this.#seek = { atMs, first, end }
  }

  /** A block arrives at the client. */
  arrived(block: number, atMs: number, rttMs: number, isSpoiled: boolean): void {
    this.#servedBlocks++
    if (isSpoiled) this.#spoiledBlocks++
    else {
      const times = this.#served[block] ?? 0
      if (times > 0) this.#duplicateBlocks++
      this.#served[block] = Math.min(255, times + 1)
    }
    const seek = this.#seek
    if (seek && (block < seek.first || block >= seek.end))
      this.#staleMs = Math.max(this.#staleMs, atMs - seek.atMs - rttMs)
  }

  /** Everything so far. */
  report(emulator: Pick<SwarmReport, 'latenessMs' | 'cpuMs'>): SwarmReport {
    return {
      servedBlocks: this.#servedBlocks,
      duplicateBlocks: this.#duplicateBlocks,
      spoiledBlocks: this.#spoiledBlocks,
      requests: this.requests,
      canceledRequests: this.canceledRequests,
      hashAnswers: this.hashAnswers,
      staleMs: this.#staleMs,
      ...emulator,
    }
  }
}
