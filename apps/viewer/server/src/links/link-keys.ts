import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Which of the two computers one is: where the code was shown, or where it was typed. What one says is never taken for the other's. */
export type LinkSide = 'shown' | 'typed'

/** What two computers that share a secret make of it. */
export interface LinkKeys {
  /** To be known by, without saying who. */
  readonly marks: Uint8Array
  /** For a connection that this side opened. */
  readonly dial: Readonly<Record<LinkSide, Uint8Array>>
}

/** What a mark is for. */
export type MarkUse = 'where' | 'here' | 'dial'

export const NONCE_BYTES = 16
export const MARK_BYTES = 16

/** The keys of a secret (HKDF, RFC 5869): of the letters of a code for linking, of 32 bytes by chance from then on. */
export function deriveLinkKeys(secret: Uint8Array): LinkKeys {
  const key = (use: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, '', `matinee link 1 ${use}`, 32))
  return { marks: key('marks'), dial: { shown: key('dial shown'), typed: key('dial typed') } }
}

/** By what whoever has the keys knows that `side` said this, and for what; to everybody else it's chance. */
export function markOf(
  { marks }: LinkKeys,
  use: MarkUse,
  side: LinkSide,
  said: Uint8Array,
): Uint8Array {
  const mark = createHmac('sha256', marks).update(`${use} ${side} `).update(said).digest()
  return new Uint8Array(mark.subarray(0, MARK_BYTES))
}

/** Chance with a mark on it: 32 bytes that are others each time. */
export function markedNonce(keys: LinkKeys, use: MarkUse, side: LinkSide): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES)
  return new Uint8Array(Buffer.concat([nonce, markOf(keys, use, side, nonce)]))
}

/** Whether the one on `side` made this by {@link markedNonce}. */
export function isMarked(bytes: Uint8Array, keys: LinkKeys, use: MarkUse, side: LinkSide): boolean {
  if (bytes.length !== NONCE_BYTES + MARK_BYTES) return false
  const mark = markOf(keys, use, side, bytes.subarray(0, NONCE_BYTES))
  return timingSafeEqual(mark, bytes.subarray(NONCE_BYTES))
}

/** The side that isn't this one. */
export function otherSide(side: LinkSide): LinkSide {
  return side === 'shown' ? 'typed' : 'shown'
}
