/** Where a film on a fake screen is, by the time of the test's own clock. */
export class PlayedFilm {
  durationSeconds = 0
  isPlaying = false
  #baseSeconds = 0
  #sinceMs = 0

  get positionSeconds(): number {
    const ranSeconds = this.isPlaying ? (performance.now() - this.#sinceMs) / 1000 : 0
    return Math.min(this.durationSeconds, this.#baseSeconds + ranSeconds)
  }

  get isOver(): boolean {
    return this.durationSeconds > 0 && this.positionSeconds >= this.durationSeconds
  }

  begin(durationSeconds: number, startSeconds: number): void {
    this.durationSeconds = durationSeconds
    this.seek(startSeconds)
    this.play()
  }

  play(): void {
    this.seek(this.positionSeconds)
    this.isPlaying = true
  }

  pause(): void {
    this.seek(this.positionSeconds)
    this.isPlaying = false
  }

  seek(seconds: number): void {
    this.#baseSeconds = seconds
    this.#sinceMs = performance.now()
  }
}
