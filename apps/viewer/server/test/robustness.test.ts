import { paths } from '#api'
import {
  HTTP_LIMITS,
  PortsTakenError,
  openMediaServer,
  openViewerServer,
  type ViewerServerOptions,
  type ViewerApi,
} from '@matinee/viewer'
import { Hono } from 'hono'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openTestViewer } from './open-test-viewer.ts'
import { exchange, parseAnswer, rawRequest } from './raw-client.ts'

const openApi = async (): Promise<ViewerApi> => ({
  routes: new Hono(),
  [Symbol.asyncDispose]: async () => undefined,
})

test('W7: malformed first lines get 4xx, and the server goes on', async () => {
  await using viewer = await openTestViewer()
  const host = ['Host', `127.0.0.1:${viewer.port}`] as const
  const targets = [
    '/%E0%A4%A',
    '/api/works/%E0%A4%A/open',
    '/media/%/0',
    '/media/%E0%A4%A/0',
    '/assets/%ff',
    '//',
    '//evil.example/',
    '/\\evil.example/',
    'http://[',
    'http://127.0.0.1/',
    '*',
    '?',
    'x',
    `/${'a'.repeat(4000)}`,
    `/?${'%41'.repeat(1000)}`,
    '/a"b',
    '/%00',
    '/..%2f..%2fetc/passwd',
  ]
  for (const target of targets) {
    const { status } = await rawRequest(viewer.port, `GET ${target}`, [host])
    assert.ok(status >= 400 && status < 500, `${target} gave ${status}`)
  }
  assert.equal((await rawRequest(viewer.port, 'GET /api/health', [host])).status, 200)
})

test('W7: bytes that are no request, smuggling, floods of headers and odd methods get 4xx or a closed door', async () => {
  await using viewer = await openTestViewer()
  const host = `Host: 127.0.0.1:${viewer.port}\r\n`
  const attempts = [
    'GET\r\n\r\n',
    '\0\0\0\0\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    `GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(20_000)}\r\n\r\n`,
    `GET / HTTP/1.1\r\n${host}${'A: b\r\n'.repeat(100_000)}\r\n`,
    `POST /api/session HTTP/1.1\r\n${host}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n${host}\r\n`,
    `POST /api/session HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd`,
    `POST /api/session HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`,
    `POST /api/session HTTP/1.1\r\n${host}Content-Length: 99999999\r\nContent-Type: application/json\r\n\r\n${'x'.repeat(40_000)}`,
    `POST /api/session HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nffffffff\r\nx`,
    `CONNECT evil.example:443 HTTP/1.1\r\n${host}\r\n`,
    `TRACE / HTTP/1.1\r\n${host}\r\n`,
    `BREW / HTTP/1.1\r\n${host}\r\n`,
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03',
  ]
  for (const attempt of attempts) {
    const { status } = parseAnswer(await exchange(viewer.port, attempt, 400))
    assert.ok(
      status === 0 || (status >= 400 && status < 500),
      `${attempt.slice(0, 60)} gave ${status}`,
    )
  }
  assert.equal((await viewer.ask('GET', '/api/health', '')).status, 200)
})

test('W7: pipelined requests are answered in their order, each for itself', async () => {
  await using viewer = await openTestViewer()
  const host = `Host: 127.0.0.1:${viewer.port}\r\n`
  const bytes = await exchange(
    viewer.port,
    `GET /api/health HTTP/1.1\r\n${host}\r\nGET /%E0%A4%A HTTP/1.1\r\n${host}\r\nGET /api/health HTTP/1.1\r\n${host}\r\n`,
    400,
  )
  const lines = [...bytes.toString('latin1').matchAll(/HTTP\/1\.1 (\d+)/gu)].map(([, code]) => code)
  assert.deepEqual(lines, ['200', '400'], 'a malformed request ends the connection')
})

test('W7: a thousand requests with changed bytes never bring 5xx, and the server goes on', async () => {
  await using viewer = await openTestViewer()
  const token = await viewer.letIn()
  const { mediaPath } = await viewer.openFilm(token)
  let seed = 1
  const next = (limit: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return (seed >>> 8) % limit
  }
  const batch = async (): Promise<void> => {
    const good = `GET ${mediaPath} HTTP/1.1\r\nHost: 127.0.0.1:${viewer.port}\r\nRange: bytes=5-99\r\nConnection: close\r\n\r\n`
    const bytes = Buffer.from(good, 'latin1')
    for (let change = 0; change <= next(4); change++) bytes[next(bytes.length)] = next(256)
    const { status } = parseAnswer(await exchange(viewer.port, bytes, 60))
    assert.ok(status < 500, `${JSON.stringify(bytes.toString('latin1'))} gave ${status}`)
  }
  for (let round = 0; round < 50; round++) await Promise.all(Array.from({ length: 20 }, batch))
  assert.equal((await viewer.ask('GET', '/api/health', '')).status, 200)
})

