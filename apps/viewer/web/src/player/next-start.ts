import { doneSchema, paths } from '#api'
import type { Ask } from '../api/request.ts'

/**
 * What follows the film that plays, got ready by the server. It belongs to the film's stream and ends with it; so nothing
 * is said when the film is over or its page goes away.
 */
export class NextStart {
  readonly #ask: Ask
  #streamId: string | null = null

  /** @param ask as the page's client asks */
  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** By the stream that it follows; null = not (any more). Each is asked for once, whatever comes of it. */
  want(streamId: string | null): void {
    const before = this.#streamId
    if (streamId === before) return
    this.#streamId = streamId
    if (streamId !== null) this.#tell('POST', streamId)
    else if (before !== null) this.#tell('DELETE', before)
  }

  #tell(method: 'POST' | 'DELETE', streamId: string): void {
    // Whether it could be got ready is seen when it plays.
    this.#ask(paths.streamNext(streamId), doneSchema, { method }).catch(() => undefined)
  }
}
