/** What a tap on the picture means. */
export type Tap = { readonly kind: 'tap' } | { readonly kind: 'seek'; readonly seconds: number }

/** Two taps that are further apart are two single ones. */
export const DOUBLE_TAP_MS = 300

const LEAP_SECONDS = 10

/** The outer parts of the picture in which two taps leap. */
const SIDE = 0.35

/** Reads taps: a single one shows or hides the controls; a second at the same side leaps, and each after it again. */
export class TapReader {
  #last: { readonly side: number; readonly atMs: number } | null = null

  /** @param fraction from left (0) to right (1) of the picture */
  tap(fraction: number, nowMs: number): Tap {
    const side = fraction < SIDE ? -1 : fraction > 1 - SIDE ? 1 : 0
    const last = this.#last
    this.#last = { side, atMs: nowMs }
    if (last === null || side === 0 || last.side !== side || nowMs - last.atMs > DOUBLE_TAP_MS)
      return { kind: 'tap' }
    return { kind: 'seek', seconds: side * LEAP_SECONDS }
  }
}
