import type { StreamStatus, WorkHealth } from '#api'
import { SECOND_MS } from '@matinee/base'

/** What is known of a film that is being got ready. */
export interface HealthFacts {
  readonly status: StreamStatus
  /** How many have it by the word of the tracker that knows most. */
  readonly announced: number
  /** Web servers that the record names. */
  readonly webSeeds: number
  /** Connected people who have all of it. */
  readonly seeds: number
  /** Highest that was measured since its page opened. */
  readonly peakBytesPerSecond: number
  /** What it needs to play without a pause; null = not known. */
  readonly neededBytesPerSecond: number | null
  /** Since its page opened. */
  readonly waitedMs: number
}

/** Before that, nobody answering means nothing. */
const PATIENCE_MS = 8 * SECOND_MS

/** How a film would play now. */
export function workHealth(facts: HealthFacts): WorkHealth {
  const { status, announced, webSeeds } = facts
  const { known, connected } = status.people
  const { have, length } = status.bytes
  return {
    kind: healthKind(facts),
    people: Math.max(known, announced, connected),
    connected,
    webSeeds,
    onDisk: length === 0 ? 0 : have / length,
  }
}

function healthKind(facts: HealthFacts): WorkHealth['kind'] {
  const { status, waitedMs } = facts
  const { phase, people, bytes } = status
  if (bytes.have >= bytes.length) return 'here'
  if (phase.kind === 'failed') return phase.reason === 'web-only' ? 'web-only' : 'nobody'
  if (people.connected > 0) {
    if (isFastEnough(facts)) return 'straight'
    return waitedMs < PATIENCE_MS ? 'measuring' : 'may-pause'
  }
  if (waitedMs < PATIENCE_MS && status.trouble === null) return 'measuring'
  return people.known > 0 ? 'slow-start' : 'nobody'
}

/** Without the film's rate there is only who has it to go by. */
function isFastEnough({ peakBytesPerSecond, neededBytesPerSecond, seeds }: HealthFacts): boolean {
  return neededBytesPerSecond === null ? seeds > 0 : peakBytesPerSecond >= neededBytesPerSecond
}
