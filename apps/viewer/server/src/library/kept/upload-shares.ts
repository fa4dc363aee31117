/** A torrent that gives. */
export interface GivingTorrent {
  /** It comes before others. */
  readonly isPreferred: boolean
  /** Somebody takes of it just now. */
  readonly isWanted: boolean
}

/** Of a limited rate, so much is for what comes first while somebody wants it. */
const FIRST_PART = 0.75

/**
 * What each torrent may pass on at most, in bytes a second; null = as much as all together. While somebody takes of what is
 * preferred, the others share a quarter. Without a limit there is nothing to divide.
 */
export function uploadShares(
  torrents: readonly GivingTorrent[],
  limit: number | null,
): readonly (number | null)[] {
  const isNeeded = torrents.some(({ isPreferred, isWanted }) => isPreferred && isWanted)
  if (limit === null || !isNeeded) return torrents.map(() => null)
  const others = torrents.filter(({ isPreferred, isWanted }) => !isPreferred && isWanted).length
  const share = Math.max(1, Math.floor((limit * (1 - FIRST_PART)) / Math.max(1, others)))
  return torrents.map(({ isPreferred }) => (isPreferred ? null : share))
}
