import type { DiskErrorCode } from '@matinee/base'
import type { TrackerState } from './discovery/announcer.ts'
import type { DhtSearchState } from './discovery/dht-announcer.ts'
import type { TorrentFailureCode } from './errors.ts'
import type { LiveTorrent } from './live-torrent.ts'
import type { Peer } from './peer/peer.ts'
import type { ReaderStatus } from './stream/reader-status.ts'
import { missingParts, type MissingParts } from './stream/missing-parts.ts'
import { waitReason, type WaitFacts, type WaitReason } from './stream/wait-reason.ts'
import type { WebSeedStatus } from './webseed/web-seeds.ts'

/** Where a torrent stands. */
export type TorrentPhase =
  /** Only its info-hash is known; peers are asked for the rest (BEP 9). */
  | { readonly kind: 'finding-metadata'; readonly sources: number }
  /** What lies on the disk is compared with the hashes. */
  | { readonly kind: 'checking'; readonly checkedPieces: number; readonly pieceCount: number }
  | { readonly kind: 'live' }
  /** Nobody has wanted anything for minutes: files are closed, people let go of. Whoever asks wakes it. */
  | { readonly kind: 'resting' }
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
    /** Peers that have sent blocks and owe more. */
    readonly sending: number
    /** Addresses known, connected or not. */
    readonly known: number
  }
  readonly trackers: readonly { readonly url: string; readonly state: TrackerState }[]
  /** Searches in the DHT, one for each info-hash; empty where it isn't used. */
  readonly searches: readonly DhtSearchState[]
  /** Those that are asked, or were; empty while the metadata is missing. */
  readonly webSeeds: readonly WebSeedStatus[]
  /** Open readers, the oldest first; those that are at their end are left out. */
  readonly readers: readonly ReaderStatus[]
  /** Why nothing comes at this moment; `null` while nobody waits. */
  readonly waiting: WaitReason | null
  /** While a part is missing (`waiting`): all that nobody who is connected has of that reader's file. Else `null`. */
  readonly missing: MissingParts | null
  readonly bytes: {
    /** Payload received from peers and web seeds since the start. */
    readonly downloaded: number
    /** Payload sent to peers since the start. */
    readonly uploaded: number
    /** Verified data on this disk. */
    readonly verified: number
    /** Of what came since the start: proved in blocks of 16 KiB by a merkle leaf (BEP 52), before its piece was whole. */
    readonly provedAlone: number
    /** Data of all files. */
    readonly total: number
    /** In memory, waiting for the rest of its piece to be verified. */
    readonly held: number
    /** Received and of no use. */
    readonly wasted: number
  }
  /** Why nothing is written to the disk at present, so that films play from memory; `null` = all is well. */
  readonly diskTrouble: DiskErrorCode | null
  /** Averages over the last seconds. */
  readonly downloadBytesPerSecond: number
  readonly uploadBytesPerSecond: number
  readonly havePieces: number
  readonly pieceCount: number
}

/** What a torrent at work knows of itself. */
export interface RunFacts {
  readonly live: LiveTorrent | null
  readonly peers: readonly Peer[]
  readonly knownPeers: number
  /** Of these, addresses that never failed. */
  readonly untriedPeers: number
  readonly webSeeds: TorrentStatus['webSeeds']
  /** How many web seeds can give a piece now. */
  readonly webSeedsGiving: (piece: number) => number
  readonly downloadBytesPerSecond: number
  readonly uploadBytesPerSecond: number
}

/** What a torrent that rests had when it lay down. */
export interface RestedFacts {
  readonly verifiedBytes: number
  readonly totalBytes: number
  readonly havePieces: number
  readonly pieceCount: number
}

/** What is remembered of a torrent that lies down. */
export function restedFacts({ holdings, metainfo }: LiveTorrent): RestedFacts {
  const { verifiedBytes, totalBytes, pieceCount: havePieces } = holdings
  return { verifiedBytes, totalBytes, havePieces, pieceCount: metainfo.layout.pieceCount }
}

