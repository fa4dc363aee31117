import * as z from 'zod/mini'

/** A feed's decision that a work is withdrawn, in the language that was asked for. */
export const withdrawalSchema = z.object({
  /** The feed, or the curator and the feed; a stranger's text. */
  by: z.string(),
  /** `YYYY-MM-DD`. */
  on: z.string(),
  /** A sentence of ours: "Its maker asked for it." */
  reason: z.string(),
  /** What the feed says about it itself; a stranger's text. */
  note: z.nullable(z.string()),
  /** False: another feed's, which informs and does nothing. */
  acts: z.boolean(),
  /** Whether a copy that is on this computer plays all the same. */
  copyPlays: z.boolean(),
})
export type Withdrawal = z.infer<typeof withdrawalSchema>
