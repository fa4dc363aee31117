/** What a player does to its media element. None of it throws. */
export interface MediaPort {
  play(): void
  pause(): void
  seek(seconds: number): void
  /** Where it is at this moment, which is told only now and then; null = nobody knows. */
  positionSeconds(): number | null
  setVolume(volume: number, isMuted: boolean): void
  setRate(rate: number): void
  setFullScreen(isFull: boolean): void
  setInWindow(isInWindow: boolean): void
}

/** Time and timers, as a player needs them. */
export interface PlayerClock {
  nowMs(): number
  /** Returns how to call it off. */
  after(delayMs: number, run: () => void): () => void
}