/** The parts of a torrent that its status is made of. */
interface StatusParts extends RunFacts {
  readonly phase: TorrentPhase
  readonly trackers: TorrentStatus['trackers']
  readonly searches: TorrentStatus['searches']
  readonly downloaded: number
  readonly uploaded: number
  /** `null` = it doesn't rest. */
  readonly rested: RestedFacts | null
}

/** Of a torrent that rests. */
export const NO_RUN: RunFacts = {
  live: null,
  peers: [],
  knownPeers: 0,
  untriedPeers: 0,
  webSeeds: [],
  webSeedsGiving: () => 0,
  downloadBytesPerSecond: 0,
  uploadBytesPerSecond: 0,
}

/** Puts a status together from the parts of a torrent. */
export function torrentStatus(parts: StatusParts): TorrentStatus {
  const { peers, live, rested } = parts
  const readers = live?.readers.statuses ?? []
  const waiting = waitReason(waitFacts(parts, readers))
  const count = (is: (peer: Peer) => boolean): number => peers.filter(is).length
  return {
    phase: parts.phase,
    peers: {
      connected: peers.length,
      seeds: count((peer) => peer.pieces.isSeed),
      unchokingUs: count((peer) => !peer.us.choked),
      sending: count((peer) => !peer.pace.isIdle && peer.downloadedBytes > 0),
      known: parts.knownPeers,
    },
    trackers: parts.trackers,
    searches: parts.searches,
    webSeeds: parts.webSeeds,
    readers,
    waiting,
    missing: waiting?.kind === 'part-missing' ? missingOf(parts, readers) : null,
    bytes: {
      downloaded: parts.downloaded,
      uploaded: parts.uploaded,
      verified: live?.holdings.verifiedBytes ?? rested?.verifiedBytes ?? 0,
      provedAlone: live?.provedAloneBytes ?? 0,
      total: live?.holdings.totalBytes ?? rested?.totalBytes ?? 0,
      held: live?.heldBytes ?? 0,
      wasted: live?.downloader.wastedBytes ?? 0,
    },
    diskTrouble: live?.diskTrouble ?? null,
    downloadBytesPerSecond: parts.downloadBytesPerSecond,
    uploadBytesPerSecond: parts.uploadBytesPerSecond,
    havePieces: live?.holdings.pieceCount ?? rested?.havePieces ?? 0,
    pieceCount: live?.metainfo.layout.pieceCount ?? rested?.pieceCount ?? 0,
  }
}

const WAIT_PHASES = {
  'finding-metadata': 'finding-metadata',
  checking: 'checking',
  live: 'live',
  resting: 'over',
  failed: 'over',
  stopped: 'over',
} as const

/** The youngest reader that waits. */
function waitingReader(readers: readonly ReaderStatus[]): ReaderStatus | undefined {
  return readers.findLast(({ aheadBytes }) => aheadBytes === 0)
}

function missingOf(parts: StatusParts, readers: readonly ReaderStatus[]): MissingParts | null {
  const { live, peers, webSeedsGiving } = parts
  const fileIndex = waitingReader(readers)?.fileIndex
  if (live === null || fileIndex === undefined) return null
  return missingParts(
    live.metainfo.layout,
    fileIndex,
    (piece) =>
      live.holdings.hasPiece(piece) ||
      peers.some(({ pieces }) => pieces.has(piece)) ||
      webSeedsGiving(piece) > 0,
  )
}

/** What the youngest reader that waits needs next, and who could bring it. */
function waitFacts(parts: StatusParts, readers: readonly ReaderStatus[]): WaitFacts {
  const { peers, live } = parts
  const waiting = waitingReader(readers)
  const piece = waiting && live ? live.readers.pieceAt(waiting.fileIndex, waiting.position) : null
  const having = peers.filter((peer) => piece !== null && peer.pieces.has(piece))
  return {
    phase: WAIT_PHASES[parts.phase.kind],
    isWaiting: waiting !== undefined,
    trackers: parts.trackers.map(({ state }) => state),
    searches: parts.searches,
    known: parts.knownPeers,
    untried: parts.untriedPeers,
    connected: peers.length,
    having: having.length,
    willing: having.filter((peer) => !peer.us.choked).length,
    webSeeds: piece === null ? 0 : parts.webSeedsGiving(piece),
  }
}
