import { KIB, NetworkError, latin1, utf8Bytes } from '@matinee/base'
import type { ByteStream, HttpRequest } from '@matinee/base'
import { parseHeaderLines } from './sim-web-server.ts'

const MAX_HEAD_BYTES = 64 * KIB
const PAUSE_ABOVE_BYTES = 64 * KIB

/** The client's side of one request on one connection. */
export class HttpConversation {
  readonly #stream: ByteStream
  readonly #request: HttpRequest
  readonly #onOver: () => void
  readonly #signal: AbortSignal
  #queue: Uint8Array[] = []
  #queuedBytes = 0
  #state: { kind: 'open' } | { kind: 'ended' } | { kind: 'failed'; error: Error } = { kind: 'open' }
  #wake: (() => void) | null = null
  #expectedBytes: number | null = null
  readonly #onAbort = (): void => this.#fail(this.#signal.reason)

  /** @param onOver called once, when nothing more is expected */
  constructor(stream: ByteStream, request: HttpRequest, signal: AbortSignal, onOver: () => void) {
    this.#stream = stream
    this.#request = request
    this.#signal = signal
    this.#onOver = onOver
    signal.addEventListener('abort', this.#onAbort, { once: true })
    stream.start({
      onBytes: (bytes) => {
        this.#queue.push(bytes.slice())
        this.#queuedBytes += bytes.length
        if (this.#queuedBytes > PAUSE_ABOVE_BYTES) stream.pause()
        this.#wake?.()
      },
      onDrain: () => undefined,
      onEnd: () => {
        if (this.#state.kind === 'open') this.#state = { kind: 'ended' }
        this.#wake?.()
      },
      onFailure: (error) => this.#fail(error),
    })
    const url = new URL(request.url)
    const fields = { host: url.host, ...request.headers }
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`)
    stream.write([utf8Bytes(`GET ${url.pathname}${url.search} HTTP/1.1\r\n${lines.join('')}\r\n`)])
  }

  /** The status line and headers. Throws {@link NetworkError} `bad-answer`, `closed`, `timeout`. */
  async head(): Promise<{ status: number; headers: Record<string, string> }> {
    let text = ''
    for (;;) {
      const chunk = await this.#next()
      if (chunk === null)
        throw this.#giveUp(new NetworkError('closed', 'closed before the headers'))
      text += latin1(chunk)
      const end = text.indexOf('\r\n\r\n')
      if (end >= 0) {
        this.#putBack(chunk.subarray(chunk.length - (text.length - end - 4)))
        return this.#parseHead(text.slice(0, end))
      }
      if (text.length > MAX_HEAD_BYTES)
        throw this.#giveUp(new NetworkError('bad-answer', 'endless headers'))
    }
  }

  /** The body. Throws {@link NetworkError}; leaving the loop closes the connection. */
  async *body(): AsyncGenerator<Uint8Array> {
    let count = 0
    try {
      while (this.#expectedBytes === null || count < this.#expectedBytes) {
        const chunk = await this.#next()
        if (chunk === null) {
          if (this.#expectedBytes === null) return
          throw new NetworkError('closed', `closed after ${count} of ${this.#expectedBytes} bytes`)
        }
        const whole = chunk.subarray(0, (this.#expectedBytes ?? Infinity) - count)
        count += whole.length
        if (count > this.#request.maxBytes) {
          throw new NetworkError('too-large', `more than ${this.#request.maxBytes} bytes`)
        }
        if (whole.length > 0) yield whole
      }
    } finally {
      this.#over()
    }
  }

  #parseHead(text: string): { status: number; headers: Record<string, string> } {
    const [first = '', ...lines] = text.split('\r\n')
    const status = /^HTTP\/1\.[01] (\d{3})/u.exec(first)?.[1]
    if (status === undefined) {
      throw this.#giveUp(new NetworkError('bad-answer', 'the answer is not HTTP'))
    }
    const headers = parseHeaderLines(lines)
    const declared = headers['content-length']
    if (declared !== undefined && /^\d{1,15}$/u.test(declared))
      this.#expectedBytes = Number(declared)
    return { status: Number(status), headers }
  }

  async #next(): Promise<Uint8Array | null> {
    for (;;) {
      if (this.#state.kind === 'failed') throw this.#giveUp(this.#state.error)
      const chunk = this.#queue.shift()
      if (chunk !== undefined) {
        this.#queuedBytes -= chunk.length
        if (this.#queuedBytes <= PAUSE_ABOVE_BYTES) this.#stream.resume()
        return chunk
      }
      if (this.#state.kind === 'ended') return null
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #putBack(chunk: Uint8Array): void {
    if (chunk.length === 0) return
    this.#queue.unshift(chunk)
    this.#queuedBytes += chunk.length
  }

  #fail(error: Error): void {
    if (this.#state.kind === 'open') this.#state = { kind: 'failed', error }
    this.#stream.destroy()
    this.#wake?.()
  }

  #giveUp(error: Error): Error {
    this.#over()
    return error
  }

  #over(): void {
    this.#signal.removeEventListener('abort', this.#onAbort)
    this.#stream.destroy()
    this.#onOver()
  }
}
