import { createCipheriv, createDecipheriv, randomBytes, argon2Sync } from 'node:crypto'
import { mergeRequestSchema, sealedShelfSchema, type SealedShelf } from '#api'
import { decodeShelfJson, encodeShelfJson } from './shelf-json.ts'

/** Dear enough that guessing a passphrase costs memory and a second each. */
const COST = { memoryKib: 65_536, passes: 3, lanes: 1 } as const
const [KEY_BYTES, SALT_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 16, 12, 16]

/** Why a sealed shelf stays closed: another passphrase or changed bytes (nobody can tell which), or no shelf inside. */
export type SealedProblem = 'passphrase' | 'bad-request'

/**
 * Closes what a shelf knows: argon2id (RFC 9106) makes a key of the passphrase, AES-256-GCM seals with it. Answers the file.
 * Takes half a second, and runs in the shelf's worker.
 */
export function sealShelf(entries: Uint8Array, passphrase: string): Uint8Array<ArrayBuffer> {
  const salt = randomBytes(SALT_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', derived(passphrase, salt), nonce, {
    authTagLength: TAG_BYTES,
  })
  cipher.setAAD(sealedWith(salt))
  const sealed = Buffer.concat([cipher.update(entries), cipher.final(), cipher.getAuthTag()])
  return encodeShelfJson({
    type: 'matinee-sealed-shelf',
    version: 1,
    salt: salt.toString('base64url'),
    nonce: nonce.toString('base64url'),
    sealed: sealed.toString('base64url'),
  } satisfies SealedShelf)
}

/** What was sealed, by a file and its passphrase as `mergeRequestSchema` has them in JSON; or why not. As slow as sealing. */
export function openShelf(request: Uint8Array): Uint8Array | SealedProblem {
  const asked = mergeRequestSchema.safeParse(decodeShelfJson(request))
  const parsed = sealedShelfSchema.safeParse(asked.data?.file)
  if (!asked.success || !parsed.success) return 'bad-request'
  const salt = Buffer.from(parsed.data.salt, 'base64url')
  const bytes = Buffer.from(parsed.data.sealed, 'base64url')
  const nonce = Buffer.from(parsed.data.nonce, 'base64url')
  if (bytes.length < TAG_BYTES || salt.length !== SALT_BYTES || nonce.length !== NONCE_BYTES)
    return 'bad-request'
  const decipher = createDecipheriv('aes-256-gcm', derived(asked.data.passphrase, salt), nonce, {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(sealedWith(salt))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()])
  } catch {
    // The tag doesn't fit.
    return 'passphrase'
  }
}

/** Version and cost are sealed with it: a file that says another one doesn't open. */
function sealedWith(salt: Uint8Array): Buffer {
  const head = ['matinee-sealed-shelf', 1, COST.memoryKib, COST.passes, COST.lanes]
  return Buffer.concat([Buffer.from(JSON.stringify(head)), salt])
}

function derived(passphrase: string, salt: Uint8Array): Buffer {
  return argon2Sync('argon2id', {
    // However a keyboard composes its accents, the passphrase is the same.
    message: Buffer.from(passphrase.normalize('NFC')),
    nonce: salt,
    parallelism: COST.lanes,
    memory: COST.memoryKib,
    passes: COST.passes,
    tagLength: KEY_BYTES,
  })
}
