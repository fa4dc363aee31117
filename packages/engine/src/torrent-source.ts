import { LIMITS } from '@matinee/base'
import type { LearnedFrom } from '@matinee/base'
import type { InfoHashes, Magnet, Metainfo } from '@matinee/protocol'
import type { TrackerLists } from './discovery/discovery.ts'

/** What a torrent is known by. */
export type TorrentSource =
  | { readonly kind: 'metainfo'; readonly metainfo: Metainfo }
  | { readonly kind: 'magnet'; readonly magnet: Magnet }

/** What both kinds of source say. */
export function readSource(source: TorrentSource): {
  readonly infoHashes: InfoHashes
  /** Tiers (BEP 12); of a magnet link each tracker is one. */
  readonly tiers: readonly (readonly string[])[]
  readonly webSeeds: readonly string[]
  readonly learnedFrom: LearnedFrom
} {
  if (source.kind === 'metainfo') {
    const { infoHashes, trackers, webSeeds } = source.metainfo
    return { infoHashes, tiers: trackers, webSeeds, learnedFrom: 'metainfo' }
  }
  const { infoHashes, trackers, webSeeds } = source.magnet
  return { infoHashes, tiers: trackers.map((url) => [url]), webSeeds, learnedFrom: 'magnet' }
}

/** The torrent's own list, and each tracker of the adder as a list of its own; every URL once, twenty at most. */
export function listTrackers(
  added: readonly string[],
  tiers: readonly (readonly string[])[],
): TrackerLists {
  const seen = new Set<string>()
  const keep = (urls: readonly string[]): string[] =>
    urls.filter((url) => seen.size < LIMITS.trackers && !seen.has(url) && seen.add(url))
  const lists = added.map((url) => [keep([url])])
  return [...lists, tiers.map(keep)]
    .map((list) => list.filter((tier) => tier.length > 0))
    .filter((list) => list.length > 0)
}
