import { LIMITS, type SocketAddress } from '@matinee/base'
import type { LiveTorrent } from './live-torrent.ts'
import type { Peer } from './peer/peer.ts'
import type { BlockSource, SourceId } from './pick/block-source.ts'
import type { BlockState } from './pick/block-table.ts'
import type { Demand } from './pick/demand.ts'

/** Why something waits, in detail, at one moment. Costs time with every block of the torrent: for looking into, not for drawing. */
export interface Diagnosis {
  readonly peers: readonly PeerDiagnosis[]
  /** What each block of the torrent is, as runs of the same state, from the first block to the last. */
  readonly blocks: readonly BlockStateRun[]
  /** Blocks of one piece. */
  readonly blocksPerPiece: number
  /** What readers lack, the most urgent first; at most {@link LIMITS.diagnosedBlocks}. */
  readonly needs: readonly Need[]
}

/** Blocks `[first, end)` of the torrent, all in one state. */
export interface BlockStateRun {
  readonly first: number
  readonly end: number
  readonly state: BlockState
}

/** A connection, as far as it concerns who waits for what. */
export interface PeerDiagnosis {
  /** As in {@link Need.asked}. */
  readonly source: SourceId
  readonly address: SocketAddress
  /** It dialed us. */
  readonly isIncoming: boolean
  /** What it calls itself; `null` = it doesn't say. Text of a stranger, within caps. */
  readonly client: string | null
  readonly hasAll: boolean
  /** It lets us ask. */
  readonly isUnchokingUs: boolean
  readonly isInterestedInUs: boolean
  /** We let it ask. */
  readonly isUnchoked: boolean
  /** Blocks that were asked of it and that somebody waits for. */
  readonly owedBlocks: number
  /** From one block to the next; `null` = none has come. */
  readonly serviceMs: number | null
  readonly roundTripMs: number
  /** Since anything came from it. */
  readonly silentMs: number
  readonly downloadedBytes: number
  readonly uploadedBytes: number
}

/** A block that a reader lacks. */
export interface Need {
  readonly block: number
  readonly piece: number
  readonly state: Exclude<BlockState, 'have'>
  /** Until the film gets there; 0 or less = its time is over, or somebody stands still for it. `null` = fetched ahead. */
  readonly dueInMs: number | null
  /** Connected peers that have its piece. */
  readonly having: number
  /** Whom it was asked of, and how long ago. */
  readonly asked: readonly {
    readonly source: SourceId
    readonly kind: BlockSource['kind']
    readonly waitingMs: number
  }[]
}

/** Looks into a torrent that is live. */
export function diagnose(live: LiveTorrent, peers: readonly Peer[], nowMs: number): Diagnosis {
  const { grid, table } = live.holdings
  return {
    peers: peers.map((peer) => peerDiagnosis(peer, nowMs)),
    blocks: [...table.runs()],
    blocksPerPiece: grid.blocksPerPiece,
    needs: needsOf(live, peers, nowMs),
  }
}

function peerDiagnosis(peer: Peer, nowMs: number): PeerDiagnosis {
  return {
    source: peer.id,
    address: peer.address,
    isIncoming: peer.isIncoming,
    client: peer.extensions?.client ?? null,
    hasAll: peer.pieces.isSeed,
    isUnchokingUs: !peer.us.choked,
    isInterestedInUs: peer.them.interested,
    isUnchoked: !peer.them.choked,
    owedBlocks: peer.pace.owedBlocks().length,
    serviceMs: peer.pace.serviceMs,
    roundTripMs: peer.pace.roundTripMs,
    silentMs: peer.silentMs(nowMs),
    downloadedBytes: peer.downloadedBytes,
    uploadedBytes: peer.uploadedBytes,
  }
}

function needsOf(live: LiveTorrent, peers: readonly Peer[], nowMs: number): readonly Need[] {
  const { grid, table } = live.holdings
  const { demand, sources } = live.downloader.view
  const needs = new Map<number, Need>()
  for (const { block, dueMs } of dueBlocks(demand, nowMs)) {
    if (needs.size >= LIMITS.diagnosedBlocks) break
    const state = table.stateOf(block)
    if (state === 'have' || needs.has(block)) continue
    const piece = grid.pieceOf(block)
    const asked = table.owners(block).flatMap((id) => {
      const source = sources.find((one) => one.id === id)
      const sentMs = source?.pace.askedMs(block) ?? null
      return source && sentMs !== null
        ? [{ source: id, kind: source.kind, waitingMs: nowMs - sentMs }]
        : []
    })
    const dueInMs = dueMs === null ? null : dueMs - nowMs
    const having = peers.filter(({ pieces }) => pieces.has(piece)).length
    needs.set(block, { block, piece, state, dueInMs, having, asked })
  }
  return [...needs.values()]
}

/** What readers need, the most urgent first: what they stand still for is due now. */
function* dueBlocks(
  demand: Demand,
  nowMs: number,
): Generator<{ readonly block: number; readonly dueMs: number | null }> {
  for (const { first, end } of demand.goals)
    for (let block = first; block < end; block++) yield { block, dueMs: nowMs }
  for (const window of demand.windows)
    for (let block = window.first; block < window.end; block++)
      yield { block, dueMs: window.dueMs(block) }
  for (const { first, end } of demand.later)
    for (let block = first; block < end; block++) yield { block, dueMs: null }
}
