import type { FilmKind } from './film.ts'
import type { SwarmLimit } from './swarm-limit.ts'

/** What our engine promises in one scenario, over the limit of the same kind of torrent. */
interface Goal {
  readonly times: number
  readonly p95Times: number
}

/** Besides the factor: the tracker's answer is in the limit already, so this is for everything else. */
const ALLOWANCE_MS = 60

function goalOf(kind: FilmKind['kind'], scenario: string): Goal {
  if (kind === 'v1') return { times: scenario === 'hostile' ? 1.8 : 1.35, p95Times: 2.5 }
  return { times: scenario === 'weak' ? 1.35 : 1.25, p95Times: 2 }
}

/** What may be measured at most where the limit is `limitMs`. */
export function mostMs(
  kind: FilmKind['kind'],
  scenario: string,
  limitMs: number,
): { readonly median: number; readonly p95: number } {
  const { times, p95Times } = goalOf(kind, scenario)
  return {
    median: Math.round(times * limitMs + ALLOWANCE_MS),
    p95: Math.round(p95Times * limitMs + ALLOWANCE_MS),
  }
}

/** The mean of a run's seeks. */
export function meanSeekMs({ seekMs }: Pick<SwarmLimit, 'seekMs'>): number {
  return seekMs.reduce((sum, ms) => sum + ms, 0) / seekMs.length
}
