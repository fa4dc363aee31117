import { openBuiltWorker } from '../built-worker.ts'
import { pageClock } from '../page-clock.ts'
import { FrameDesk, type FrameMaker } from './frame-desk.ts'
import type { FrameNews, FrameOrder } from './frame-message.ts'
// oxlint-disable-next-line import/default -- Vite makes it: the address of the built worker
import workerUrl from './frame-worker.ts?worker&url'

/**
 * Opens what draws the key frames of a film that are here.
 *
 * @param mediaUrl of the film, absolute
 */
export function openFrameDesk(mediaUrl: string): FrameDesk<ImageBitmap> {
  return new FrameDesk(new FrameWorkerLink(mediaUrl), pageClock)
}

/** A strange film is read apart from the page, which ends that whenever it likes. */
class FrameWorkerLink implements FrameMaker<ImageBitmap> {
  readonly #worker = openBuiltWorker('matinee-frames', workerUrl)

  constructor(mediaUrl: string) {
    this.#order({ kind: 'open', url: mediaUrl })
  }

  ask(seconds: number): Promise<FrameNews> {
    return new Promise((resolve, reject) => {
      this.#worker.onmessage = ({ data }: MessageEvent<FrameNews>) => resolve(data)
      this.#worker.onerror = () => reject(new Error('the worker of key frames is lost'))
      this.#order({ kind: 'at', seconds })
    })
  }

  close(): void {
    this.#worker.terminate()
  }

  #order(order: FrameOrder): void {
    this.#worker.postMessage(order)
  }
}
