import { SECOND_MS } from '@matinee/base'
import type { SourceId } from '../pick/block-source.ts'

/** What a connection is good for. */
export interface PeerUse {
  readonly id: SourceId
  /** How long it has stood. */
  readonly ageMs: number
  /** Payload that it has brought. */
  readonly downloadedBytes: number
  readonly isChokingUs: boolean
  /** It wants something of us: letting it go would be unkind. */
  readonly isInterested: boolean
}

/** A choked peer has this long to unchoke us, as an optimistic unchoke comes every 30 s (BEP 3). */
const CHANCE_MS = 45 * SECOND_MS

/**
 * Who makes place for an address that was never tried, when there are as many peers as may be: the oldest
 * of those that choke us, have brought nothing in their time, and want nothing. `null` = everybody stays.
 */
export function pickUseless(peers: Iterable<PeerUse>): SourceId | null {
  let oldest: PeerUse | null = null
  for (const peer of peers) {
    if (peer.ageMs < CHANCE_MS || !peer.isChokingUs) continue
    if (peer.downloadedBytes > 0 || peer.isInterested) continue
    if (oldest === null || peer.ageMs > oldest.ageMs) oldest = peer
  }
  return oldest?.id ?? null
}

/**
 * Who goes when there are more peers than may be: first those who want nothing and have brought nothing, then those
 * who want nothing, then the others; of each the oldest last, for they have proved themselves.
 */
export function pickSurplus(peers: Iterable<PeerUse>, most: number): readonly SourceId[] {
  const worst = [...peers].toSorted((a, b) => worth(a) - worth(b) || a.ageMs - b.ageMs)
  return worst.slice(0, Math.max(0, worst.length - most)).map(({ id }) => id)
}

function worth({ isInterested, downloadedBytes }: PeerUse): number {
  return (isInterested ? 2 : 0) + (downloadedBytes > 0 ? 1 : 0)
}
