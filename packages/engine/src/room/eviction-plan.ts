/** A part of a torrent on the disk whose room can be given back. */
export interface SectionFacts {
  /** Verified data in it. */
  readonly bytes: number
  /** When somebody here last read it, or it was written; 0 = not since the start. */
  readonly usedMs: number
  /** An open reader may still want it, or its torrent is kept: it stays, whatever the budget. */
  readonly isNeeded: boolean
}

/**
 * Which sections go so that what is left fits into the budget: of those that nobody needs, the longest unused first, and
 * no more than it takes. Where that isn't enough what is needed stays: a film that is longer than the budget plays.
 */
export function planEviction<Section extends SectionFacts>(
  sections: readonly Section[],
  budgetBytes: number,
): readonly Section[] {
  let left = sections.reduce((sum, { bytes }) => sum + bytes, 0)
  const going: Section[] = []
  const free = sections.filter(({ isNeeded, bytes }) => !isNeeded && bytes > 0)
  for (const section of free.toSorted((a, b) => a.usedMs - b.usedMs)) {
    if (left <= budgetBytes) break
    left -= section.bytes
    going.push(section)
  }
  return going
}
