import type { TrackerState } from './discovery/announcer.ts'
import type { TorrentFailureCode } from './errors.ts'

/** Where a torrent stands. */
export type TorrentPhase =
  /** Only its info-hash is known; peers are asked for the rest (BEP 9). */
  | { readonly kind: 'finding-metadata'; readonly sources: number }
  /** What lies on the disk is compared with the hashes. */
  | { readonly kind: 'checking'; readonly checkedPieces: number; readonly pieceCount: number }
  | { readonly kind: 'live' }
  | { readonly kind: 'failed'; readonly code: TorrentFailureCode; readonly message: string }
  | { readonly kind: 'stopped' }

/** A torrent at one moment, as data; nothing here is text to show but `message` and reasons of trackers. */
export interface TorrentStatus {
  readonly phase: TorrentPhase
  readonly peers: {
    readonly connected: number
    /** Connected peers that have every piece. */
    readonly seeds: number
    /** Connected peers that let us ask for blocks. */
    readonly unchokingUs: number
    /** Peers that have sent a block within the last five seconds or so. */
    readonly sending: number
    /** Addresses known, connected or not. */
    readonly known: number
  }
  readonly trackers: readonly { readonly url: string; readonly state: TrackerState }[]
  readonly bytes: {
    /** Payload received from peers since the start. */
    readonly downloaded: number
    /** Payload sent to peers since the start. */
    readonly uploaded: number
    /** Verified data on this disk. */
    readonly verified: number
    /** Data of all files. */
    readonly total: number
    /** Received and of no use. */
    readonly wasted: number
  }
  /** Averages over the last seconds. */
  readonly downloadBytesPerSecond: number
  readonly uploadBytesPerSecond: number
  readonly havePieces: number
  readonly pieceCount: number
}
