import { LIMITS, assert, spanLength, type ByteSpan } from '@matinee/base'
import { Refusal } from './refusal.ts'

/** Asks for spans of a file and is given their bytes. What it returns is what came of it. */
export type Asking<T> = Generator<ByteSpan, T, Uint8Array>

/** What is asked for at least at a time: one block of a torrent, which comes as a whole anyway. */
const STEP_BYTES = LIMITS.blockBytes

/** More questions than any honest file needs: a loop of pointers ends here. */
const MAX_QUESTIONS = 64

/** The bytes of a file as far as a locator has asked for them. Keeps the last answer only. */
export class ByteWindow {
  readonly fileBytes: number
  readonly #asked: ByteSpan[] = []
  #span: ByteSpan = { start: 0, end: 0 }
  #bytes: Uint8Array = new Uint8Array(0)

  constructor(fileBytes: number) {
    this.fileBytes = fileBytes
  }

  /** Everything that was asked for: sorted, what touches made one. */
  get asked(): readonly ByteSpan[] {
    const out: ByteSpan[] = []
    for (const span of this.#asked.toSorted((a, b) => a.start - b.start)) {
      const last = out.at(-1)
      if (last && span.start <= last.end)
        out[out.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
      else out.push(span)
    }
    return out
  }

  /**
   * The bytes of a span, asked for unless they are here. Throws {@link Refusal} `broken` when it isn't
   * within the file, `too-large` above the cap of an index.
   */
  *read(span: ByteSpan): Asking<Uint8Array> {
    if (span.start < 0 || span.start > span.end || span.end > this.fileBytes)
      throw new Refusal('broken', `bytes ${span.start} to ${span.end} of ${this.fileBytes}`)
    if (spanLength(span) > LIMITS.containerIndexBytes)
      throw new Refusal('too-large', `${spanLength(span)} bytes of index`)
    if (span.start < this.#span.start || span.end > this.#span.end) yield* this.#ask(span)
    return this.#bytes.subarray(span.start - this.#span.start, span.end - this.#span.start)
  }

  /** As much of the `bytes` behind `start` as the file has. */
  *peek(start: number, bytes: number): Asking<Uint8Array> {
    return yield* this.read({ start, end: Math.min(start + bytes, this.fileBytes) })
  }

  *#ask(span: ByteSpan): Asking<void> {
    if (this.#asked.length >= MAX_QUESTIONS) throw new Refusal('broken', 'too many parts')
    const end = Math.min(Math.max(span.end, span.start + STEP_BYTES), this.fileBytes)
    this.#span = { start: span.start, end }
    this.#asked.push(this.#span)
    this.#bytes = yield this.#span
    assert(this.#bytes.length === spanLength(this.#span), 'an answer has the bytes asked for')
  }
}
