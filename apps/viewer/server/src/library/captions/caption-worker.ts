import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod/mini'
import { SubtitleError } from '@matinee/media'
import { CAPTION_TEXTS } from './caption-text.ts'

const work = z
  .object({ bytes: z.instanceof(Uint8Array), language: z.string(), kind: z.enum(['vtt', 'ass']) })
  .parse(workerData)

/** One conversion, then the thread ends. */
function convert(): { readonly text: string } | { readonly refused: string } {
  try {
    return { text: CAPTION_TEXTS[work.kind](work.bytes, work.language) }
  } catch (error) {
    if (error instanceof SubtitleError) return { refused: error.message }
    throw error
  }
}

parentPort?.postMessage(convert())
