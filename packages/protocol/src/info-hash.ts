import { SHA1_BYTES, SHA256_BYTES, assert, fromHex, toHex } from '@matinee/base'

declare const v1Brand: unique symbol
declare const v2Brand: unique symbol

/** SHA-1 of the info dictionary (BEP 3): 40 lower-case hexadecimal digits. */
export type InfoHashV1 = string & { readonly [v1Brand]: true }

/** SHA-256 of the info dictionary (BEP 52): 64 lower-case hexadecimal digits. */
export type InfoHashV2 = string & { readonly [v2Brand]: true }

/** What a torrent is known by: v1 only, v2 only, or (a hybrid) both. Never both `null`. */
export interface InfoHashes {
  readonly v1: InfoHashV1 | null
  readonly v2: InfoHashV2 | null
}

/** The info-hash of 20 bytes. Asserts the length. */
export function infoHashV1(bytes: Uint8Array): InfoHashV1 {
  assert(bytes.length === SHA1_BYTES, 'a v1 info-hash has 20 bytes')
  return toHex(bytes) as InfoHashV1
}

/** The info-hash of 32 bytes. Asserts the length. */
export function infoHashV2(bytes: Uint8Array): InfoHashV2 {
  assert(bytes.length === SHA256_BYTES, 'a v2 info-hash has 32 bytes')
  return toHex(bytes) as InfoHashV2
}

/** 40 hexadecimal digits or the 32 base32 digits of old magnet links, in any case; `null` otherwise. */
export function parseInfoHashV1(text: string): InfoHashV1 | null {
  if (/^[0-9a-f]{40}$/iu.test(text)) return text.toLowerCase() as InfoHashV1
  return /^[a-z2-7]{32}$/iu.test(text) ? infoHashV1(fromBase32(text.toUpperCase())) : null
}

/** 64 hexadecimal digits in any case; `null` otherwise. */
export function parseInfoHashV2(text: string): InfoHashV2 | null {
  return /^[0-9a-f]{64}$/iu.test(text) ? (text.toLowerCase() as InfoHashV2) : null
}

/** The bytes of either hash. */
export function infoHashBytes(hash: InfoHashV1 | InfoHashV2): Uint8Array {
  const bytes = fromHex(hash)
  assert(bytes !== null, 'an info-hash is hexadecimal')
  return bytes
}

/**
 * The 20 bytes of a swarm, as handshakes, trackers and the DHT carry them: BEP 52 cuts the v2 hash
 * to 20. Asserts that the torrent has the asked hash.
 */
export function handshakeHash(hashes: InfoHashes, version: 'v1' | 'v2'): Uint8Array {
  const hash = hashes[version]
  assert(hash !== null, `the torrent has a ${version} info-hash`)
  return infoHashBytes(hash).subarray(0, SHA1_BYTES)
}

const BASE32_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function fromBase32(text: string): Uint8Array {
  const out = new Uint8Array(Math.floor((text.length * 5) / 8))
  let bits = 0
  let held = 0
  let at = 0
  for (const digit of text) {
    held = ((held << 5) | BASE32_DIGITS.indexOf(digit)) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out[at++] = (held >> bits) & 0xff
    }
  }
  return out
}
