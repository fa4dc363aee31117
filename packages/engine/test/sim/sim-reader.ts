import type { ByteSpan } from '@matinee/base'
import { Playback, type Need } from '../../src/stream/playback.ts'
import type { OpenReader } from '../../src/stream/readers.ts'

/** What a browser takes beyond what it plays before it stops reading. */
const BROWSER_BUFFER_BYTES = 12_000_000

/** A reader whose player reads as a browser does: as fast as it can until its own buffer is full. */
export class SimReader implements OpenReader {
  readonly span: ByteSpan
  readonly bytesPerSecond: number
  readonly #verifiedUntil: (from: number, limit: number) => number
  readonly #playback: Playback
  #verifiedEnd: number
  /** Where the film is, in bytes; the player moves it. */
  playedTo: number

  constructor(
    span: ByteSpan,
    bytesPerSecond: number,
    verifiedUntil: (from: number, limit: number) => number,
  ) {
    this.span = span
    this.bytesPerSecond = bytesPerSecond
    this.#verifiedUntil = verifiedUntil
    this.#playback = new Playback(span, bytesPerSecond)
    this.#verifiedEnd = span.start
    this.playedTo = span.start
  }

  get verifiedEnd(): number {
    this.#verifiedEnd = this.#verifiedUntil(this.#verifiedEnd, this.span.end)
    return this.#verifiedEnd
  }

  need(nowMs: number): Need {
    const { verifiedEnd } = this
    const position = Math.min(verifiedEnd, this.playedTo + BROWSER_BUFFER_BYTES)
    return this.#playback.need({ verifiedEnd, position, nowMs })
  }
}
