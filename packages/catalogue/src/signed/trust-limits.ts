import { MIB } from '@matinee/base'
import type { JsonLimits } from '../limits.ts'

/** feed-format 10.3: caps on the files of TUF; those in bytes are what other clients of TUF have. */
export const ROLE_LIMITS: Readonly<Record<TopRole, JsonLimits>> = {
  root: { bytes: 512_000, depth: 16, values: 20_000 },
  timestamp: { bytes: 16_384, depth: 16, values: 1000 },
  snapshot: { bytes: 2_000_000, depth: 16, values: 20_000 },
  targets: { bytes: 5_000_000, depth: 16, values: 200_000 },
}

/** The roles that a root names. */
export type TopRole = 'root' | 'timestamp' | 'snapshot' | 'targets'

/** feed-format 10.3. */
export const TRUST_LIMITS = {
  /** Roots read in one go. */
  newRoots: 256,
  /** Keys that one file names, and signatures it carries. */
  keys: 64,
  /** Curators. */
  curators: 32,
  /** Roles that a snapshot names, those of former curators included. */
  snapshotRoles: 1000,
  /** Files that one role signs for. */
  targets: 10_000,
  /** Patterns of one delegation. */
  patterns: 100,
  /** Characters of a path or pattern. */
  pathCharacters: 200,
  /** feed-format 12.2: a shard or delta, compressed and not. */
  packBytes: 16 * MIB,
  unpackedBytes: 64 * MIB,
  /** feed-format 12.6: a reader further behind takes shards. */
  deltas: 30,
  shards: 1024,
} as const
