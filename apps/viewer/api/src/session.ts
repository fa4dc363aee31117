import * as z from 'zod/mini'
import { TOKEN_CHARACTERS } from './paths.ts'

/** POST to `paths.session`: the one-time code from the launch address' fragment. */
export const sessionRequestSchema = z.object({
  code: z.string().check(z.maxLength(4 * TOKEN_CHARACTERS)),
})
export type SessionRequest = z.infer<typeof sessionRequestSchema>

/** The token that the page keeps and sends from then on. */
export const sessionSchema = z.object({ token: z.string().check(z.length(TOKEN_CHARACTERS)) })
export type Session = z.infer<typeof sessionSchema>

/** GET `paths.health`: the server is there. */
export const healthSchema = z.object({ ok: z.literal(true) })
export type Health = z.infer<typeof healthSchema>

/** The answer of acts that have nothing to tell. */
export const doneSchema = z.object({ done: z.literal(true) })
export type Done = z.infer<typeof doneSchema>
