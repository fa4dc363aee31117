import { SECOND_MS } from '@matinee/base'

/** Both sides may have dialed at the same time; later than this one of them knew of the other connection. */
const SAME_TIME_MS = 5 * SECOND_MS

/** Two connections to one peer: it said the same peer id from the same host. */
export interface Doubles {
  readonly olderAgeMs: number
  /** It dialed us. */
  readonly isOlderIncoming: boolean
  readonly isNewerIncoming: boolean
  /** Our peer id comes before its own, byte by byte. */
  readonly areWeFirst: boolean
}

/**
 * Which of two connections to one peer stays (P17). Who dials again has lost the older one, so the newer stays; of two
 * that crossed each other both sides must choose the same, so it's the one that the smaller peer id dialed.
 */
export function stayingDouble(doubles: Doubles): 'older' | 'newer' {
  const { olderAgeMs, isOlderIncoming, isNewerIncoming, areWeFirst } = doubles
  if (isOlderIncoming === isNewerIncoming) return isNewerIncoming ? 'newer' : 'older'
  if (olderAgeMs > SAME_TIME_MS) return 'older'
  return isNewerIncoming === areWeFirst ? 'older' : 'newer'
}
