/** A release that a mirror may keep. */
export interface Candidate {
  /** Tells it from all others. */
  readonly key: string
  readonly bytes: number
  /** Others who have it whole, by a tracker's word; null = nobody tells. */
  readonly seeds: number | null
  /** Bytes of it that are here. */
  readonly hereBytes: number
}

/** What is here counts as if it had so many seeds fewer: nothing is thrown away for a little difference. */
const STAY_SEEDS = 2
/** Of what nobody tells anything: it may be anywhere between well kept and lost. */
const UNKNOWN_SEEDS = 1

/**
 * Chooses what a mirror keeps: those whom fewest others have, within a budget. What doesn't fit makes way for smaller
 * ones that do.
 */
export function chooseByNeed(
  candidates: readonly Candidate[],
  budgetBytes: number,
): readonly Candidate[] {
  const rank = ({ seeds, hereBytes }: Candidate): number =>
    (seeds ?? UNKNOWN_SEEDS) - (hereBytes > 0 ? STAY_SEEDS : 0)
  const chosen: Candidate[] = []
  let left = budgetBytes
  const byNeed = candidates.toSorted(
    (a, b) => rank(a) - rank(b) || a.bytes - b.bytes || (a.key < b.key ? -1 : 1),
  )
  for (const candidate of byNeed) {
    if (candidate.bytes > left) continue
    left -= candidate.bytes
    chosen.push(candidate)
  }
  return chosen
}
