import { LINK_NAME_CHARACTERS } from '#api'
import { KIB } from '@matinee/base'
import { randomBytes } from 'node:crypto'
import * as z from 'zod/mini'
import { LinkError } from './link-error.ts'
import type { MessageStream } from './message-stream.ts'

const SMALL_BYTES = 4 * KIB

const nameSchema = z.string().check(z.maxLength(LINK_NAME_CHARACTERS))
const askSchema = z.object({
  type: z.literal('matinee-link'),
  version: z.literal(1),
  name: nameSchema,
  isChild: z.boolean(),
})
const answerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('matinee-linked'),
    name: nameSchema,
    secret: z.string().check(z.regex(/^[\w-]{43}$/u)),
  }),
  z.object({ type: z.literal('matinee-not-linked'), why: z.enum(['other-kind', 'full']) }),
])
const keptSchema = z.object({ type: z.literal('matinee-link-kept') })

/** Whose shelf it is on this side. */
export interface PairingSide {
  /** What this computer calls itself. */
  readonly name: string
  /** Whether a children's profile is linked. */
  readonly isChild: boolean
}

/** What both sides know from now on. */
export interface Paired {
  /** 32 bytes by chance, base64url: the code, which somebody may have seen, is worth nothing any more. */
  readonly secret: string
  /** What the other computer calls itself; not cleaned yet. */
  readonly name: string
}

/**
 * Where the code was shown. `keep` writes it down; it's called when the other side has.
 *
 * Throws `LinkError`, and what `keep` throws.
 */
export async function pairShown(
  messages: MessageStream,
  side: PairingSide & { readonly isFull: boolean },
  keep: (paired: Paired) => Promise<void>,
): Promise<void> {
  const { name, isChild } = await messages.read(askSchema, SMALL_BYTES)
  const why = side.isFull ? 'full' : isChild === side.isChild ? null : 'other-kind'
  if (why !== null) {
    messages.send({ type: 'matinee-not-linked', why })
    throw new LinkError(why, 'not linked')
  }
  const secret = randomBytes(32).toString('base64url')
  messages.send({ type: 'matinee-linked', name: side.name, secret })
  await messages.read(keptSchema, SMALL_BYTES)
  await keep({ secret, name })
  messages.send({ type: 'matinee-link-kept' })
}

/** Where the code was typed. `keep` writes it down and answers what takes it back, which is done when the other side didn't get as far. */
export async function pairTyped(
  messages: MessageStream,
  side: PairingSide,
  keep: (paired: Paired) => Promise<() => Promise<void>>,
): Promise<void> {
  messages.send({ type: 'matinee-link', version: 1, ...side })
  const answer = await messages.read(answerSchema, SMALL_BYTES)
  if (answer.type === 'matinee-not-linked') throw new LinkError(answer.why, 'not linked there')
  const takeBack = await keep({ secret: answer.secret, name: answer.name })
  try {
    messages.send({ type: 'matinee-link-kept' })
    await messages.read(keptSchema, SMALL_BYTES)
  } catch (error) {
    await takeBack()
    throw error
  }
}
