/** Bytes of film in each second, to find the one that needs most. */
export class RateCurve {
  readonly #bytes: number[] = []

  /** Moments beyond the hundredth hour are passed over. */
  add(seconds: number, bytes: number): void {
    const second = Math.floor(seconds)
    if (second >= 0 && second < 360_000) this.#bytes[second] = (this.#bytes[second] ?? 0) + bytes
  }

  /** `null` when nothing was added. */
  get peakBytesPerSecond(): number | null {
    let peak: number | null = null
    // Sparse: seconds without film are passed over, and take no time.
    this.#bytes.forEach((bytes) => (peak = Math.max(peak ?? 0, bytes)))
    return peak
  }
}
