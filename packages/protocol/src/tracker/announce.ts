import { LIMITS, MINUTE_MS, SECOND_MS } from '@matinee/base'
import type { SocketAddress } from '@matinee/base'

/** Why a tracker is told of us; `null` = only to be kept up to date. */
export type AnnounceEvent = 'started' | 'completed' | 'stopped' | null

/** What a client tells a tracker (BEP 3, BEP 15). */
export interface Announce {
  /** 20 bytes; a v2 info-hash truncated to 20. */
  readonly infoHash: Uint8Array
  /** 20 bytes. */
  readonly peerId: Uint8Array
  /** Where it listens; 0 = it doesn't. */
  readonly port: number
  /** Bytes since `started`. */
  readonly uploaded: number
  /** Bytes since `started`. */
  readonly downloaded: number
  /** Bytes still missing; more than 0 while that is unknown, or it would count as a seed. */
  readonly left: number
  readonly event: AnnounceEvent
  /** Peers wanted. */
  readonly numWant: number
  /** Recognizes the client when its address changes; 0 to 2^32 - 1. */
  readonly key?: number
}

/** A tracker's answer to an announce. */
export interface AnnounceAnswer {
  readonly kind: 'answer'
  /** Time until the next announce, 60 s to 24 h whatever the tracker said. */
  readonly intervalMs: number
  /** At most `LIMITS.trackerPeers`, none with port 0. Not judged: see `mayDial`. */
  readonly peers: readonly SocketAddress[]
  /** `null` = not told. */
  readonly seeders: number | null
  /** `null` = not told. */
  readonly leechers: number | null
  /** Cleaned text for people. */
  readonly warning: string | null
}

/** The tracker answered that it won't. */
export interface TrackerFailure {
  readonly kind: 'failure'
  /** Cleaned text for people. Never empty. */
  readonly reason: string
}

/** How many take part in a torrent, by the tracker's word (BEP 48). */
export interface ScrapeCounts {
  readonly seeders: number
  readonly leechers: number
  /** How often it was downloaded to the end. */
  readonly downloads: number
}

const DEFAULT_INTERVAL_MS = 30 * MINUTE_MS

/**
 * A tracker's interval in milliseconds, at least 60 s, so that it can't make us hammer anybody, and at
 * most 24 h. Half an hour when it gave none.
 */
export function clampInterval(seconds: number | undefined): number {
  if (seconds === undefined) return DEFAULT_INTERVAL_MS
  return Math.min(
    Math.max(seconds * SECOND_MS, LIMITS.trackerIntervalLeastMs),
    LIMITS.trackerIntervalMostMs,
  )
}
