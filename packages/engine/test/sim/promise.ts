import type { Scenario } from './scenario.ts'
import type { Summary } from './summary.ts'

/** What a film takes over the limit of the same kind of torrent, as a factor beside 60 ms. */
interface Factors {
  readonly play: number
  readonly seek: number
  /** Of the 95th percentile. */
  readonly p95: number
}

const MOST_DUPLICATE_SHARE = 0.03
/** The first verified block beyond five round trips and its own time. */
const MOST_FIRST_MS = 60
/** Old data after a seek, beyond the round trip of whoever sent it, where no block takes longer than that. */
const MOST_STALE_MS = 150
/** The same everywhere, beyond a block's time: requests and their cancels wait for each other a little. */
const MOST_STALE_OVER_MS = 80

/** Where a block never takes longer at its peer than {@link MOST_STALE_MS}. */
const QUICK = new Set(['home', 'far'])
/** Where peers stop or slow down within a block, or it is lost on the way: its time says nothing. */
const UNSTEADY = new Set([
  'bursts',
  'fading',
  'freezing',
  'loss bursts',
  'thin and lossy',
  'web seeds that freeze',
])

/**
 * The limit knows who will choke, fall silent or burst, and when; it loses nothing, and it knows how far away
 * web seeds are. Nobody else does.
 */
const CLAIRVOYANT: Readonly<Record<string, Partial<Factors>>> = {
  bursts: { seek: 2.8, p95: 3 },
  'choke cycles': { seek: 3, p95: 3.5 },
  freezing: { seek: 1.8, p95: 2.5 },
  'loss bursts': { play: 1.4, seek: 1.4 },
  'near and distant': { seek: 1.4 },
  'thin and lossy': { seek: 1.5 },
  'web seed and many': { play: 1.5, seek: 1.4 },
  'web seeds that freeze': { play: 1.5, seek: 1.4 },
}

function factorsFor(kind: 'v1' | 'hybrid', name: string): Factors {
  // Peers whose blocks take a second, and hardly more of them than the film needs.
  const isSlow = ['weak', 'tight', 'tight and partial'].includes(name)
  const usual = kind === 'v1' || isSlow ? 1.35 : 1.25
  const play = kind === 'v1' && name === 'hostile' ? 1.8 : usual
  return { play, seek: usual, p95: kind === 'v1' ? 2.5 : 2, ...CLAIRVOYANT[name] }
}

/** What was promised of a scenario and isn't kept by these runs of it, in words; empty = all is well. */
export function brokenPromises(
  kind: 'v1' | 'hybrid',
  { name, webSeeds }: Scenario,
  summary: Summary,
): readonly string[] {
  const broken: string[] = []
  const hold = (what: string, value: number, most: number): void => {
    if (!(value <= most)) broken.push(`${what}: ${value.toFixed(3)}, at most ${most}`)
  }
  const factors = factorsFor(kind, name)
  hold('play', summary.play.ratio, factors.play)
  hold('play, p95', summary.play.p95Ratio, factors.p95)
  hold('seek', summary.seek.ratio, factors.seek)
  hold('seek, p95', summary.seek.p95Ratio, factors.p95)
  hold('duplicates', summary.duplicateShare, MOST_DUPLICATE_SHARE)
  hold('runs in which the film stood still', summary.stalledRuns, 0)
  hold('honest peers turned away', summary.innocents, 0)
  // Web seeds bring no leaves: a block of theirs waits for those of a peer. Of the liars' swarm one peer answers.
  if (kind === 'hybrid' && !webSeeds && name !== 'liars')
    hold('first block', summary.firstOverMs, MOST_FIRST_MS)
  if (QUICK.has(name)) hold('old data after a seek', summary.staleMs, MOST_STALE_MS)
  if (!UNSTEADY.has(name))
    hold("old data beyond its block's time", summary.staleOverMs, MOST_STALE_OVER_MS)
  return broken
}
