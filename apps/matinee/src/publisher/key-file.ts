/**
 * A key in a file: an Ed25519 secret, sealed with ChaCha20-Poly1305 (RFC 8439) under what Argon2id (RFC 9106) makes of a passphrase.
 * Everything else in the file is sealed with it, so that nobody can put another name or public key around a secret, nor make the
 * passphrase easier to guess.
 */
import {
  argon2,
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
} from 'node:crypto'
import { type Signer, fromHex, toHex, utf8Bytes } from '@matinee/base'
import * as z from 'zod/mini'
import { PublisherError } from './publisher-error.ts'

/** A key, whose secret is closed. */
export interface KeyFile {
  /** By which the publisher calls it: an id. */
  readonly name: string
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** Opens it. Throws {@link PublisherError} `passphrase`. */
  open(passphrase: string): Promise<Signer>
}

/** What a key's file may have at most, in bytes. */
export const KEY_FILE_BYTES = 16 * 1024

/** Shorter ones are found by trying, whatever is done with them. */
const PASSPHRASE_CHARACTERS = 12

/** RFC 9106, 4: the second recommended choice, for machines without gigabytes to spare. */
const COST = { memoryKib: 65_536, passes: 3, lanes: 4 } as const
const KEY_BYTES = 32
const SALT_BYTES = 16
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CIPHER = 'chacha20-poly1305'

/** What PKCS #8 puts before the 32 bytes of an Ed25519 secret. */
const SECRET_PREFIX = fromHex('302e020100300506032b657004220420') ?? new Uint8Array()

const hex = (bytes: number) =>
  z.string().check(z.regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`, 'u')))

const keySchema = z.strictObject({
  type: z.literal('matinee-key'),
  version: z.literal(1),
  name: z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u), z.maxLength(64)),
  public: hex(KEY_BYTES),
  kdf: z.strictObject({
    name: z.literal('argon2id'),
    // A file that somebody gave us doesn't decide how much memory and time it takes to open it.
    memoryKib: z.int().check(z.minimum(8), z.maximum(1_048_576)),
    passes: z.int().check(z.minimum(1), z.maximum(16)),
    lanes: z.int().check(z.minimum(1), z.maximum(16)),
    salt: hex(SALT_BYTES),
  }),
  cipher: z.literal(CIPHER),
  nonce: hex(NONCE_BYTES),
  sealed: hex(KEY_BYTES + TAG_BYTES),
})

type KeyFields = z.output<typeof keySchema>

/** A new key, and the bytes of its file. Throws {@link PublisherError} `passphrase` when that is too short. */
export async function makeKey(
  name: string,
  passphrase: string,
): Promise<{ readonly bytes: Uint8Array; readonly signer: Signer }> {
  if (passphrase.length < PASSPHRASE_CHARACTERS)
    throw new PublisherError(
      'passphrase',
      `a passphrase needs at least ${PASSPHRASE_CHARACTERS} characters: take six words by chance`,
    )
  const secret = randomBytes(KEY_BYTES)
  const signer = signerOf(secret)
  const head = {
    type: 'matinee-key',
    version: 1,
    name,
    public: toHex(signer.publicKey),
    kdf: { name: 'argon2id', ...COST, salt: toHex(randomBytes(SALT_BYTES)) },
    cipher: CIPHER,
  } as const
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, await derived(passphrase, head.kdf), nonce, {
    authTagLength: TAG_BYTES,
  })
  cipher.setAAD(sealedWith(head), { plaintextLength: secret.length })
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()])
  secret.fill(0)
  const file = { ...head, nonce: toHex(nonce), sealed: toHex(sealed) }
  return { bytes: utf8Bytes(`${JSON.stringify(file, null, 2)}\n`), signer }
}

/**
 * Reads a key's file; its secret stays closed.
 *
 * @param file where it is, for people
 *
 * Throws {@link PublisherError} `damaged`.
 */
export function readKeyFile(bytes: Uint8Array, file: string): KeyFile {
  const fields = parsed(bytes)
  const publicKey = fromHex(fields?.public ?? '')
  if (fields === null || publicKey === null)
    throw new PublisherError('damaged', `${file} is no key of Matinee: restore it from a copy`)
  return { name: fields.name, publicKey, open: (passphrase) => openKey(fields, passphrase, file) }
}

function parsed(bytes: Uint8Array): KeyFields | null {
  try {
    return keySchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    // Neither JSON nor a key: refused alike.
    return null
  }
}

async function openKey(fields: KeyFields, passphrase: string, file: string): Promise<Signer> {
  const { nonce, sealed, ...head } = fields
  const bytes = Buffer.from(sealed, 'hex')
  const decipher = createDecipheriv(
    CIPHER,
    await derived(passphrase, fields.kdf),
    Buffer.from(nonce, 'hex'),
    { authTagLength: TAG_BYTES },
  )
  decipher.setAAD(sealedWith(head), { plaintextLength: KEY_BYTES })
  decipher.setAuthTag(bytes.subarray(KEY_BYTES))
  try {
    const secret = Buffer.concat([decipher.update(bytes.subarray(0, KEY_BYTES)), decipher.final()])
    const signer = signerOf(secret)
    secret.fill(0)
    return signer
  } catch (error) {
    throw new PublisherError(
      'passphrase',
      `that isn't the passphrase of ${file}, or the file was changed`,
      { cause: error },
    )
  }
}

/** What is authenticated beside the secret: every other field, in one order. */
function sealedWith({
  type,
  version,
  name,
  public: key,
  kdf,
  cipher,
}: Omit<KeyFields, 'nonce' | 'sealed'>): Uint8Array {
  const { name: kdfName, memoryKib, passes, lanes, salt } = kdf
  return utf8Bytes(
    JSON.stringify([type, version, name, key, kdfName, memoryKib, passes, lanes, salt, cipher]),
  )
}

function derived(passphrase: string, kdf: KeyFields['kdf']): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const parameters = {
    // However a keyboard composes its accents, the passphrase is the same.
    message: Buffer.from(passphrase.normalize('NFC')),
    nonce: Buffer.from(kdf.salt, 'hex'),
    parallelism: kdf.lanes,
    memory: kdf.memoryKib,
    passes: kdf.passes,
    tagLength: KEY_BYTES,
  }
  argon2('argon2id', parameters, (error, key) => {
    if (error === null) resolve(key)
    else reject(error)
  })
  return promise
}

/** The secret goes into OpenSSL's memory and nowhere else. */
function signerOf(secret: Uint8Array): Signer {
  const der = Buffer.concat([SECRET_PREFIX, secret])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  der.fill(0)
  const { x } = createPublicKey(key).export({ format: 'jwk' })
  return {
    publicKey: new Uint8Array(Buffer.from(x ?? '', 'base64url')),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  }
}
