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

/** The entries of links. Whoever comes is compared with all of them, so a link's keys are derived once. */
export class LinkEntries {
  readonly #entries = new WeakMap<StoredLink, RingEntry>()

  of(link: StoredLink): RingEntry {
    const known = this.#entries.get(link)
    if (known !== undefined) return known
    const { id, side, secret } = link
    const keys = deriveLinkKeys(Buffer.from(secret, 'base64url'))
    const entry: RingEntry = { keys, side, purpose: { kind: 'link', id } }
    this.#entries.set(link, entry)
    return entry
  }
}
