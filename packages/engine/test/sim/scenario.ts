import type { SeededRandom } from '@matinee/testkit'
import type { PeerPlan, WebSeedPlan } from './peer-plan.ts'

const MBIT = 125_000

/** A swarm to be drawn from a seed. */
export interface Scenario {
  readonly name: string
  /** Of our own line, both ways alike. */
  readonly lineBytesPerSecond: number
  /** Of the film. */
  readonly bytesPerSecond: number
  peers(random: SeededRandom): readonly PeerPlan[]
  /** Named by the torrent. Default none. */
  readonly webSeeds?: readonly WebSeedPlan[]
  /** How much film is watched before the seeks. */
  readonly watchSeconds: number
}

/** The film of the benchmark: 388 MB in 600 s. */
export const FILM_BYTES = 387_630_000
const FILM_RATE = 646_050
const HOME_LINE = 50 * MBIT

function between(random: SeededRandom, low: number, high: number): number {
  return low + (high - low) * random.fraction()
}

function many(
  count: number,
  random: SeededRandom,
  rateMbit: readonly [number, number],
  rttMs: readonly [number, number],
  more: Partial<PeerPlan> = {},
): PeerPlan[] {
  return Array.from({ length: count }, () => ({
    manner: { kind: 'serves' },
    rttMs: between(random, ...rttMs),
    bytesPerSecond: MBIT * between(random, ...rateMbit),
    ...more,
  }))
}

function scaledTo(share: number, peers: readonly PeerPlan[]): PeerPlan[] {
  const total = peers.reduce((sum, peer) => sum + peer.bytesPerSecond, 0)
  const factor = (share * FILM_RATE) / total
  return peers.map((peer) => ({ ...peer, bytesPerSecond: peer.bytesPerSecond * factor }))
}

function scenario(name: string, peers: Scenario['peers'], more: Partial<Scenario> = {}): Scenario {
  return {
    name,
    peers,
    lineBytesPerSecond: HOME_LINE,
    bytesPerSecond: FILM_RATE,
    watchSeconds: 40,
    ...more,
  }
}

/** Those of the benchmark. */
export const BENCH_SCENARIOS: readonly Scenario[] = [
  scenario('home', (random) => many(20, random, [1, 8], [20, 120])),
  scenario('far', (random) => many(1, random, [40, 40], [200, 200])),
  scenario(
    'mixed',
    (random) => [
      ...many(6, random, [1, 4], [20, 150]),
      ...many(10, random, [0.05, 0.3], [30, 250]),
      ...many(6, random, [1, 4], [20, 150], { manner: { kind: 'mute' } }),
      ...many(6, random, [1, 4], [20, 150], { manner: { kind: 'never-unchokes' } }),
    ],
    { lineBytesPerSecond: 30 * MBIT },
  ),
  scenario('weak', (random) => many(40, random, [0.1, 0.3], [30, 250])),
  scenario('hostile', (random) => [
    ...many(10, random, [1, 6], [20, 120]),
    ...many(5, random, [8, 16], [20, 80], { manner: { kind: 'corrupts', oneIn: 3 } }),
  ]),
  scenario('partial', (random) => many(24, random, [0.5, 3], [20, 150], { share: 0.6 })),
  scenario('tight', (random) => scaledTo(1.2, many(20, random, [0.1, 0.8], [30, 200])), {
    watchSeconds: 120,
  }),
]

