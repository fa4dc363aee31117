import type { PlayerClock } from '../media-port.ts'
import type { DrawNews, DrawOrder, DrawnSize } from './draw-message.ts'

/** Its program, and a face, may take the worker so long. */
export const LONGEST_START_MS = 15_000
/** What takes longer is no subtitles: the worker is ended (S3). */
export const LONGEST_PICTURE_MS = 3000

/** A worker that draws. */
export interface DrawWorker {
  postMessage(order: DrawOrder): void
  terminate(): void
}

/** How the drawing of a script goes. `slow`: it was given up. `broken`: it can't be drawn. */
export type DrawingState = 'starting' | 'drawing' | 'slow' | 'broken'

export interface ScriptDrawingOptions {
  readonly clock: PlayerClock
  /** Opens a worker that tells its news. */
  readonly openWorker: (onNews: (news: DrawNews) => void) => DrawWorker
  readonly onPicture: (picture: ImageBitmap) => void
  readonly onState: (state: DrawingState) => void
}

/**
 * The drawing of one script. The worker is asked for one picture at a time; while it draws, only the last moment
 * asked for is remembered. When it fails or is slow it's ended, and nothing is drawn any more.
 */
export class ScriptDrawing {
  readonly #options: ScriptDrawingOptions
  #worker: DrawWorker | null
  #state: DrawingState = 'starting'
  #seconds: number | null = null
  #script: string | null = null
  #size: DrawnSize | null = null
  #isSized = false
  /** Calls off the waiting for the worker. Null = it has nothing to do. */
  #callOff: (() => void) | null

  constructor(options: ScriptDrawingOptions) {
    this.#options = options
    this.#worker = options.openWorker((news) => this.#hear(news))
    this.#callOff = options.clock.after(LONGEST_START_MS, () => this.#end('slow'))
  }

  /** The script, or more of it. */
  setScript(script: string): void {
    this.#script = script
  }

  /** The film shows larger or smaller. */
  setSize(size: DrawnSize): void {
    this.#size = size
    this.#isSized = true
  }

  /** Draws what shows at a moment of the script, once it's known how large. */
  drawAt(seconds: number): void {
    this.#seconds = seconds
    if (this.#callOff === null) this.#ask()
  }

  /** Ends the worker. The drawing isn't used afterwards. */
  close(): void {
    this.#callOff?.()
    this.#worker?.terminate()
    this.#worker = null
  }

  #ask(): void {
    const { clock } = this.#options
    if (this.#worker === null || this.#seconds === null || !this.#isSized) return
    this.#callOff = clock.after(LONGEST_PICTURE_MS, () => this.#end('slow'))
    this.#worker.postMessage({ seconds: this.#seconds, script: this.#script, size: this.#size })
    this.#seconds = null
    this.#script = null
    this.#size = null
  }

  #hear(news: DrawNews): void {
    if (this.#worker === null) {
      if (news.kind === 'drawn') news.picture?.close()
      return
    }
    this.#callOff?.()
    this.#callOff = null
    if (news.kind === 'failed') return this.#end('broken')
    if (news.kind === 'ready') return this.#ask()
    if (news.picture !== null) this.#options.onPicture(news.picture)
    if (this.#state === 'starting') {
      this.#state = 'drawing'
      this.#options.onState('drawing')
    }
    this.#ask()
  }

  #end(state: 'slow' | 'broken'): void {
    this.close()
    this.#state = state
    this.#options.onState(state)
  }
}
