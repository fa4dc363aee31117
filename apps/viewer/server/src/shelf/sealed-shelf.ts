import { createCipheriv, createDecipheriv, randomBytes, argon2 } from 'node:crypto'
import { sealedShelfSchema, type SealedShelf } from '#api'
import { parseShelfEntries, type ShelfEntry } from './shelf-entries.ts'

/** Dear enough that guessing a passphrase costs memory and a second each. */
const COST = { memoryKib: 65_536, passes: 3, lanes: 1 } as const
const [KEY_BYTES, SALT_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 16, 12, 16]

/** Why a sealed shelf stays closed: another passphrase or changed bytes (nobody can tell which), or no shelf inside. */
export type SealedProblem = 'passphrase' | 'bad-request'

/** Closes what a shelf knows: argon2id (RFC 9106) makes a key of the passphrase, AES-256-GCM seals with it. */
export async function sealShelf(
  entries: readonly ShelfEntry[],
  passphrase: string,
): Promise<SealedShelf> {
  const salt = randomBytes(SALT_BYTES)
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', await derived(passphrase, salt), nonce, {
    authTagLength: TAG_BYTES,
  })
  cipher.setAAD(sealedWith(salt))
  const text = JSON.stringify({ type: 'matinee-shelf-entries', version: 1, entries })
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return {
    type: 'matinee-sealed-shelf',
    version: 1,
    salt: salt.toString('base64url'),
    nonce: nonce.toString('base64url'),
    sealed: sealed.toString('base64url'),
  }
}

/** What is in a sealed shelf, checked; or why not. */
export async function openShelf(
  file: unknown,
  passphrase: string,
): Promise<readonly ShelfEntry[] | SealedProblem> {
  const parsed = sealedShelfSchema.safeParse(file)
  if (!parsed.success) return 'bad-request'
  const salt = Buffer.from(parsed.data.salt, 'base64url')
  const bytes = Buffer.from(parsed.data.sealed, 'base64url')
  const nonce = Buffer.from(parsed.data.nonce, 'base64url')
  if (bytes.length < TAG_BYTES || salt.length !== SALT_BYTES || nonce.length !== NONCE_BYTES)
    return 'bad-request'
  const decipher = createDecipheriv('aes-256-gcm', await derived(passphrase, salt), nonce, {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(sealedWith(salt))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  let text: string
  try {
    text = Buffer.concat([
      decipher.update(bytes.subarray(0, -TAG_BYTES)),
      decipher.final(),
    ]).toString('utf8')
  } catch {
    // The tag doesn't fit.
    return 'passphrase'
  }
  return entriesIn(text) ?? 'bad-request'
}

function entriesIn(text: string): readonly ShelfEntry[] | null {
  try {
    return parseShelfEntries(JSON.parse(text))
  } catch {
    // Sealed by somebody who knows the passphrase, and no shelf all the same.
    return null
  }
}

/** Version and cost are sealed with it: a file that says another one doesn't open. */
function sealedWith(salt: Uint8Array): Buffer {
  const head = ['matinee-sealed-shelf', 1, COST.memoryKib, COST.passes, COST.lanes]
  return Buffer.concat([Buffer.from(JSON.stringify(head)), salt])
}

function derived(passphrase: string, salt: Uint8Array): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const parameters = {
    // However a keyboard composes its accents, the passphrase is the same.
    message: Buffer.from(passphrase.normalize('NFC')),
    nonce: salt,
    parallelism: COST.lanes,
    memory: COST.memoryKib,
    passes: COST.passes,
    tagLength: KEY_BYTES,
  }
  argon2('argon2id', parameters, (error, key) => {
    if (error === null) resolve(key)
    else reject(error)
  })
  return promise
}
