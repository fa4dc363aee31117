import { openBuiltWorker } from './built-worker.ts'
import type { SubtitleFault } from './subtitle-track.ts'
import type { SubtitleAnswer, SubtitleQuestion } from './subtitle-worker.ts'
// oxlint-disable-next-line import/default -- Vite makes it: the address of the built worker
import workerUrl from './subtitle-worker.ts?worker&url'

/** Reading takes a fraction of a second; what takes longer is given up (S3). */
const LONGEST_READ_MS = 2000

/** Subtitles can't be read; `fault` is why. */
export class SubtitleReadError extends Error {
  override readonly name = 'SubtitleReadError'
  readonly code: SubtitleFault
  constructor(code: SubtitleFault) {
    super(`subtitles can't be read: ${code}`)
    this.code = code
  }
}

/**
 * Reads subtitles that a stranger wrote, apart from the page: however odd they are, the film goes on, and after
 * two seconds it's over. Throws {@link SubtitleReadError}.
 */
export function readSubtitles(
  question: SubtitleQuestion,
): Promise<Extract<SubtitleAnswer, { kind: 'read' }>> {
  return new Promise((resolve, reject) => {
    const worker = openBuiltWorker('matinee-subtitles', workerUrl)
    const end = (done: () => void): void => {
      clearTimeout(timer)
      worker.terminate()
      done()
    }
    const timer = setTimeout(
      () => end(() => reject(new SubtitleReadError('slow'))),
      LONGEST_READ_MS,
    )
    worker.addEventListener('error', () => end(() => reject(new SubtitleReadError('lost'))))
    worker.addEventListener('message', ({ data }: MessageEvent<SubtitleAnswer>) =>
      end(() => {
        if (data.kind === 'read') resolve(data)
        else reject(new SubtitleReadError(data.code))
      }),
    )
    worker.postMessage(question, [question.bytes.buffer])
  })
}
