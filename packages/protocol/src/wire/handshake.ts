import { assert, latin1Bytes } from '@matinee/base'
import { WireError } from './wire-error.ts'

/** What a peer says it can do, in the reserved bytes of its handshake. */
export interface HandshakeFeatures {
  /** BEP 10, the extension protocol: byte 5, bit 0x10. */
  readonly extension: boolean
  /** BEP 6, the fast extension: byte 7, bit 0x04. */
  readonly fast: boolean
  /** BEP 5, a DHT node: byte 7, bit 0x01. */
  readonly dht: boolean
  /** BEP 52, a v1 connection that may be upgraded to v2: byte 7, bit 0x10. */
  readonly v2: boolean
}

/** The first 68 bytes of a connection (BEP 3, peer protocol). */
export interface Handshake {
  /** 20 bytes; a v2 info-hash truncated to 20. */
  readonly infoHash: Uint8Array
  /** 20 bytes. */
  readonly peerId: Uint8Array
  readonly reserved: HandshakeFeatures
}

/** The exact size of a handshake. */
export const HANDSHAKE_BYTES = 68

// BEP 3: the character nineteen, then the name of the protocol.
const PREFIX = latin1Bytes('\u0013BitTorrent protocol')
const RESERVED_AT = PREFIX.length
const INFO_HASH_AT = RESERVED_AT + 8
const PEER_ID_AT = INFO_HASH_AT + 20

/** The 68 bytes of a handshake. */
export function encodeHandshake(handshake: Handshake): Uint8Array {
  assert(handshake.infoHash.length === 20, 'the info-hash of a handshake has 20 bytes')
  assert(handshake.peerId.length === 20, 'a peer id has 20 bytes')
  const out = new Uint8Array(HANDSHAKE_BYTES)
  out.set(PREFIX)
  const { extension, fast, dht, v2 } = handshake.reserved
  out[RESERVED_AT + 5] = extension ? 0x10 : 0
  out[RESERVED_AT + 7] = (fast ? 0x04 : 0) | (dht ? 0x01 : 0) | (v2 ? 0x10 : 0)
  out.set(handshake.infoHash, INFO_HASH_AT)
  out.set(handshake.peerId, PEER_ID_AT)
  return out
}

/** Reads exactly 68 bytes; keeps no reference to them. Throws {@link WireError} `bad-handshake`. */
export function decodeHandshake(bytes: Uint8Array): Handshake {
  if (bytes.length !== HANDSHAKE_BYTES)
    throw new WireError('bad-handshake', `a handshake of ${bytes.length} bytes`)
  checkPrefix(bytes, 0)
  const byte5 = bytes[RESERVED_AT + 5] ?? 0
  const byte7 = bytes[RESERVED_AT + 7] ?? 0
  return {
    infoHash: bytes.slice(INFO_HASH_AT, PEER_ID_AT),
    peerId: bytes.slice(PEER_ID_AT),
    reserved: {
      extension: (byte5 & 0x10) !== 0,
      fast: (byte7 & 0x04) !== 0,
      dht: (byte7 & 0x01) !== 0,
      v2: (byte7 & 0x10) !== 0,
    },
  }
}

/** A whole handshake, and the bytes behind it in the same segment (a view, valid as long as the segment). */
export interface HandshakeArrival {
  readonly handshake: Handshake
  readonly rest: Uint8Array
}

/** Collects a handshake from segments. A wrong protocol is refused with its first wrong byte. */
export class HandshakeReader {
  readonly #bytes = new Uint8Array(HANDSHAKE_BYTES)
  #length = 0

  /**
   * Takes a segment, which is not kept. `null` = more is needed.
   * Throws {@link WireError} `bad-handshake`. Must not be called after the handshake has come.
   */
  push(bytes: Uint8Array): HandshakeArrival | null {
    assert(this.#length < HANDSHAKE_BYTES, 'a handshake is read once')
    const part = bytes.subarray(0, HANDSHAKE_BYTES - this.#length)
    checkPrefix(part, this.#length)
    this.#bytes.set(part, this.#length)
    this.#length += part.length
    if (this.#length < HANDSHAKE_BYTES) return null
    return { handshake: decodeHandshake(this.#bytes), rest: bytes.subarray(part.length) }
  }
}

/** Compares the part of the prefix that `bytes`, which stand at `at` of the handshake, cover. */
function checkPrefix(bytes: Uint8Array, at: number): void {
  const end = Math.min(bytes.length, PREFIX.length - at)
  for (let i = 0; i < end; i++)
    if (bytes[i] !== PREFIX[at + i])
      throw new WireError(
        'bad-handshake',
        'the connection does not begin with the BitTorrent protocol',
      )
}