/** Our own, for what the benchmark doesn't have. */
export const MORE_SCENARIOS: readonly Scenario[] = [
  scenario('one fast', (random) => [
    ...many(1, random, [20, 20], [40, 80]),
    ...many(20, random, [0.1, 0.3], [30, 250]),
  ]),
  scenario('choke cycles', (random) =>
    many(16, random, [0.5, 4], [20, 150]).map((peer) => ({
      ...peer,
      chokeMs: between(random, 4000, 12_000),
    })),
  ),
  scenario(
    'fading',
    (random) => many(12, random, [1, 4], [20, 150], { fades: { atMs: 30_000, to: 0.35 } }),
    { watchSeconds: 60 },
  ),
  scenario(
    'freezing',
    (random) => [
      ...many(6, random, [1, 4], [20, 150]),
      ...many(6, random, [1, 4], [20, 150], { freezes: { fromMs: 15_000, toMs: 45_000 } }),
      ...many(3, random, [1, 4], [20, 150], { freezes: { fromMs: 20_000, toMs: 1e9 } }),
    ],
    { watchSeconds: 60 },
  ),
  scenario('coming and going', (random) => [
    ...many(64, random, [0.5, 3], [20, 150]).map((peer, i) => ({
      ...peer,
      comesMs: Math.floor(i / 16) * between(random, 8000, 14_000),
      staysMs: between(random, 6000, 22_000),
    })),
    ...many(4, random, [2, 3], [20, 150]),
  ]),
  scenario('bursts', (random) => many(16, random, [0.5, 3], [20, 150], { burstMs: 2000 })),
  scenario('flash crowd', (random) => [
    ...many(3, random, [2, 6], [20, 120]),
    ...many(30, random, [0.1, 1], [20, 250], { share: 0.3 }),
  ]),
  scenario('short queues', (random) => many(12, random, [1, 6], [20, 200], { mostRequests: 5 })),
  scenario(
    'thin and lossy',
    (random) => many(4, random, [0.8, 2], [300, 300], { losses: { share: 0.2 } }),
    { lineBytesPerSecond: 2 * MBIT, bytesPerSecond: 100_000 },
  ),
  scenario('liars', (random) => [
    ...many(1, random, [8, 8], [40, 40]),
    ...many(20, random, [1, 4], [20, 150], { manner: { kind: 'mute' } }),
  ]),
  scenario(
    'tight and partial',
    (random) => scaledTo(1.3, many(24, random, [0.5, 3], [20, 150], { share: 0.7 })),
    { watchSeconds: 120 },
  ),
  scenario('near and distant', (random) => [
    ...many(8, random, [0.5, 3], [5, 20]),
    ...many(8, random, [1, 4], [300, 400]),
  ]),
  scenario('loss bursts', (random) =>
    many(12, random, [1, 4], [20, 200]).map((peer) => ({
      ...peer,
      losses: { share: 0.5, burst: { everyMs: between(random, 4000, 9000), lastsMs: 1000 } },
    })),
  ),
  scenario('refusers and rare liars', (random) => [
    ...many(8, random, [1, 4], [20, 150]),
    ...many(8, random, [2, 8], [20, 80], { manner: { kind: 'refuses' } }),
    ...many(3, random, [4, 8], [20, 80], { manner: { kind: 'corrupts', oneIn: 40 } }),
  ]),
  scenario('web seed and few', (random) => many(4, random, [0.2, 1], [30, 200]), {
    webSeeds: [{ rttMs: 60, bytesPerSecond: 16 * MBIT }],
  }),
  scenario('web seed and many', (random) => many(16, random, [1, 4], [20, 120]), {
    webSeeds: [{ rttMs: 100, bytesPerSecond: 30 * MBIT }],
  }),
  scenario('web seeds that freeze', (random) => many(8, random, [0.8, 2], [30, 150]), {
    webSeeds: [
      { rttMs: 80, bytesPerSecond: 10 * MBIT, freezes: { fromMs: 4000, toMs: 60_000 } },
      { rttMs: 40, bytesPerSecond: 6 * MBIT, freezes: { fromMs: 15_000, toMs: 1e9 } },
    ],
  }),
]

/** All of them, by name. */
export const SCENARIOS: readonly Scenario[] = [...BENCH_SCENARIOS, ...MORE_SCENARIOS]

/** Throws RangeError when there is none. */
export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((one) => one.name === name)
  if (!found) throw new RangeError(`no scenario ${name}`)
  return found
}

/**
 * What a peer can be counted on to bring for as long as the film lasts. How many pieces it has is left
 * aside, and so is that somebody who chokes and unchokes, or sends in bursts, brings nothing meanwhile.
 */
function sustainedRate({
  manner,
  staysMs,
  chokeMs,
  freezes,
  fades,
  bytesPerSecond,
}: PeerPlan): number {
  if (manner.kind !== 'serves' || staysMs !== undefined || freezes) return 0
  return bytesPerSecond * (fades?.to ?? 1) * (chokeMs === undefined ? 1 : 0.5)
}

/** The same swarm with such rates that its peers can be counted on for so many times what the film takes. */
export function withSupply(of: Scenario, times: number): Scenario {
  return {
    ...of,
    name: `${of.name} at ${times}x`,
    peers: (random) => {
      const peers = of.peers(random)
      const total = peers.reduce((sum, peer) => sum + sustainedRate(peer), 0)
      const factor = (times * of.bytesPerSecond) / total
      return peers.map((peer) => ({ ...peer, bytesPerSecond: peer.bytesPerSecond * factor }))
    },
  }
}
