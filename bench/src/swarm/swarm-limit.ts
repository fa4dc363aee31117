import { chanceOf, sentMs, type PeerPlan } from '@matinee/engine/sim'
import { MIB, type ByteSpan } from '@matinee/base'
import { BLOCK_BYTES } from '@matinee/protocol'
import { piecesOf, type SwarmOrder } from './emulator/emulated-swarm.ts'
import { TRACKER_MS } from './emulator/emulated-tracker.ts'
import { swarmScenario } from './swarm-scenario.ts'

/** Round trips from dialing until the first data: connection, handshake, interest, request. */
const ROUND_TRIPS = 4

/** What a clairvoyant client could do in one swarm. Milliseconds. */
export interface SwarmLimit {
  readonly playMs: number
  readonly seekMs: readonly number[]
  /** The first verified block must be there: 5 RTT + 60 ms of the nearest able peer, and the block's own time. */
  readonly firstMs: number
}

/**
 * The limit of a scenario and seed: whole blocks from each able peer in turn at its rate, from four round trips
 * after the tracker's answer on (one after a seek), only pieces that it holds, under the line's cap. For v1
 * spans are rounded out to whole pieces.
 */
export function swarmLimit(
  order: SwarmOrder,
  spans: { readonly play: ByteSpan; readonly seeks: readonly ByteSpan[] },
): SwarmLimit {
  const scenario = swarmScenario(order.scenario)
  const plans = scenario.peers(chanceOf(order.scenario, order.seed).fork('peers'))
  const pieceCount = Math.ceil(order.filmBytes / (order.pieceMiB * MIB))
  const pieces = piecesOf(order, plans, pieceCount)
  const able = plans
    .map((plan, i) => ({ plan, has: (piece: number) => pieces[i]?.has(piece) ?? true }))
    .filter(({ plan }) => plan.manner.kind === 'serves')
  const limitOf = (span: ByteSpan, fromMs: number, roundTrips: number): number =>
    reachMs(blocksOf(span, order), able, {
      fromMs,
      roundTrips,
      blocksPerPiece: (order.pieceMiB * MIB) / BLOCK_BYTES,
      lineBytesPerSecond: scenario.lineBytesPerSecond,
    })
  const nearest = able.reduce((a, b) => (b.plan.rttMs < a.plan.rttMs ? b : a))
  return {
    playMs: limitOf(spans.play, TRACKER_MS, ROUND_TRIPS),
    seekMs: spans.seeks.map((span) => limitOf(span, 0, 1)),
    firstMs:
      TRACKER_MS + 5 * nearest.plan.rttMs + (BLOCK_BYTES / nearest.plan.bytesPerSecond) * 1000,
  }
}

function blocksOf(
  span: ByteSpan,
  { kind, pieceMiB, filmBytes }: SwarmOrder,
): { readonly first: number; readonly end: number } {
  const unit = kind === 'v1' ? pieceMiB * MIB : BLOCK_BYTES
  const start = Math.floor(span.start / unit) * unit
  const end = Math.min(filmBytes, Math.ceil(span.end / unit) * unit)
  return { first: start / BLOCK_BYTES, end: Math.ceil(end / BLOCK_BYTES) }
}

function reachMs(
  range: { readonly first: number; readonly end: number },
  able: readonly { readonly plan: PeerPlan; has(piece: number): boolean }[],
  options: {
    readonly fromMs: number
    readonly roundTrips: number
    readonly blocksPerPiece: number
    readonly lineBytesPerSecond: number
  },
): number {
  const { fromMs, roundTrips, blocksPerPiece, lineBytesPerSecond } = options
  const missing = new Map<number, number>()
  for (let block = range.first; block < range.end; block++) {
    const piece = Math.floor(block / blocksPerPiece)
    missing.set(piece, (missing.get(piece) ?? 0) + 1)
  }
  const holders = (piece: number): number => able.filter((peer) => peer.has(piece)).length
  const rare = new Map([...missing.keys()].map((piece) => [piece, holders(piece)]))
  // Uplinks begin half a round trip before the first data is here; blocks are here half a round trip after they left.
  const peers = able.map((peer) => {
    const startMs = fromMs + (roundTrips - 0.5) * peer.plan.rttMs
    return { peer, nextMs: sentMs(peer.plan, startMs, startMs, BLOCK_BYTES), startMs }
  })
  const lineMs = (BLOCK_BYTES / lineBytesPerSecond) * 1000
  let throughMs = Number.NEGATIVE_INFINITY
  let lastMs = 0
  for (let left = range.end - range.first; left > 0;) {
    const next = peers.reduce((a, b) => (b.nextMs < a.nextMs ? b : a))
    if (next.nextMs === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
    const [piece] = [...missing]
      .filter(([candidate, count]) => count > 0 && next.peer.has(candidate))
      .toSorted(([a], [b]) => (rare.get(a) ?? 0) - (rare.get(b) ?? 0))[0] ?? [null]
    if (piece === null) {
      next.nextMs = Number.POSITIVE_INFINITY
      continue
    }
    missing.set(piece, (missing.get(piece) ?? 0) - 1)
    left--
    throughMs = Math.max(next.nextMs, throughMs + lineMs)
    lastMs = Math.max(lastMs, throughMs + next.peer.plan.rttMs / 2)
    next.nextMs = sentMs(next.peer.plan, next.startMs, next.nextMs, BLOCK_BYTES)
  }
  return lastMs
}
