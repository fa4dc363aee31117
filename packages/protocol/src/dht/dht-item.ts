import { concatBytes, latin1Bytes, LIMITS, type Hash } from '@matinee/base'
import { BencodeError } from '../bencode/bencode-error.ts'
import { decodeBencode } from '../bencode/bencode.ts'
import { DhtError } from './dht-error.ts'

/** Something kept in the DHT under the hash of its value (BEP 44). */
export interface ImmutableItem {
  readonly kind: 'immutable'
  /** One bencoded value, at most `LIMITS.dhtValueBytes`. */
  readonly value: Uint8Array
}

/** Something kept in the DHT under a public key, that the key's owner can replace (BEP 44). */
export interface MutableItem {
  readonly kind: 'mutable'
  /** One bencoded value, at most `LIMITS.dhtValueBytes`. */
  readonly value: Uint8Array
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  /** At most 64 bytes; empty = none. Tells items of one key apart. */
  readonly salt: Uint8Array
  /** Of two items the one with the higher number is newer. 0 to 2^53 - 1. */
  readonly sequence: number
  /** Ed25519 over {@link signedBytes}, 64 bytes. Not judged here. */
  readonly signature: Uint8Array
}

/** An item of BEP 44. */
export type DhtItem = ImmutableItem | MutableItem

/** Lengths that BEP 44 fixes, in bytes. */
export const ITEM_BYTES = { publicKey: 32, signature: 64, salt: 64 } as const

/** The 20 bytes under which an item is found. */
export function itemTarget(item: DhtItem, hash: Hash): Uint8Array {
  return item.kind === 'immutable'
    ? hash.sha1(item.value)
    : mutableTarget(item.publicKey, item.salt, hash)
}

/** The 20 bytes under which the items of a key and salt are found. */
export function mutableTarget(publicKey: Uint8Array, salt: Uint8Array, hash: Hash): Uint8Array {
  return hash.sha1(concatBytes([publicKey, salt]))
}

/** What the owner of the key signs: salt (when there is one), sequence number and value, bencoded without their dictionary. */
export function signedBytes(item: Pick<MutableItem, 'value' | 'salt' | 'sequence'>): Uint8Array {
  const { salt, sequence, value } = item
  const head = salt.length > 0 ? [latin1Bytes(`4:salt${salt.length}:`), salt] : []
  return concatBytes([...head, latin1Bytes(`3:seqi${sequence}e1:v`), value])
}

/**
 * Refuses an item that breaks a limit of BEP 44, wherever it came from. Throws {@link DhtError} `bad-item`.
 * Neither the signature nor the place is judged.
 */
export function checkItem(item: DhtItem): void {
  if (item.value.length > LIMITS.dhtValueBytes)
    throw new DhtError('bad-item', `a value of ${item.value.length} bytes`)
  try {
    // In canonical form only: it must come out again byte for byte, or its hash changes.
    decodeBencode(item.value)
  } catch (error) {
    if (!(error instanceof BencodeError)) throw error
    throw new DhtError('bad-item', 'a value that is no canonical bencode', { cause: error })
  }
  if (item.kind === 'immutable') return
  const { publicKey, salt, sequence, signature } = item
  if (publicKey.length !== ITEM_BYTES.publicKey || signature.length !== ITEM_BYTES.signature)
    throw new DhtError('bad-item', 'a key or signature of a wrong length')
  if (salt.length > ITEM_BYTES.salt)
    throw new DhtError('bad-item', `a salt of ${salt.length} bytes`)
  if (!Number.isSafeInteger(sequence) || sequence < 0)
    throw new DhtError('bad-item', `a sequence number of ${sequence}`)
}
