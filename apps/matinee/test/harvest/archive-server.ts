import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/** What a test's server answers for one path; the query isn't a part of it. */
export type Route =
  | { readonly kind: 'text'; readonly text: string; readonly type?: string }
  | {
      readonly kind: 'file'
      readonly bytes: Uint8Array
      /** Default: made of the bytes. Empty = none. */
      readonly etag?: string
      /** The connection breaks behind so many bytes, this many times. */
      readonly breaks?: { readonly afterBytes: number; times: number }
      /** Answers 200 with everything, whatever was asked for. Default false. */
      readonly ignoresRange?: boolean
    }
  | {
      readonly kind: 'refusal'
      readonly status: number
      readonly retryAfter?: string
      times: number
      readonly afterwards: Route
    }
  | {
      readonly kind: 'answer'
      readonly run: (request: IncomingMessage, response: ServerResponse) => void
    }

/** A question that came. */
export interface Asked {
  readonly path: string
  readonly range: string | null
  readonly agent: string
  readonly atMs: number
}

/** A server of loopback that speaks as the Internet Archive does, or worse. */
export interface ArchiveServer extends AsyncDisposable {
  readonly url: string
  readonly routes: Map<string, Route>
  readonly asked: Asked[]
  /** Most questions at one time. */
  mostAtOnce(): number
}

export async function openArchiveServer(): Promise<ArchiveServer> {
  const routes = new Map<string, Route>()
  const asked: Asked[] = []
  let atOnce = 0
  let most = 0
  const server = createServer((request, response) => {
    most = Math.max(most, ++atOnce)
    response.once('close', () => atOnce--)
    const path = (request.url ?? '').split('?')[0] ?? ''
    const { range = null, 'user-agent': agent = '' } = request.headers
    asked.push({ path: request.url ?? '', range, agent, atMs: performance.now() })
    answer(routes.get(path), request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const at = server.address()
  if (typeof at !== 'object' || at === null) throw new Error('not listening')
  return {
    url: `http://127.0.0.1:${at.port}`,
    routes,
    asked,
    mostAtOnce: () => most,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(
  route: Route | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  switch (route?.kind) {
    case undefined:
      response.writeHead(404).end()
      return
    case 'text':
      response.writeHead(200, { 'content-type': route.type ?? 'text/html; charset=utf-8' })
      response.end(route.text)
      return
    case 'refusal':
      if (route.times-- <= 0) return answer(route.afterwards, request, response)
      response.writeHead(
        route.status,
        route.retryAfter === undefined ? {} : { 'retry-after': route.retryAfter },
      )
      response.end()
      return
    case 'answer':
      route.run(request, response)
      return
    case 'file':
      sendFile(route, request, response)
  }
}

function sendFile(
  route: Extract<Route, { kind: 'file' }>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { bytes, breaks } = route
  const etag = route.etag ?? `"${createHash('sha1').update(bytes).digest('hex')}"`
  const start = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1] ?? Number.NaN)
  const isSame = request.headers['if-range'] === etag
  const isPart = Number.isFinite(start) && isSame && route.ignoresRange !== true
  if (isPart && start >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
    return
  }
  const from = isPart ? start : 0
  const body = bytes.subarray(from)
  response.writeHead(isPart ? 206 : 200, {
    'content-length': body.length,
    ...(etag === '' ? {} : { etag }),
    ...(isPart ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {}),
  })
  if (breaks !== undefined && breaks.times > 0 && body.length > breaks.afterBytes) {
    breaks.times--
    response.write(body.subarray(0, breaks.afterBytes))
    // Long enough for whoever reads to have read it: what waits in a stream that breaks is lost.
    setTimeout(() => response.destroy(), 600)
    return
  }
  response.end(body)
}

/** The row of a file in an item, with its true hashes. */
export function fileRow(
  name: string,
  bytes: Uint8Array,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    name,
    source: 'original',
    size: String(bytes.length),
    md5: createHash('md5').update(bytes).digest('hex'),
    sha1: createHash('sha1').update(bytes).digest('hex'),
    format: 'h.264',
    ...more,
  }
}
