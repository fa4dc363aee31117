import * as z from 'zod/mini'
import { captionsSchema } from './work.ts'

/** POST `paths.openWork`: what the player needs. The addresses die with the stream. */
export const openedStreamSchema = z.object({
  streamId: z.string(),
  mediaUrl: z.string(),
  captions: z.array(z.extend(captionsSchema, { url: z.string() })),
})
export type OpenedStream = z.infer<typeof openedStreamSchema>
