import type { BlockRange } from '../../src/pick/demand.ts'
import { sentMs, type PeerPlan } from './peer-plan.ts'

/** A peer of which all is known beforehand. */
export interface KnownPeer {
  readonly plan: PeerPlan
  /** When its data can begin to leave it, so that the first byte is here half a round trip later. */
  readonly readyMs: number
  /** When it was made: where its bursts begin. */
  readonly startMs: number
  has(piece: number): boolean
}

/**
 * When a clairvoyant client would have a range of blocks: whole blocks from each peer in turn at its
 * rate, only pieces that it holds, under the line's cap, asked of nobody in vain.
 */
export function limitMs(
  range: BlockRange,
  peers: readonly KnownPeer[],
  options: {
    readonly blocksPerPiece: number
    readonly blockBytes: number
    readonly lineBytesPerSecond: number
  },
): number {
  const { blocksPerPiece, blockBytes, lineBytesPerSecond } = options
  const missing = new Map<number, number>()
  for (let block = range.first; block < range.end; block++) {
    const piece = Math.floor(block / blocksPerPiece)
    missing.set(piece, (missing.get(piece) ?? 0) + 1)
  }
  const holders = new Map<number, number>()
  for (const piece of missing.keys())
    holders.set(piece, peers.filter((peer) => peer.has(piece)).length)
  const able = peers
    .filter(({ plan }) => plan.manner.kind === 'serves')
    .map((peer) => ({ peer, nextMs: sentMs(peer.plan, peer.startMs, peer.readyMs, blockBytes) }))
  let left = range.end - range.first
  let lineMs = 0
  let lastMs = Number.POSITIVE_INFINITY
  while (left > 0) {
    const first = able.reduce((a, b) => (b.nextMs < a.nextMs ? b : a), able[0] ?? impossible())
    if (first.nextMs === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
    const { peer, nextMs } = first
    // Of what it has, the piece that fewest others have.
    let piece = -1
    for (const [candidate, count] of missing) {
      if (count === 0 || !peer.has(candidate)) continue
      if (piece < 0 || (holders.get(candidate) ?? 0) < (holders.get(piece) ?? 0)) piece = candidate
    }
    const { staysMs = Number.POSITIVE_INFINITY } = peer.plan
    if (piece < 0 || nextMs > peer.startMs + staysMs) {
      first.nextMs = Number.POSITIVE_INFINITY
      continue
    }
    missing.set(piece, (missing.get(piece) ?? 0) - 1)
    left--
    lineMs = Math.max(lineMs, nextMs) + (blockBytes / lineBytesPerSecond) * 1000
    lastMs = lineMs + peer.plan.rttMs / 2
    first.nextMs = sentMs(peer.plan, peer.startMs, nextMs, blockBytes)
  }
  return lastMs
}

function impossible(): never {
  throw new Error('a swarm of nobody')
}
