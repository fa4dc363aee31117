import {
  NetworkError,
  concatBytes,
  messageOf,
  untilAborted,
  type Clock,
  type Http,
  type LearnedFrom,
} from '@matinee/base'
import type { WantedFile } from '@matinee/catalogue'
import { SourceError, type FeedSource } from './feed-source.ts'
import { Deadline, PaceGuard, fileTimeMs } from './source-pace.ts'

/** What a static server says when there is no such file; 403 is how some stores say it. */
const MISSING: readonly number[] = [403, 404, 410]

/** A feed's folder on a web server. */
export class WebSource implements FeedSource {
  readonly kind = 'https'
  readonly #url: string
  readonly #learnedFrom: LearnedFrom
  readonly #http: () => Promise<Http>
  readonly #clock: Clock

  /**
   * @param url ends with a slash
   * @param learnedFrom who named it: the viewer, or a feed
   */
  constructor(url: string, learnedFrom: LearnedFrom, http: () => Promise<Http>, clock: Clock) {
    this.#url = url
    this.#learnedFrom = learnedFrom
    this.#http = http
    this.#clock = clock
  }

  async read({ path, maxBytes }: WantedFile, signal: AbortSignal): Promise<Uint8Array | null> {
    const timeoutMs = fileTimeMs(maxBytes)
    using deadline = new Deadline(this.#clock, timeoutMs, signal)
    using pace = new PaceGuard(this.#clock, deadline.signal)
    try {
      const http = await this.#http()
      const url = new URL(path, this.#url).href
      const request = { url, learnedFrom: this.#learnedFrom, maxBytes, timeoutMs }
      const answer = await untilAborted(http.get({ ...request, signal: pace.signal }), pace.signal)
      if (MISSING.includes(answer.status)) return null
      if (answer.status !== 200) throw new SourceError('status', `${url} answered ${answer.status}`)
      return await readBody(answer.body, maxBytes, pace)
    } catch (error) {
      signal.throwIfAborted()
      throw sourceErrorOf(error)
    }
  }
}

async function readBody(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  pace: PaceGuard,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    pace.signal.throwIfAborted()
    pace.note(chunk.length)
    length += chunk.length
    if (length > maxBytes) throw new SourceError('too-large', `more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return concatBytes(chunks)
}

function sourceErrorOf(error: unknown): SourceError {
  if (error instanceof SourceError) return error
  if (error instanceof NetworkError) {
    if (error.code === 'too-large') return new SourceError('too-large', error.message)
    if (error.code === 'timeout') return new SourceError('too-slow', error.message)
  }
  return new SourceError('unreachable', messageOf(error), { cause: error })
}
