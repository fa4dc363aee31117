import {
  deriveLinkKeys,
  isMarked,
  otherSide,
  type LinkKeys,
  type LinkSide,
  type MarkUse,
} from './link-keys.ts'
import type { StoredLink } from './link-store.ts'

/** A secret by which another computer may be known here. */
export interface RingEntry {
  readonly keys: LinkKeys
  /** Which side we are. */
  readonly side: LinkSide
  readonly purpose: { readonly kind: 'pairing' } | { readonly kind: 'link'; readonly id: string }
}

/** Whose mark is on what came; null = a stranger's, or our own thrown back. */
export function entryMarked(
  ring: readonly RingEntry[],
  bytes: Uint8Array,
  use: MarkUse,
): RingEntry | null {
  return ring.find(({ keys, side }) => isMarked(bytes, keys, use, otherSide(side))) ?? null
}

/** The entry of a link. */
export function ringEntryOf({ id, side, secret }: StoredLink): RingEntry {
  const keys = deriveLinkKeys(Buffer.from(secret, 'base64url'))
  return { keys, side, purpose: { kind: 'link', id } }
}
