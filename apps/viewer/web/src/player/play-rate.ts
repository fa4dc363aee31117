/** Speeds that `<` and `>` step through and the list offers. */
export const RATES = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const

const [SLOWEST] = RATES
const FASTEST = 3

/** The usual speed after (1) or before (-1) a speed. */
export function rateAfter(rate: number, step: 1 | -1): number {
  const found =
    step === 1
      ? RATES.find((candidate) => candidate > rate)
      : RATES.findLast((candidate) => candidate < rate)
  return found ?? (step === 1 ? FASTEST : SLOWEST)
}

/** A speed that the film can have: a twentieth at a time, so that ten tenths make one. */
export function possibleRate(rate: number): number {
  return Math.min(FASTEST, Math.max(SLOWEST, Math.round(rate * 20) / 20))
}
