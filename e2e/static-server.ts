import assert from 'node:assert/strict'
import { open, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join, normalize } from 'node:path'

/** Files of a folder on this computer, as any static server gives them out. */
export interface StaticServer extends AsyncDisposable {
  /** With `/` at its end. */
  readonly url: string
  /** Every request, as `GET /path` or `GET /path bytes=0-`. */
  readonly asked: readonly string[]
}

/** How {@link serveStatic} answers. */
export interface StaticOptions {
  /** Absolute. Asked when a request comes, so it may be made later. */
  readonly folder: () => string
  /** Paths as requests have them to paths in the folder. Default: as they are. */
  readonly pathOf?: (path: string) => string
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
  json: 'application/json',
  mp4: 'video/mp4',
  png: 'image/png',
  svg: 'image/svg+xml',
  torrent: 'application/x-bittorrent',
  vtt: 'text/vtt',
  woff2: 'font/woff2',
  xml: 'application/rss+xml',
}

/** Listens on a free port of this computer; it knows ranges. */
export async function serveStatic({
  folder,
  pathOf = (path) => path,
}: StaticOptions): Promise<StaticServer> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const { range } = request.headers
    asked.push(`${request.method} ${pathname}${range === undefined ? '' : ` ${range}`}`)
    const name = pathname.endsWith('/') ? `${pathname}index.html` : pathname
    const path = join(folder(), normalize(pathOf(decodeURIComponent(name))))
    answer(path, request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    asked,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const facts = await stat(path).catch(() => null)
  if (facts?.isFile() !== true) return void response.writeHead(404).end()
  const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  const range = /^bytes=(\d+)-(\d*)$/u.exec(request.headers.range ?? '')
  const start = Number(range?.[1] ?? 0)
  const end = Math.min(facts.size, range?.[2] ? Number(range[2]) + 1 : facts.size)
  const head = { 'content-type': type, 'accept-ranges': 'bytes', 'content-length': end - start }
  if (range === null) response.writeHead(200, head)
  else
    response.writeHead(206, { ...head, 'content-range': `bytes ${start}-${end - 1}/${facts.size}` })
  await using file = await open(path)
  const bytes = new Uint8Array(end - start)
  await file.read(bytes, 0, bytes.length, start)
  response.end(bytes)
}
