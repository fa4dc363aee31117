import { KIB, MINUTE_MS, SECOND_MS } from '@matinee/base'

/** Every cap of our own tracker, with its reason (threats.md T10). */
export const TRACKER_LIMITS = {
  /** Peers in one answer: enough for any start. */
  peersPerAnswer: 50,
  /** Peers remembered per torrent; the one that was silent longest makes place. */
  peersPerTorrent: 1000,
  /** Peers of one torrent at one IP address: nobody fills the list alone. */
  peersPerIp: 20,
  /** Announces and scrapes of one IP address within a minute. */
  requestsPerMinute: 120,
  /** IP addresses whose requests are counted; the one counted longest ago makes place. */
  countedIps: 10_000,
  /** The head of an HTTP request. */
  headBytes: 8 * KIB,
  /** From connecting to the end of the head, and again to the end of the answer. */
  patienceMs: 10 * SECOND_MS,
  /** Open HTTP connections; more are closed at once. */
  connections: 100,
  /** Open HTTP connections of one IP address. */
  connectionsPerIp: 20,
  /** Time between announces that we ask for. */
  intervalMs: 2 * MINUTE_MS,
  /** A peer that hasn't announced for so long is gone. */
  silenceMs: 5 * MINUTE_MS,
} as const
