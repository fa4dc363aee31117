import { connect } from 'node:net'

export interface RawAnswer {
  /** 0 when the server closed without a word. */
  readonly status: number
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
  readonly text: string
}

/** Sends bytes as they are and gives back all that came until the server closed, or was silent for `quietMs`. */
export function exchange(
  port: number,
  request: string | Uint8Array,
  quietMs = 3000,
): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const chunks: Buffer[] = []
    socket.setTimeout(quietMs, () => socket.destroy())
    socket.on('data', (chunk: Buffer) => chunks.push(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(Buffer.concat(chunks)))
    socket.on('connect', () => socket.write(request))
  })
}

/** The first answer in what {@link exchange} gave back. */
export function parseAnswer(bytes: Buffer): RawAnswer {
  const end = bytes.indexOf('\r\n\r\n')
  const head = (end === -1 ? bytes : bytes.subarray(0, end)).toString('latin1').split('\r\n')
  const headers = new Map<string, string>()
  for (const line of head.slice(1)) {
    const colon = line.indexOf(':')
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim())
  }
  const rest: Buffer = end === -1 ? Buffer.alloc(0) : bytes.subarray(end + 4)
  const body = headers.get('transfer-encoding') === 'chunked' ? joinChunks(rest) : rest
  return {
    status: Number(/^HTTP\/1\.\d (\d{3})/u.exec(head[0] ?? '')?.[1] ?? 0),
    headers,
    body,
    text: body.toString('utf8'),
  }
}

/** The body of RFC 9112 7.1, without the sizes between its chunks. */
function joinChunks(coded: Buffer): Buffer {
  const chunks: Buffer[] = []
  for (let at = 0; ;) {
    const line = coded.indexOf('\r\n', at)
    const size = line === -1 ? 0 : Number.parseInt(coded.toString('latin1', at, line), 16)
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(coded.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}

/** One request with exactly these headers on a connection of its own. Names in `headers` may repeat. */
export async function rawRequest(
  port: number,
  line: string,
  headers: readonly (readonly [string, string])[] = [],
  body = '',
): Promise<RawAnswer> {
  const length = body === '' ? [] : [['content-length', String(Buffer.byteLength(body))] as const]
  const all = [...headers, ...length, ['connection', 'close'] as const]
  const head = [`${line} HTTP/1.1`, ...all.map(([name, value]) => `${name}: ${value}`)].join('\r\n')
  return parseAnswer(await exchange(port, `${head}\r\n\r\n${body}`))
}
