import { type Signatures, type Signer, assert, fromHex } from '@matinee/base'
import {
  BencodeDictionary,
  BencodeError,
  DhtError,
  type InfoHashV2,
  type MutableItem,
  checkItem,
  decodeBencode,
  encodeBencode,
  infoHashV2,
  signedBytes,
} from '@matinee/protocol'
import type { Sha256Text } from '../name/hash-text.ts'

/** Where the pointer lies in a feed's folder. */
export const POINTER_FILE = 'pointer'

/** feed-format 16.3. */
export const POINTER_BYTES = 1200

const SALT_BYTES = 20

/** What a feed's pointer says: which torrent its newest version is, and by which timestamp. */
export interface FeedPointer {
  /** As the DHT keeps it. */
  readonly item: MutableItem
  readonly infoHash: InfoHashV2
  /** The bytes of timestamp.json. */
  readonly timestamp: Uint8Array
}

/** What the items of a feed are told apart by, when one key serves several (feed-format 16.3). */
export function pointerSalt(fingerprint: Sha256Text): Uint8Array {
  const bytes = fromHex(fingerprint)
  assert(bytes !== null, 'a fingerprint is hexadecimal')
  return bytes.slice(0, SALT_BYTES)
}

/** What names a feed without any server (BEP 46): the key of its timestamp role, and its salt. */
export function feedMagnet(publicKey: Uint8Array, fingerprint: Sha256Text): string {
  return `magnet:?xs=urn:btpk:${publicKey.toHex()}&s=${pointerSalt(fingerprint).toHex()}`
}

/** A pointer as it's signed. */
export interface PointerOrder {
  readonly fingerprint: Sha256Text
  /** The timestamp's. */
  readonly version: number
  readonly infoHash: InfoHashV2
  /** The bytes of timestamp.json. */
  readonly timestamp: Uint8Array
}

/** Signs a feed's pointer; `null` = the timestamp has too many signatures for it to fit into the DHT. */
export function makePointer(order: PointerOrder, signer: Signer): Uint8Array | null {
  const ih = fromHex(order.infoHash)
  assert(ih !== null, 'an info-hash is hexadecimal')
  const value = BencodeDictionary.from({ ih, ts: order.timestamp })
  const unsigned = {
    value: encodeBencode(value),
    salt: pointerSalt(order.fingerprint),
    sequence: order.version,
  }
  const signature = signer.sign(signedBytes(unsigned))
  const item: MutableItem = { kind: 'mutable', ...unsigned, publicKey: signer.publicKey, signature }
  try {
    checkItem(item)
  } catch (error) {
    if (error instanceof DhtError) return null
    throw error
  }
  return writePointer(item)
}

/** The file of a pointer that came as an item of the DHT. */
export function writePointer(item: MutableItem): Uint8Array {
  const { publicKey, salt, sequence, signature, value } = item
  const v = decodeBencode(value)
  return encodeBencode(
    BencodeDictionary.from({ k: publicKey, salt, seq: sequence, sig: signature, v }),
  )
}

/**
 * Reads a feed's pointer, from its file; `null` = it's none, or not signed by the key in it. Whose key that is, and whether
 * the timestamp is the feed's, is for the reader of the feed to find out.
 */
export function readPointer(bytes: Uint8Array, crypto: Signatures): FeedPointer | null {
  if (bytes.length > POINTER_BYTES) return null
  try {
    const root = decodeBencode(bytes)
    if (!(root instanceof BencodeDictionary)) return null
    const value = root.dictionary('v')
    const [publicKey, salt, signature] = [root.bytes('k'), root.bytes('salt'), root.bytes('sig')]
    const sequence = root.integer('seq')
    if (value === undefined || publicKey === undefined || salt === undefined) return null
    if (signature === undefined || sequence === undefined) return null
    return pointerOf(
      { kind: 'mutable', value: encodeBencode(value), publicKey, salt, sequence, signature },
      crypto,
    )
  } catch (error) {
    if (error instanceof BencodeError) return null
    throw error
  }
}

/** What an item of the DHT says as a feed's pointer; `null` = it's none, or isn't signed by its key. */
export function pointerOf(item: MutableItem, crypto: Signatures): FeedPointer | null {
  try {
    checkItem(item)
    if (!crypto.verifyEd25519(item.publicKey, signedBytes(item), item.signature)) return null
    const value = decodeBencode(item.value)
    if (!(value instanceof BencodeDictionary)) return null
    const [ih, timestamp] = [value.bytes('ih'), value.bytes('ts')]
    if (ih?.length !== 32 || timestamp === undefined) return null
    return { item, infoHash: infoHashV2(ih), timestamp }
  } catch (error) {
    if (error instanceof DhtError || error instanceof BencodeError) return null
    throw error
  }
}
