import {
  utf8Bytes,
  type ByteStream,
  type Clock,
  type Listener,
  type Listening,
  type SocketAddress,
  type Timer,
} from '@matinee/base'
import {
  decodeAnnounceQuery,
  decodeScrapeQuery,
  encodeHttpAnnounceAnswer,
  encodeHttpFailure,
  encodeHttpScrapeAnswer,
  TrackerError,
  type ScrapeCounts,
} from '@matinee/protocol'
import { RequestHead } from './request-head.ts'
import type { SwarmRegister } from './swarm-register.ts'
import { TRACKER_LIMITS } from './tracker-limits.ts'

interface Parts {
  readonly register: SwarmRegister
  readonly clock: Clock
}

interface Answer {
  readonly status: number
  readonly body: Uint8Array
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  431: 'Request Header Fields Too Large',
  505: 'HTTP Version Not Supported',
}

/**
 * The tracker over HTTP (BEP 3, 23, 48): one GET per connection, `/announce` and `/scrape`, everything
 * else refused. Slow and numerous clients are cut off (threats.md T10).
 */
export class HttpTrackerServer implements AsyncDisposable {
  readonly #parts: Parts
  readonly #streams = new Set<ByteStream>()
  #listening: Listening | null = null

  private constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Throws NetworkError when the port is taken. */
  static async open(
    listener: Listener,
    at: SocketAddress,
    parts: Parts,
  ): Promise<HttpTrackerServer> {
    const server = new HttpTrackerServer(parts)
    server.#listening = await listener.listen(at, (stream) => server.#serve(stream))
    return server
  }

  get port(): number {
    return this.#listening?.address.port ?? 0
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const stream of this.#streams) stream.destroy()
    this.#streams.clear()
    await this.#listening?.close()
  }

  #serve(stream: ByteStream): void {
    if (this.#isCrowded(stream.remote.host)) {
      stream.destroy()
      return
    }
    this.#streams.add(stream)
    const head = new RequestHead()
    const cut = (): void => {
      this.#streams.delete(stream)
      stream.destroy()
    }
    let patience: Timer = this.#parts.clock.setTimer(TRACKER_LIMITS.patienceMs, cut)
    let hasAnswered = false
    const leave = (): void => {
      patience.cancel()
      this.#streams.delete(stream)
    }
    stream.start({
      onBytes: (bytes) => {
        if (hasAnswered) return
        const state = head.push(bytes)
        if (state.kind === 'more') return
        hasAnswered = true
        const answer: Answer =
          state.kind === 'bad'
            ? { status: state.status, body: NO_BODY }
            : this.#answer(state.method, state.target, stream.remote)
        patience.cancel()
        patience = this.#parts.clock.setTimer(TRACKER_LIMITS.patienceMs, cut)
        stream.write(toChunks(answer))
        stream.close()
      },
      onDrain: () => {},
      onEnd: leave,
      onFailure: leave,
    })
  }

  #isCrowded(host: string): boolean {
    if (this.#streams.size >= TRACKER_LIMITS.connections) return true
    let same = 0
    for (const stream of this.#streams) if (stream.remote.host === host) same++
    return same >= TRACKER_LIMITS.connectionsPerIp
  }

  #answer(method: string, target: string, from: SocketAddress): Answer {
    if (method !== 'GET') return { status: 405, body: NO_BODY }
    const mark = target.indexOf('?')
    const path = mark < 0 ? target : target.slice(0, mark)
    const query = mark < 0 ? '' : target.slice(mark + 1)
    try {
      if (path === '/announce') return { status: 200, body: this.#announce(query, from) }
      if (path === '/scrape') return { status: 200, body: this.#scrape(query, from) }
      return { status: 404, body: NO_BODY }
    } catch (error) {
      if (!(error instanceof TrackerError)) throw error
      return { status: 400, body: encodeHttpFailure(error.message) }
    }
  }

  #announce(query: string, from: SocketAddress): Uint8Array {
    const { register, clock } = this.#parts
    const answer = register.announce(decodeAnnounceQuery(query), from, clock.nowMs())
    return answer.kind === 'answer'
      ? encodeHttpAnnounceAnswer(answer.outcome)
      : encodeHttpFailure(answer.reason)
  }

  #scrape(query: string, from: SocketAddress): Uint8Array {
    const { register, clock } = this.#parts
    const infoHashes = decodeScrapeQuery(query)
    const answer = register.scrape(infoHashes, from, clock.nowMs())
    if (answer.kind === 'refused') return encodeHttpFailure(answer.reason)
    const listed: [Uint8Array, ScrapeCounts][] = []
    for (const [index, infoHash] of infoHashes.entries()) {
      const counts = answer.outcome[index]
      if (counts) listed.push([infoHash, counts])
    }
    return encodeHttpScrapeAnswer(listed)
  }
}

const NO_BODY = new Uint8Array(0)

function toChunks({ status, body }: Answer): Uint8Array[] {
  const head = [
    `HTTP/1.1 ${status} ${REASONS[status] ?? 'Answer'}`,
    'Content-Type: text/plain',
    `Content-Length: ${body.length}`,
    'Connection: close',
    'X-Content-Type-Options: nosniff',
    '',
    '',
  ].join('\r\n')
  return [utf8Bytes(head), body]
}
