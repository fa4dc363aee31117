import type { ByteSpan } from '@matinee/base'
import type { WarmPart } from './warm-plan.ts'
import { USUAL_BYTES_PER_SECOND, type Need } from './playback.ts'

/** What a warm reader asks of its torrent. Positions are bytes of the torrent. */
export interface WarmSource {
  /** The end of the verified run that begins at `position`, at most `limit`. */
  verifiedUntil(position: number, limit: number): number
  /** What has to be fetched for a span, rounded as its hashes want it. */
  toFetch(span: ByteSpan): number
  /** Somebody watches: what is only got ready waits for what is needed. */
  readonly isWatched: boolean
}

/** Wants a span to be here, and reads nothing. As urgent as a film that begins, unless somebody watches. */
export class WarmReader {
  /** In bytes of the torrent. */
  readonly span: ByteSpan
  readonly #source: WarmSource
  readonly #allowanceBytes: number
  #verifiedEnd: number

  constructor(source: WarmSource, { span, allowanceBytes }: WarmPart) {
    this.span = span
    this.#source = source
    this.#allowanceBytes = allowanceBytes
    this.#verifiedEnd = span.start
    this.recheck()
  }

  /** A film that isn't watched takes nothing; one that is about to be is taken for a usual one. */
  get bytesPerSecond(): number {
    return this.#source.isWatched ? 0 : USUAL_BYTES_PER_SECOND
  }

  /** It wants all of its span to be here. */
  get position(): number {
    return this.span.start
  }

  get verifiedEnd(): number {
    return this.#verifiedEnd
  }

  /** All of it is here. */
  get isDone(): boolean {
    this.#advance()
    return this.#verifiedEnd >= this.span.end
  }

  need(): Need {
    this.#advance()
    const left = { start: this.#verifiedEnd, end: this.span.end }
    const nothing: Need = {
      goals: [],
      window: null,
      later: null,
      isCalm: false,
      bufferSeconds: Infinity,
    }
    // When hashes turn out not to come, whole pieces would be fetched: more than was allowed.
    if (left.start >= left.end || this.#source.toFetch(left) > this.#allowanceBytes) return nothing
    return this.#source.isWatched ? { ...nothing, later: left } : { ...nothing, goals: [left] }
  }

  /** Something that was verified is no longer there. */
  recheck(): void {
    this.#verifiedEnd = this.span.start
    this.#advance()
  }

  #advance(): void {
    if (this.#verifiedEnd < this.span.end)
      this.#verifiedEnd = this.#source.verifiedUntil(this.#verifiedEnd, this.span.end)
  }
}
