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

/** Those whom fewest others have come first, then the smallest. */
export function byNeed(one: Candidate, other: Candidate): number {
  return rankOf(one) - rankOf(other) || one.bytes - other.bytes || (one.key < other.key ? -1 : 1)
}

function rankOf({ seeds, hereBytes }: Candidate): number {
  return (seeds ?? UNKNOWN_SEEDS) - (hereBytes > 0 ? STAY_SEEDS : 0)
}

/**
 * What a mirror keeps of those that are in the order of {@link byNeed}, within a budget. What doesn't fit makes way for
 * smaller ones that do.
 */
export function thoseThatFit(
  inOrder: readonly Candidate[],
  budgetBytes: number,
): readonly Candidate[] {
  const chosen: Candidate[] = []
  let left = budgetBytes
  for (const candidate of inOrder) {
    if (candidate.bytes > left) continue
    left -= candidate.bytes
    chosen.push(candidate)
  }
  return chosen
}
