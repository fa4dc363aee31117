import { sleep, utf8Bytes, type ByteStream, type Clock, type SocketAddress } from '@matinee/base'

/** A GET request as the simulated server sees it. */
export interface WebRequest {
  /** Path and query exactly as sent, percent signs included. */
  readonly target: string
  readonly url: URL
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly from: SocketAddress
}

/** What a simulated web server says to one request. */
export interface WebAnswer {
  /** Default 200. */
  readonly status?: number
  /** A `content-length` is added for bodies of known length, unless one (true or not) is given. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>
  /** Thinking time before the first byte. */
  readonly delayMs?: number
  /** After the body. Default `close`; `hang` leaves the connection open and silent. */
  readonly finish?: 'close' | 'reset' | 'hang'
}

/** Answers one request. Throwing or rejecting resets the connection. */
export type WebHandler = (request: WebRequest) => WebAnswer | Promise<WebAnswer>

/** Reads one request from a stream and answers it. */
export function serveWeb(clock: Clock, stream: ByteStream, handle: WebHandler): void {
  let head = ''
  let isAnswering = false
  let onDrain: (() => void) | null = null
  const gone = new AbortController()
  const over = (): void => {
    gone.abort(new Error('the client is gone'))
    onDrain?.()
  }
  const drained = (): Promise<void> =>
    new Promise((resolve) => {
      onDrain = resolve
    })
  stream.start({
    onBytes(bytes) {
      head += new TextDecoder('latin1').decode(bytes)
      if (isAnswering || !head.includes('\r\n\r\n')) return
      isAnswering = true
      answer(clock, stream, head, handle, { gone: gone.signal, drained }).catch(() => {
        stream.destroy()
      })
    },
    onDrain: () => onDrain?.(),
    onEnd: over,
    onFailure: over,
  })
}

interface Client {
  readonly gone: AbortSignal
  drained(): Promise<void>
}

async function answer(
  clock: Clock,
  stream: ByteStream,
  head: string,
  handle: WebHandler,
  client: Client,
): Promise<void> {
  const reply = await handle(parseRequest(head, stream.remote))
  if (reply.delayMs !== undefined) await sleep(clock, reply.delayMs, client.gone)
  const body = typeof reply.body === 'string' ? utf8Bytes(reply.body) : reply.body
  const headers: Record<string, string> = { ...reply.headers }
  if (body === undefined || body instanceof Uint8Array) {
    headers['content-length'] ??= String(body?.length ?? 0)
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  stream.write([utf8Bytes(`HTTP/1.1 ${reply.status ?? 200} -\r\n${lines.join('')}\r\n`)])
  if (body instanceof Uint8Array) {
    stream.write([body])
  } else if (body !== undefined) {
    for await (const chunk of body) {
      if (client.gone.aborted) return
      if (!stream.write([chunk])) await client.drained()
    }
  }
  if (reply.finish === 'reset') stream.destroy()
  else if (reply.finish !== 'hang') stream.close()
}

function parseRequest(head: string, from: SocketAddress): WebRequest {
  const [first = '', ...lines] = head.split('\r\n')
  const target = first.split(' ')[1] ?? '/'
  const headers = parseHeaderLines(lines)
  return { target, url: new URL(target, `http://${headers['host'] ?? 'unknown'}`), headers, from }
}

/** Header lines up to the empty one, names in lower case; lines without a colon are left out. */
export function parseHeaderLines(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    if (line === '') break
    const colon = line.indexOf(':')
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim()
  }
  return headers
}
