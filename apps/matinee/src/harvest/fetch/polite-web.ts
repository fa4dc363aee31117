/** One question at a time, hosts left in peace between two, and asked again when they said that it was too much. */
import {
  NetworkError,
  TurnQueue,
  concatBytes,
  messageOf,
  sleep,
  type Clock,
  type Http,
  type HttpResponse,
  type LearnedFrom,
} from '@matinee/base'
import { HarvestError, type HarvestErrorCode } from '../harvest-error.ts'
import { NEW_HOST, isTooMuch, paceAfter, secondsToLeave, type HostState } from './host-pace.ts'

/** What is asked for. */
export interface WebQuestion {
  readonly url: string
  /** Whose word the address is: what an item or a page names is a stranger's (`metainfo`). */
  readonly learnedFrom: LearnedFrom
  readonly headers?: Readonly<Record<string, string>>
  /** Of the body, unpacked. */
  readonly maxBytes: number
  /** From question to last byte. Default 60 000. */
  readonly timeoutMs?: number
  readonly signal: AbortSignal
}

/** A page as it was answered. */
export interface WebPage {
  /** Who answered in the end. */
  readonly url: string
  readonly bytes: Uint8Array
  /** In lower case without parameters; empty when the answer has none. */
  readonly type: string
}

const PAGE_TIMEOUT_MS = 60_000

/** Where candidates come from. */
export class PoliteWeb {
  readonly #http: Http
  readonly #clock: Clock
  readonly #hosts = new Map<string, HostState>()
  readonly #turns = new TurnQueue()

  constructor(http: Http, clock: Clock) {
    this.#http = http
    this.#clock = clock
  }

  /** A whole page. Throws {@link HarvestError}, or the signal's reason. */
  async page(question: WebQuestion): Promise<WebPage> {
    return await this.ask(question, async (response) => {
      if (response.status === 404 || response.status === 410)
        throw new HarvestError('gone', `${question.url} isn't there (${response.status})`)
      if (response.status !== 200)
        throw new HarvestError('answer', `${question.url} answered ${response.status}`)
      const chunks: Uint8Array[] = []
      for await (const chunk of response.body) chunks.push(chunk)
      const type = (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase()
      return { url: response.url, bytes: concatBytes(chunks), type: type ?? '' }
    })
  }

  /**
   * Asks when nobody else is being asked and the host's pause is over, and hands the answer to `read`, which reads or
   * leaves its body. Throws {@link HarvestError}, what `read` throws, or the signal's reason.
   */
  async ask<T>(question: WebQuestion, read: (response: HttpResponse) => Promise<T>): Promise<T> {
    return await this.#turns.run(() => this.#asked(question, read))
  }

  async #asked<T>(question: WebQuestion, read: (response: HttpResponse) => Promise<T>): Promise<T> {
    const host = hostOf(question.url)
    for (;;) {
      const state = this.#hosts.get(host) ?? NEW_HOST
      const seconds = secondsToLeave(state, this.#clock.nowMs())
      if (seconds !== null) throw left(host, seconds)
      const waitMs = state.notBeforeMs - this.#clock.nowMs()
      if (waitMs > 0) await sleep(this.#clock, waitMs, question.signal)
      question.signal.throwIfAborted()
      const response = await this.#get(question)
      const retryAfter = response.headers['retry-after']
      const { status } = response
      const now = this.#clock.nowMs()
      this.#hosts.set(host, paceAfter(state, status, retryAfter, now, this.#clock.wallMs()))
      if (!isTooMuch(status)) {
        try {
          return await read(response)
        } catch (error) {
          throw failureOf(error, question)
        } finally {
          const notBeforeMs = paceAfter(state, status, undefined, this.#clock.nowMs(), 0)
          this.#hosts.set(host, notBeforeMs)
        }
      }
      await leave(response)
    }
  }

  async #get(question: WebQuestion): Promise<HttpResponse> {
    const { url, learnedFrom, maxBytes, headers, signal } = question
    const timeoutMs = question.timeoutMs ?? PAGE_TIMEOUT_MS
    // A body may take a day, its headers may not.
    const silence = new AbortController()
    const patience = this.#clock.setTimer(PAGE_TIMEOUT_MS, () =>
      silence.abort(new NetworkError('timeout', 'no answer in time')),
    )
    try {
      return await this.#http.get({
        url,
        learnedFrom,
        maxBytes,
        timeoutMs,
        signal: AbortSignal.any([signal, silence.signal]),
        ...(headers === undefined ? {} : { headers }),
      })
    } catch (error) {
      this.#hosts.set(hostOf(url), paceAfter(NEW_HOST, 0, undefined, this.#clock.nowMs(), 0))
      throw failureOf(error, question)
    } finally {
      patience.cancel()
    }
  }
}

function left(host: string, seconds: number): HarvestError {
  const until = `${host} asks to be left alone for ${seconds} s`
  return new HarvestError('busy', `${until}; call the harvest again later`)
}

/** The body isn't read; leaving it closes the connection. */
async function leave(response: HttpResponse): Promise<void> {
  for await (const _ of response.body) break
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

/** What isn't the line's fault isn't tried again. */
const CODES: Readonly<Partial<Record<NetworkError['code'], HarvestErrorCode>>> = {
  'too-large': 'too-large',
  policy: 'answer',
  'bad-answer': 'answer',
  'too-many-redirects': 'answer',
}

function failureOf(error: unknown, { url, signal }: WebQuestion): unknown {
  if (signal.aborted || !(error instanceof NetworkError)) return error
  const code = CODES[error.code] ?? 'network'
  return new HarvestError(code, `${url}: ${messageOf(error)}`, { cause: error })
}
