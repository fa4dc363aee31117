import {
  ED25519_KEY_BYTES,
  type Hash,
  type Inflate,
  type Signatures,
  fromHex,
  toHex,
} from '@matinee/base'
import type { JsonObject } from '../json/json-pointer.ts'
import type { JsonFields } from './json-fields.ts'
import { TRUST_LIMITS } from './trust-limits.ts'
import { refuse, tufCanonicalJson } from './tuf-json.ts'

/** What checking a feed is injected with. */
export type FeedCrypto = Pick<Hash, 'sha256'> & Signatures & Inflate

/** One Ed25519 key of a role. */
export interface RoleKey {
  /** SHA-256 of its canonical form in hexadecimal digits: the name by which files call it. */
  readonly id: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array
}

/** Who may sign for a role. */
export interface RoleSigners {
  /** How many different ones must; from 1. */
  readonly threshold: number
  readonly keys: readonly RoleKey[]
}

/** A key as TUF writes it. */
export function tufKey(publicKey: Uint8Array): JsonObject {
  return { keytype: 'ed25519', keyval: { public: toHex(publicKey) }, scheme: 'ed25519' }
}

/** The id of a key as {@link tufKey} writes it. */
export function keyIdOf(publicKey: Uint8Array, hash: Pick<Hash, 'sha256'>): string {
  return toHex(hash.sha256(tufCanonicalJson(tufKey(publicKey))))
}

/** feed-format 10.5: the keys that a file names, by id. Throws {@link TrustError}. */
export function parseKeys(
  fields: JsonFields,
  file: string,
  hash: Pick<Hash, 'sha256'>,
): ReadonlyMap<string, RoleKey> {
  const keys = fields.members('keys', TRUST_LIMITS.keys).map(([id, key]): [string, RoleKey] => {
    if (key.text('keytype') !== 'ed25519' || key.text('scheme') !== 'ed25519')
      refuse(file, 'trust-key', 'a key is not Ed25519')
    const publicText = key.object('keyval').text('public')
    const publicKey = /^[0-9a-f]{64}$/u.test(publicText) ? fromHex(publicText) : null
    if (publicKey?.length !== ED25519_KEY_BYTES)
      return refuse(file, 'trust-key', 'a public key is not 64 hexadecimal digits')
    const canonicalId = toHex(hash.sha256(tufCanonicalJson(key.given)))
    // One key, one name: else it could be counted under several.
    if (id !== canonicalId) refuse(file, 'trust-key', "a key's id is not its SHA-256")
    return [id, { id, publicKey }]
  })
  return new Map(keys)
}

/** feed-format 10.5: who may sign for a role; ids of keys that aren't there are left out. Throws {@link TrustError}. */
export function parseSigners(
  role: JsonFields,
  keys: ReadonlyMap<string, RoleKey>,
  file: string,
): RoleSigners {
  const ids = role.texts('keyids', TRUST_LIMITS.keys)
  const threshold = role.number('threshold')
  if (threshold < 1) refuse(file, 'threshold', 'a threshold is no whole number from 1')
  return { threshold, keys: ids.flatMap((id) => keys.get(id) ?? []) }
}
