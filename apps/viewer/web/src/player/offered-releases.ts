import type { ReleaseCard } from '#api'

/** Most that are offered: more would hide the way back. */
const MAX_OFFERED = 3

/**
 * Which other releases are offered in place of the one that plays: those that this browser plays. When that one
 * comes too slowly, smaller ones alone, the largest of them first (A19).
 */
export function offeredReleases(
  releases: readonly ReleaseCard[],
  playing: string,
  isTooSlow: boolean,
): readonly ReleaseCard[] {
  const others = releases.filter(({ id, plays }) => plays && id !== playing)
  const own = releases.find(({ id }) => id === playing)?.lengthBytes ?? null
  if (!isTooSlow || own === null) return others.slice(0, MAX_OFFERED)
  return others
    .filter(({ lengthBytes }) => lengthBytes !== null && lengthBytes < own)
    .toSorted((a, b) => (b.lengthBytes ?? 0) - (a.lengthBytes ?? 0))
    .slice(0, MAX_OFFERED)
}
