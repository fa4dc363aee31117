import * as z from 'zod/mini'

/** What the heading may truthfully say. `hand-made`: animation and shorts; `everyone`: the public domain. */
export const THANKS_TONES = ['hand-made', 'everyone', 'plain'] as const

/** How the makers of a work take thanks, directly. */
export const thanksSchema = z.object({
  tone: z.enum(THANKS_TONES),
  /** One at least. */
  channels: z.array(
    z.object({
      /** "Ada Lovelace on Liberapay", in the viewer's language; a stranger's name is in it. */
      label: z.string(),
      way: z.discriminatedUnion('kind', [
        /** The payee's own page, https. */
        z.object({ kind: z.literal('page'), url: z.string() }),
        /** A Lightning address (LUD-16), as `name@host`. */
        z.object({ kind: z.literal('lightning'), address: z.string() }),
      ]),
    }),
  ),
  /** What is known about whose these are, a sentence. */
  proof: z.string(),
})
export type Thanks = z.infer<typeof thanksSchema>
export type ThanksChannel = Thanks['channels'][number]
