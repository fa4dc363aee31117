import { HOUR_MS, MINUTE_MS, SECOND_MS, type Random } from '@matinee/base'

/** Between a start and its first refresh: the pages come first. */
const FIRST_MS = { least: SECOND_MS, most: 5 * SECOND_MS }
/** Between one refresh and the next. Apart by chance, so that all readers of a mirror don't come at once. */
const EVERY_MS = { least: 4 * HOUR_MS, most: 6 * HOUR_MS }
/** After one that reached nobody: doubled each time, up to the usual. */
const AGAIN_MS = { least: 5 * MINUTE_MS, most: 10 * MINUTE_MS }

/**
 * When feeds are refreshed next.
 *
 * @param failures refreshes in a row in which a feed reached nobody
 */
export function nextRefreshMs(failures: number | 'start', random: Random): number {
  if (failures === 'start') return between(FIRST_MS, random)
  if (failures === 0) return between(EVERY_MS, random)
  return Math.min(between(EVERY_MS, random), between(AGAIN_MS, random) * 2 ** (failures - 1))
}

function between({ least, most }: { least: number; most: number }, random: Random): number {
  return least + random.below(most - least + 1)
}
