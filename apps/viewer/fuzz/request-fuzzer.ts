import type { Random } from '@matinee/base'
import { openMediaServer } from '@matinee/viewer'
import assert from 'node:assert/strict'
import { MemoryFile, mp4Bytes } from '../server/test/made-files.ts'
import { exchange, parseAnswer } from '../server/test/raw-client.ts'

/** Requests of one try, at the same time. */
const AT_ONCE = 20
/** A request that was torn open is waited for no longer. */
const QUIET_MS = 40

let opened: Promise<{ readonly port: number; readonly path: string }> | undefined

/** The server that all tries share; it ends with their thread. */
async function openServer(): Promise<{ readonly port: number; readonly path: string }> {
  const server = await openMediaServer()
  const { url } = server.serve(new MemoryFile('film.mp4', mp4Bytes(100_000)))
  return { port: server.port, path: new URL(url).pathname }
}

const LINES = ['GET', 'HEAD', 'POST', 'OPTIONS', 'BREW']
const HEADERS = [
  'Range: bytes=5-99',
  'Range: bytes=-0',
  'Range: bytes=0-0,5-',
  'Range: bytes=99999999999999999999-',
  'If-Range: "x"',
  'If-None-Match: *',
  'Content-Length: 5',
  'Content-Length: -1',
  'Transfer-Encoding: chunked',
  'Expect: 100-continue',
  'Upgrade: websocket',
  'Connection: keep-alive',
  'Service-Worker: script',
  'Host: evil.example',
]

/**
 * W7: requests with parts by chance and bytes that were changed bring no 5xx, and the server answers a good one
 * afterwards.
 */
export async function fuzzRequests(random: Random): Promise<void> {
  opened ??= openServer()
  const { port, path } = await opened
  const host = `Host: 127.0.0.1:${port}`
  const one = async (): Promise<void> => {
    const method = LINES[random.below(LINES.length)] ?? 'GET'
    const headers = Array.from(
      { length: random.below(5) },
      () => HEADERS[random.below(HEADERS.length)],
    )
    const head = [`${method} ${path} HTTP/1.1`, host, ...headers, 'Connection: close']
    const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1')
    for (let change = random.below(4); change > 0; change--)
      bytes[random.below(bytes.length)] = random.below(256)
    const { status } = parseAnswer(await exchange(port, bytes, QUIET_MS))
    assert.ok(status < 500, `${JSON.stringify(bytes.toString('latin1'))} gave ${status}`)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  const good = `GET ${path} HTTP/1.1\r\n${host}\r\nRange: bytes=0-9\r\nConnection: close\r\n\r\n`
  assert.equal(parseAnswer(await exchange(port, good)).status, 206, 'a good request')
}
