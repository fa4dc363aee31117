import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import * as z from 'zod/mini'

/** About a tenth of a second on a small computer, and memory that makes trying many at once dear. */
const COST = { memoryKib: 19_456, passes: 2, lanes: 1 } as const
const SALT_BYTES = 16
const TAG_BYTES = 32

/** What is kept of a PIN: argon2id (RFC 9106) with a salt of its own. */
export const pinHashSchema = z.object({
  memoryKib: z.number().check(z.int(), z.gte(8), z.lte(1 << 20)),
  passes: z.number().check(z.int(), z.gte(1), z.lte(16)),
  lanes: z.number().check(z.int(), z.gte(1), z.lte(8)),
  salt: z.string().check(z.regex(/^[0-9a-f]{32}$/u)),
  tag: z.string().check(z.regex(/^[0-9a-f]{64}$/u)),
})
export type PinHash = z.infer<typeof pinHashSchema>

/** What is to be kept of a PIN. */
export async function hashPin(pin: string): Promise<PinHash> {
  const head = { ...COST, salt: randomBytes(SALT_BYTES).toString('hex') }
  return { ...head, tag: (await derived(pin, head)).toString('hex') }
}

/** Whether it's the PIN. */
export async function isPin(pin: string, hash: PinHash): Promise<boolean> {
  return timingSafeEqual(await derived(pin, hash), Buffer.from(hash.tag, 'hex'))
}

function derived(
  pin: string,
  { memoryKib, passes, lanes, salt }: Omit<PinHash, 'tag'>,
): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const parameters = {
    message: Buffer.from(pin),
    nonce: Buffer.from(salt, 'hex'),
    parallelism: lanes,
    memory: memoryKib,
    passes,
    tagLength: TAG_BYTES,
  }
  argon2('argon2id', parameters, (error, key) => {
    if (error === null) resolve(key)
    else reject(error)
  })
  return promise
}
