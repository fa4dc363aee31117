import { type Hash, type Signer, assert, toHex } from '@matinee/base'
import type { JsonObject } from '../json/json-pointer.ts'
import { type FeedCrypto, keyIdOf, tufKey } from '../signed/role-key.ts'
import { parseSignedFile } from '../signed/signed-file.ts'
import { TrustError } from '../signed/trust-error.ts'
import type { TopRole } from '../signed/trust-limits.ts'
import { refuse, tufCanonicalJson } from '../signed/tuf-json.ts'
import { type RootRole, parseRoot } from '../signed/top-roles.ts'
import { roleFile, verifyNextRoot, verifyRoot } from '../signed/verified-feed.ts'
import { SPEC_VERSION, momentText } from './role-draft.ts'

/** Who is to sign for a role. */
export interface Signatories {
  /** Public keys, 32 bytes each; at least one. */
  readonly keys: readonly Uint8Array[]
  /** From 1 to the number of keys. */
  readonly threshold: number
}

/** What a root is to say. */
export interface RootOrder {
  readonly version: number
  readonly roles: Readonly<Record<TopRole, Signatories>>
  readonly expiresMs: number
}

/** A root that waits for signatures: a file that is carried from key to key. */
export function draftRoot(
  { version, roles, expiresMs }: RootOrder,
  hash: Pick<Hash, 'sha256'>,
): Uint8Array {
  const keys = Object.values(roles).flatMap((role) => role.keys)
  const signersOf = ({ keys: own, threshold }: Signatories): JsonObject => {
    const keyids = [...new Set(own.map((key) => keyIdOf(key, hash)))]
    assert(threshold >= 1 && threshold <= keyids.length, 'a threshold can be reached')
    return { keyids, threshold }
  }
  const signed = {
    _type: 'root',
    spec_version: SPEC_VERSION,
    version,
    expires: momentText(expiresMs),
    consistent_snapshot: true,
    keys: Object.fromEntries(keys.map((key) => [keyIdOf(key, hash), tufKey(key)])),
    roles: Object.fromEntries(Object.entries(roles).map(([name, role]) => [name, signersOf(role)])),
  }
  return tufCanonicalJson({ signatures: [], signed })
}

/** A draft with one more signature; one of the same key is replaced. Throws {@link TrustError}. */
export function signRoot(
  draft: Uint8Array,
  signer: Signer,
  hash: Pick<Hash, 'sha256'>,
): Uint8Array {
  const { message, signed, signatures } = parseSignedFile(draft, 'root', 'draft')
  const all = new Map(signatures)
  all.set(keyIdOf(signer.publicKey, hash), toHex(signer.sign(message)))
  const list = [...all].map(([keyid, sig]) => ({ keyid, sig }))
  return tufCanonicalJson({ signatures: list, signed: signed.given })
}

/** What a root says, whoever signed it. Throws {@link TrustError}. */
export function readRootDraft(draft: Uint8Array, hash: Pick<Hash, 'sha256'>): RootRole {
  return parseRoot(parseSignedFile(draft, 'root', 'draft'), hash)
}

/** Whose signatures a root still waits for. */
export type RootState =
  | { readonly kind: 'complete'; readonly root: RootRole }
  | {
      readonly kind: 'waiting'
      readonly root: RootRole
      /** How many signatures lack, of which keys: those of the root before, and its own. */
      readonly lacks: readonly {
        readonly of: 'before' | 'own'
        readonly count: number
        readonly keys: readonly Uint8Array[]
      }[]
    }

/**
 * Whether a root may follow another as it is signed now (feed-format 13.2).
 *
 * @param before the file of the root before; `null` = it's the first
 *
 * Throws {@link TrustError} when it can't follow, however many sign it.
 */
export function rootState(
  draft: Uint8Array,
  before: Uint8Array | null,
  crypto: FeedCrypto,
): RootState {
  const root = readRootDraft(draft, crypto)
  const old = before === null ? null : verifyRoot(before, 'root', crypto)
  if (root.version !== (old?.version ?? 0) + 1)
    refuse('draft', 'other-version', 'is not the next root')
  const file = roleFile('root', root.version)
  try {
    const whole =
      old === null ? verifyRoot(draft, file, crypto) : verifyNextRoot(draft, file, old, crypto)
    return { kind: 'complete', root: whole }
  } catch (error) {
    if (!(error instanceof TrustError) || error.code !== 'signatures') throw error
    const parsed = parseSignedFile(draft, 'root', 'draft')
    const lackOf = (of: 'before' | 'own', { keys, threshold }: RootRole['signers']['root']) => {
      const missing = keys.filter(({ id, publicKey }) => !isSignedBy(parsed, id, publicKey, crypto))
      const count = threshold - (keys.length - missing.length)
      return count > 0 ? [{ of, count, keys: missing.map(({ publicKey }) => publicKey) }] : []
    }
    const lacks = [
      ...(old === null ? [] : lackOf('before', old.signers.root)),
      ...lackOf('own', root.signers.root),
    ]
    return { kind: 'waiting', root, lacks }
  }
}

function isSignedBy(
  { message, signatures }: ReturnType<typeof parseSignedFile>,
  id: string,
  publicKey: Uint8Array,
  crypto: FeedCrypto,
): boolean {
  const text = signatures.get(id) ?? ''
  if (!/^[0-9a-f]{128}$/u.test(text)) return false
  return crypto.verifyEd25519(publicKey, message, Uint8Array.fromHex(text))
}
