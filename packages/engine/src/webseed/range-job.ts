import {
  LIMITS,
  KIB,
  NetworkError,
  messageOf,
  spanLength,
  type ByteSpan,
  type Http,
} from '@matinee/base'
import type { Layout } from '@matinee/protocol'
import { judgeAnswer, type RangeVerdict } from './range-answer.ts'
import type { FileAddress } from './shortcuts.ts'

/** One block of a job. */
export interface JobBlock {
  readonly block: number
  /** In torrent space. */
  readonly span: ByteSpan
}

/** Why a job ended early; a job that ended well, or was called off, has no such thing. */
export type JobFailure =
  | Exclude<RangeVerdict, { kind: 'fine' }>
  /** No whole answer came. */
  | { readonly kind: 'broken'; readonly reason: string }

/** Where the bytes come from. */
export interface JobSource {
  readonly http: Http
  readonly layout: Layout
  addressOf(fileIndex: number): FileAddress
  /** The file's bytes came from `url`, where `asked` led. */
  onAnswer(fileIndex: number, asked: string, url: string): void
}

/** How a job failed, and what it had asked for then. */
export interface JobEnd {
  readonly failure: JobFailure
  readonly fileIndex: number
  readonly asked: string
}

/** What comes anyway when it's no longer wanted: less than a new connection costs. */
const WORTH_BREAKING_BYTES = 64 * KIB

/**
 * Fetches a run of blocks without gaps between them: one range request for each file that it touches,
 * padding filled in. Hands every block on as soon as its last byte is there.
 */
export class RangeJob {
  /** In order, without gaps. */
  readonly blocks: readonly JobBlock[]
  readonly #abort = new AbortController()
  /** Not handed on yet, and going to be. */
  readonly #pending: Set<number>
  /** Those of them that somebody waits for. */
  readonly #wanted: Set<number>
  /** Nothing is read from here on. */
  #end: number
  /** Torrent space up to here is filled. */
  #filledTo: number

  constructor(blocks: readonly JobBlock[]) {
    this.blocks = blocks
    this.#filledTo = blocks[0]?.span.start ?? 0
    this.#end = blocks.at(-1)?.span.end ?? this.#filledTo
    this.#pending = new Set(blocks.map(({ block }) => block))
    this.#wanted = new Set(this.#pending)
  }

  /** Blocks that are still going to be handed on. */
  get pending(): readonly number[] {
    return [...this.#pending]
  }

  /**
   * Nobody waits for these any more. Returns those that won't come: a tail that isn't worth its bytes.
   * A few come all the same, because a broken connection costs more.
   */
  cancel(blocks: readonly number[]): readonly number[] {
    for (const block of blocks) this.#wanted.delete(block)
    const last = this.blocks.findLast(({ block }) => this.#wanted.has(block))
    const end = Math.max(last?.span.end ?? 0, this.#filledTo)
    if (this.#end - end <= WORTH_BREAKING_BYTES) return []
    this.#end = end
    const left = this.blocks.filter(
      ({ block, span }) => span.end > end && this.#pending.delete(block),
    )
    if (!last) this.stop()
    return left.map(({ block }) => block)
  }

  /** Breaks the connection. */
  stop(): void {
    this.#pending.clear()
    this.#abort.abort(new DOMException('no longer needed', 'AbortError'))
  }

  /** Runs to its end. Never throws; a job that was called off answers `null` like one that is done. */
  async run(
    source: JobSource,
    onBlock: (block: number, bytes: Uint8Array) => void,
  ): Promise<JobEnd | null> {
    const buffer = new Uint8Array((this.blocks.at(-1)?.span.end ?? this.#filledTo) - this.#filledTo)
    const base = this.#filledTo
    const fill = (at: number, bytes: Uint8Array): void => {
      buffer.set(bytes, at - base)
      this.#fillTo(at + bytes.length, buffer, base, onBlock)
    }
    for (const part of source.layout.filesIn({ start: base, end: this.#end })) {
      if (part.span.start >= this.#end) break
      const { fileIndex } = part
      const address = source.addressOf(fileIndex)
      const failure = await this.#fetchPart(source, address, part, fill)
      if (this.#abort.signal.aborted) return null
      if (failure) return { failure, fileIndex, asked: address.url }
    }
    // Only padding is left: zeros, as the buffer was made.
    this.#fillTo(this.#end, buffer, base, onBlock)
    return null
  }

  async #fetchPart(
    source: JobSource,
    address: FileAddress,
    part: { readonly fileIndex: number; readonly span: ByteSpan; readonly fileSpan: ByteSpan },
    fill: (at: number, bytes: Uint8Array) => void,
  ): Promise<JobFailure | null> {
    const { fileSpan, span } = part
    const whole = source.layout.fileSpan(part.fileIndex)
    const leaving = new AbortController()
    let at = span.start
    try {
      const answer = await source.http.get({
        ...address,
        purpose: 'web-seed',
        headers: { range: `bytes=${fileSpan.start}-${fileSpan.end - 1}` },
        maxBytes: spanLength(fileSpan),
        timeoutMs: LIMITS.webSeedMs,
        signal: AbortSignal.any([this.#abort.signal, leaving.signal]),
      })
      const verdict = judgeAnswer(answer, fileSpan, spanLength(whole))
      if (verdict.kind !== 'fine') return verdict
      source.onAnswer(part.fileIndex, address.url, answer.url)
      for await (const bytes of answer.body) {
        fill(at, bytes)
        at += bytes.length
        // NOTE: a body that was read to its end leaves a connection for the next request.
        if (at >= this.#end && at < span.end) return null
      }
      if (at >= Math.min(span.end, this.#end)) return null
      return { kind: 'broken', reason: `${at - span.start} of ${spanLength(span)} bytes` }
    } catch (error) {
      if (this.#abort.signal.aborted) return null
      if (!(error instanceof NetworkError)) throw error
      return failureOf(error)
    } finally {
      // Of a body that nobody began to read only this closes the connection.
      leaving.abort()
    }
  }

  #fillTo(
    to: number,
    buffer: Uint8Array,
    base: number,
    onBlock: (block: number, bytes: Uint8Array) => void,
  ): void {
    this.#filledTo = Math.max(this.#filledTo, to)
    for (const { block, span } of this.blocks) {
      if (span.end > this.#filledTo) break
      if (!this.#pending.delete(block)) continue
      onBlock(block, buffer.slice(span.start - base, span.end - base))
    }
  }
}

function failureOf(error: NetworkError): JobFailure {
  const reason = messageOf(error)
  if (error.code === 'too-large') return { kind: 'wrong', reason: 'more bytes than asked for' }
  if (error.code === 'policy') return { kind: 'wrong', reason }
  return { kind: 'broken', reason }
}
