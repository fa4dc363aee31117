/** What a torrent is here for, the most important first. */
export type ShareRank = 'playing' | 'preferred' | 'kept' | 'seeding'

/** A torrent that wants a share of something of which there is only so much. */
export interface ShareWish {
  readonly rank: ShareRank
  /** How much of it could be used now. */
  readonly wanted: number
}

const RANKS: readonly ShareRank[] = ['playing', 'preferred', 'kept', 'seeding']

/**
 * Who gets how much of `total`, in the order of the wishes. A film that plays comes before everything else, what its
 * owner prefers before what is kept, and that before what is only passed on. Within a rank all get the same, but nobody more than it wants: what one leaves
 * is for the others. What can't be divided goes to those who come first.
 */
export function planShares(wishes: readonly ShareWish[], total: number): readonly number[] {
  const shares = wishes.map(() => 0)
  let left = Math.max(0, Math.floor(total))
  for (const rank of RANKS) {
    const small = wishes
      .map(({ wanted, rank: own }, index) => ({ index, wanted: own === rank ? wanted : 0 }))
      .filter(({ wanted }) => wanted > 0)
      .toSorted((a, b) => a.wanted - b.wanted || a.index - b.index)
    let open = small.length
    // The smallest wish first: what it doesn't need of an equal part is divided again.
    for (const { index, wanted } of small) {
      const share = Math.min(wanted, Math.ceil(left / open))
      shares[index] = share
      left -= share
      open--
    }
  }
  return shares
}
