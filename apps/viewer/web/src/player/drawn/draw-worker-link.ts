import { openBuiltWorker } from '../built-worker.ts'
import type { DrawNews } from './draw-message.ts'
import type { DrawWorker } from './script-drawing.ts'
// oxlint-disable-next-line import/default -- Vite makes it: the address of the built worker
import workerUrl from './draw-worker.ts?worker&url'

/** Opens a worker that draws. One that can't even start has failed. */
export function openDrawWorker(onNews: (news: DrawNews) => void): DrawWorker {
  const worker = openBuiltWorker('matinee-drawing', workerUrl)
  worker.addEventListener('message', ({ data }: MessageEvent<DrawNews>) => onNews(data))
  for (const name of ['error', 'messageerror'])
    worker.addEventListener(name, () => onNews({ kind: 'failed' }))
  return worker
}
