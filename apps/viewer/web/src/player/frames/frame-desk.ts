import { Listeners } from '../../api/listeners.ts'
import type { PlayerClock } from '../media-port.ts'
import type { FrameNews } from './frame-message.ts'

/** A picture takes some tens of milliseconds. A worker that says nothing for so long hangs in a strange film. */
export const PATIENCE_MS = 5000

/** Who finds and draws key frames of one film. */
export interface FrameMaker<Picture> {
  /** The picture of a moment. Not asked again before it has answered. */
  ask(seconds: number): Promise<FrameNews<Picture>>
  /** Ends it, also in the middle of something. */
  close(): void
}

/**
 * The picture above the time line: one is made at a time, and of all wishes meanwhile only the newest counts. A maker that
 * hangs, or has nothing to give, is ended for good.
 */
export class FrameDesk<Picture extends { close(): void }> {
  readonly #maker: FrameMaker<Picture>
  readonly #clock: PlayerClock
  readonly #listeners = new Listeners()
  /** Returns how to end it. */
  readonly subscribe = this.#listeners.add
  #wished: number | null = null
  #isUnderWay = false
  #isOver = false
  #picture: Picture | null = null
  #callOff: () => void = () => undefined

  constructor(maker: FrameMaker<Picture>, clock: PlayerClock) {
    this.#maker = maker
    this.#clock = clock
  }

  /** What is to be shown; closed when another is, or none. */
  get state(): Picture | null {
    return this.#picture
  }

  /** Somebody points at a moment; null = at none. */
  wish(seconds: number | null): void {
    this.#wished = seconds
    if (seconds === null) this.#show(null)
    else if (!this.#isUnderWay) this.#ask(seconds)
  }

  /** Ends its maker. The desk isn't used afterwards. */
  close(): void {
    this.#listeners.clear()
    this.#end()
  }

  #ask(seconds: number): void {
    if (this.#isOver) return
    this.#isUnderWay = true
    this.#callOff = this.#clock.after(PATIENCE_MS, () => this.#end())
    this.#maker.ask(seconds).then(
      (news) => this.#hear(seconds, news),
      () => this.#end(),
    )
  }

  #hear(seconds: number, news: FrameNews<Picture>): void {
    const picture = news.kind === 'picture' ? news.picture : null
    if (this.#isOver || this.#wished === null) picture?.close()
    else this.#show(picture)
    if (this.#isOver) return
    this.#callOff()
    this.#isUnderWay = false
    if (news.kind === 'never') this.#end()
    else if (this.#wished !== null && this.#wished !== seconds) this.#ask(this.#wished)
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#callOff()
    this.#maker.close()
    this.#show(null)
  }

  #show(picture: Picture | null): void {
    if (picture === this.#picture) return
    this.#picture?.close()
    this.#picture = picture
    this.#listeners.tell()
  }
}
