import type { Sha256Text } from '../name/hash-text.ts'
import type { RoleName } from './role-name.ts'
import type { TopRole } from './trust-limits.ts'

/**
 * What a reader keeps of a followed feed: files as they came, all of one version of the feed. Replaced whole or not at all;
 * every one is checked again when it is used, against the newest root.
 */
export interface TrustedFiles {
  /** SHA-256 of the feed's first root: what the viewer accepted, and what the feed stays through every change of keys. */
  readonly fingerprint: Sha256Text
  readonly root: Uint8Array
  /** `null` = nothing but the root is known yet. */
  readonly timestamp: Uint8Array | null
  readonly snapshot: Uint8Array | null
  /** The publisher's file and those of curators. */
  readonly targets: ReadonlyMap<RoleName, Uint8Array>
  /**
   * When a source last gave a timestamp that held at that moment, in milliseconds since 1970; `null` = none ever did.
   */
  readonly confirmedMs: number | null
  /** The version of the timestamp that was once found to have expired; `null` = none. It stays expired if the clock goes back. */
  readonly expiredVersion: number | null
}

/** Whether what is known of a feed still holds. What doesn't is shown and played all the same (feed-format 13.5). */
export type Freshness =
  | { readonly kind: 'fresh'; readonly untilMs: number }
  | {
      readonly kind: 'stale'
      /** The role that expired first. */
      readonly role: TopRole
      readonly sinceMs: number
    }
