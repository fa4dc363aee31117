import { SubtitleError } from '@matinee/media'
import { SECOND_MS } from '@matinee/base'
import { Worker } from 'node:worker_threads'
import * as z from 'zod/mini'
import type { CAPTION_TEXTS } from './caption-text.ts'

/** S3: a conversion that takes longer is ended. */
export const CONVERSION_LIMIT_MS = 2 * SECOND_MS

const answerSchema = z.union([z.object({ text: z.string() }), z.object({ refused: z.string() })])

/** What subtitles are, and what is made of them. */
export interface CaptionKind {
  readonly language: string
  readonly kind: keyof typeof CAPTION_TEXTS
}

/**
 * Subtitles as one of {@link CAPTION_TEXTS}, converted in a thread of their own. Throws SubtitleError, also after `limitMs`, or the signal's
 * reason.
 */
export async function captionTextApart(
  bytes: Uint8Array,
  { language, kind }: CaptionKind,
  signal: AbortSignal,
  limitMs = CONVERSION_LIMIT_MS,
): Promise<string> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./caption-worker.ts', import.meta.url), {
    workerData: { bytes, language, kind },
  })
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)])
  try {
    const answer = await new Promise<unknown>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
      limit.addEventListener('abort', () => reject(limit.reason), { once: true })
    })
    const parsed = answerSchema.parse(answer)
    if ('text' in parsed) return parsed.text
    throw new SubtitleError('unknown-format', parsed.refused)
  } catch (error) {
    if (signal.aborted || !limit.aborted) throw error
    throw new SubtitleError('too-large', `not converted within ${limitMs} ms`)
  } finally {
    await worker.terminate()
  }
}
