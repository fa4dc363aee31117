import { chanceOf, type PeerPlan } from '@matinee/engine/sim'
import { SHA256_BYTES, type SocketAddress } from '@matinee/base'
import { BLOCK_BYTES, FileTree } from '@matinee/protocol'
import { nodeHash } from '@matinee/testkit'
import { openFilm, type FilmKind, type FilmTorrent } from '../film.ts'
import { swarmScenario } from '../swarm-scenario.ts'
import { EmulatedPeer, type SwarmWorld } from './emulated-peer.ts'
import { EmulatedTracker } from './emulated-tracker.ts'
import { SharedLine } from './shared-line.ts'
import { SwarmTally, type SwarmReport } from './swarm-tally.ts'
import { Timeline, latenessAt } from './timeline.ts'

/** The swarm of one run. */
export interface SwarmOrder extends FilmKind {
  readonly scenario: string
  readonly seed: number
  readonly filmBytes: number
}

/** A swarm that can be dialed. */
export interface EmulatedSwarm extends AsyncDisposable {
  readonly trackerUrl: string
  /** The player has gone elsewhere: blocks outside are of the old place. Bytes of the film. */
  sought(span: { readonly start: number; readonly end: number }): void
  report(): SwarmReport
}

/** The pieces that each peer of a scenario has; `null` = all. */
export function piecesOf(
  order: Pick<SwarmOrder, 'scenario' | 'seed'>,
  plans: readonly PeerPlan[],
  pieceCount: number,
): readonly (ReadonlySet<number> | null)[] {
  const random = chanceOf(order.scenario, order.seed)
  return plans.map(({ share }, i) => {
    if (share === undefined) return null
    const chance = random.fork(`pieces ${i}`)
    return new Set(
      Array.from({ length: pieceCount }, (_, k) => k).filter(() => chance.chance(share)),
    )
  })
}

/** Opens the peers of a scenario at addresses of loopback, and their tracker. */
export async function openSwarm(order: SwarmOrder): Promise<EmulatedSwarm> {
  const scenario = swarmScenario(order.scenario)
  const plans = scenario.peers(chanceOf(order.scenario, order.seed).fork('peers'))
  const torrent = await openFilm(order, order.filmBytes)
  const timeline = new Timeline()
  const tally = new SwarmTally(Math.ceil(order.filmBytes / BLOCK_BYTES))
  const tree = treeOf(torrent)
  const world: SwarmWorld = {
    timeline,
    line: new SharedLine(scenario.lineBytesPerSecond),
    torrent,
    tally,
    random: chanceOf(order.scenario, order.seed).fork('loss'),
    hashesFor: (request) => tree?.answer(request) ?? null,
  }
  const pieces = piecesOf(order, plans, torrent.metainfo.layout.pieceCount)
  const peers = plans.map((plan, i) => new EmulatedPeer(plan, world, pieces[i] ?? null))
  const addresses: SocketAddress[] = []
  for (const [i, peer] of peers.entries()) {
    const host = `127.77.${1 + Math.floor(i / 250)}.${1 + (i % 250)}`
    addresses.push({ host, port: await peer.listen(host) })
  }
  const tracker = new EmulatedTracker(addresses)
  const trackerUrl = await tracker.listen()
  return {
    trackerUrl,
    sought: ({ start, end }) =>
      tally.sought(timeline.nowMs(), Math.floor(start / BLOCK_BYTES), Math.ceil(end / BLOCK_BYTES)),
    report: () => {
      const { user, system } = process.cpuUsage()
      return tally.report({
        latenessMs: latenessAt(timeline.latenessMs, 0.99),
        cpuMs: (user + system) / 1000,
      })
    },
    [Symbol.asyncDispose]: () => {
      tracker.close()
      for (const peer of peers) peer.close()
      timeline.clear()
      return Promise.resolve()
    },
  }
}

/** The whole merkle tree of the film, or `null` for v1. */
function treeOf({ metainfo, leaves }: FilmTorrent): FileTree | null {
  const [file] = metainfo.files
  const layer = metainfo.pieceLayer(0)
  const piecesRoot = file?.piecesRoot ?? null
  if (file === undefined || piecesRoot === null || layer === null) return null
  const { length } = file
  const { pieceLength } = metainfo
  const tree = new FileTree({ length, pieceLength, piecesRoot }, nodeHash)
  tree.setLayer(layer)
  const pieceBytes = (pieceLength / BLOCK_BYTES) * SHA256_BYTES
  for (let piece = 0; piece < tree.shape.pieceCount; piece++)
    tree.setLeaves(piece, leaves.subarray(piece * pieceBytes, (piece + 1) * pieceBytes))
  return tree
}