test('W8: the defaults are 10 s for headers, 256 connections, 60 s for a stalled client', () => {
  assert.equal(HTTP_LIMITS.headersTimeoutMs, 10_000)
  assert.equal(HTTP_LIMITS.connections, 256)
  assert.equal(HTTP_LIMITS.stallMs, 60_000)
  assert.ok(HTTP_LIMITS.checkEveryMs <= 1000)
})

test('W8: connections that send their headers slowly, or nothing, are closed and make room', async () => {
  await using viewer = await openTestViewer({
    limits: { headersTimeoutMs: 300, checkEveryMs: 50, connections: 20 },
  })
  const sockets: Socket[] = []
  let closed = 0
  for (let index = 0; index < 60; index++) {
    const socket = connect({ port: viewer.port, host: '127.0.0.1' })
    socket.on('error', () => undefined)
    socket.on('close', () => closed++)
    socket.resume()
    if (index % 2 === 0) socket.write('GET / HTTP/1.1\r\nHost: 127')
    sockets.push(socket)
  }
  const drip = setInterval(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.write('.')
  }, 40)
  try {
    await delay(150)
    assert.ok(closed >= 40, `only ${closed} of the 40 connections above the cap were turned away`)
    const endMs = performance.now() + 5000
    while (closed < 60 && performance.now() < endMs) await delay(20)
    assert.equal(closed, 60)
  } finally {
    clearInterval(drip)
    for (const socket of sockets) socket.destroy()
  }
  assert.equal((await viewer.ask('GET', '/api/health', '')).status, 200)
})

test('W8: of ten thousand connections 256 are kept, and who is let in is served again when they go', async () => {
  await using viewer = await openTestViewer()
  const open = new Set<Socket>()
  const connectOne = (): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect({ port: viewer.port, host: '127.0.0.1' })
      open.add(socket)
      const gone = (): void => {
        open.delete(socket)
        resolve()
      }
      socket.on('error', gone)
      socket.on('close', gone)
      socket.on('connect', () => setTimeout(resolve, 100))
      socket.resume()
    })
  for (let at = 0; at < 10_000; at += 500) {
    await Promise.all(Array.from({ length: 500 }, connectOne))
    // Who is turned away hears of it a moment later.
    for (let waits = 0; open.size > HTTP_LIMITS.connections && waits < 100; waits++) await delay(20)
    assert.ok(open.size <= HTTP_LIMITS.connections, `${open.size} connections are open`)
  }
  assert.equal(open.size, HTTP_LIMITS.connections)
  for (const socket of open) socket.destroy()
  await delay(50)
  assert.equal((await viewer.ask('GET', '/api/health', '')).status, 200)
})

test('W8: only who is let in may bring a file, and only where a file belongs', async () => {
  await using viewer = await openTestViewer({ limits: { fileBytes: 200_000 } })
  const token = await viewer.letIn()
  const file = 'x'.repeat(100_000)
  const statusOf = async (path: string, by: string, body: string): Promise<number> =>
    (await viewer.ask('POST', path, by, body)).status
  assert.equal(await statusOf(paths.shelfFile, '', file), 413)
  assert.equal(await statusOf(paths.shelfFile, 'A'.repeat(22), file), 413)
  assert.equal(await statusOf(paths.session, token, file), 413)
  assert.notEqual(await statusOf(paths.shelfFile, token, file), 413)
  assert.equal(await statusOf(paths.shelfFile, token, file.repeat(3)), 413)
})

test('L1: the server listens on loopback and nowhere else', async () => {
  await using viewer = await openTestViewer()
  await using media = await openMediaServer()
  const hex = [viewer.port, media.port].map((port) =>
    port.toString(16).toUpperCase().padStart(4, '0'),
  )
  const listening = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((path) => readFileSync(path, 'latin1').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/u))
    .filter((fields) => fields[3] === '0A')
    .map((fields) => fields[1]?.split(':') ?? [])
    .filter(([, port]) => port !== undefined && hex.includes(port))
  assert.equal(listening.length, 2)
  for (const [address] of listening)
    assert.ok(
      address === '0100007F' || address === '00000000000000000000000001000000',
      `listens on ${address}`,
    )
})

test('the default port is fixed, the next of ten when it is taken, and a wished one is that one or an error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'matinee-viewer-'))
  const blocker = createServer()
  const port = await new Promise<number>((resolve) => {
    blocker.listen(0, '127.0.0.1', () => {
      const address = blocker.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const optionsOf = (name: string): ViewerServerOptions => ({
    dataFolder: join(folder, name),
    pagesFolder: folder,
    openApi,
  })
  await assert.rejects(openViewerServer({ ...optionsOf('first'), port }), PortsTakenError)
  blocker.close()
  await using first = await openViewerServer(optionsOf('first'))
  await using second = await openViewerServer(optionsOf('second'))
  assert.ok(first.port >= 8571 && first.port <= 8581)
  assert.ok(second.port > first.port && second.port <= 8581)
  await rm(folder, { recursive: true })
})
