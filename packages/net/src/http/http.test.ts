import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HttpRequest } from '@matinee/base'
import { KIB } from '@matinee/base'
import { until } from '../../test/collector.ts'
import { fakeResolver } from '../../test/fake-resolver.ts'
import { answer, hostileServer, httpServer } from '../../test/hostile-server.ts'
import { REAL_CLOCK } from '../../test/real-clock.ts'
import { standInInternet } from '../../test/stand-in-internet.ts'
import { createNetwork } from '../network.ts'

const clock = REAL_CLOCK

function ask(port: number, more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    url: `http://127.0.0.1:${port}/a/b?c`,
    learnedFrom: 'own',
    maxBytes: 64 * KIB,
    timeoutMs: 4000,
    ...more,
  }
}

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const chunk of body) {
    assert.equal(chunk.constructor, Uint8Array)
    text += Buffer.from(chunk).toString('latin1')
  }
  return text
}

test('a request says what it asks for, and nothing about us', async () => {
  await using server = await httpServer(() => answer('x'))
  await using network = createNetwork({ clock })
  const url = `http://127.0.0.1:${server.port}/announce?info_hash=%00%ff&port=1`
  await read((await network.http.get(ask(0, { url, purpose: 'tracker' }))).body)
  assert.deepEqual(
    (server.received()[0] ?? '').trim().split('\r\n').toSorted(),
    [
      'GET /announce?info_hash=%00%ff&port=1 HTTP/1.1',
      'accept-encoding: gzip',
      'accept: */*',
      'connection: close',
      `host: 127.0.0.1:${server.port}`,
      'user-agent: Matinee/0.1',
    ].toSorted(),
  )
})

test('an answer has its status, its headers in lower case and no cookies', async () => {
  const headers = 'X-ONE: a\r\nSet-Cookie: id=1\r\nX-One: b\r\n'
  await using server = await httpServer(() => answer('gone', '404 Not Found', headers))
  await using network = createNetwork({ clock })
  const { status, headers: received, body } = await network.http.get(ask(server.port))
  assert.equal(status, 404)
  assert.deepEqual({ ...received }, { 'content-length': '4', 'x-one': 'a, b' })
  assert.equal(await read(body), 'gone')
})

test('an answer without a length ends with its connection', async () => {
  await using server = await hostileServer((socket) => {
    socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\n\r\nold style'))
  })
  await using network = createNetwork({ clock })
  assert.equal(await read((await network.http.get(ask(server.port))).body), 'old style')
  await until(() => network.openNow().length === 0, 'closed')
})

test('a web seed’s connection serves the next range, a tracker’s does not', async () => {
  await using server = await httpServer(() => answer('range', '206 Partial Content'))
  await using network = createNetwork({ clock })
  for (let i = 0; i < 5; i++) {
    const request = ask(server.port, { purpose: 'web-seed', headers: { range: `bytes=${i}-9` } })
    assert.equal(await read((await network.http.get(request)).body), 'range')
  }
  assert.equal(server.connections(), 1)
  assert.equal(network.openNow().length, 1)
  const request = ask(server.port, {
    purpose: 'tracker',
    url: `http://127.0.0.1:${server.port}/announce`,
  })
  for (let i = 0; i < 3; i++) await read((await network.http.get(request)).body)
  assert.equal(server.connections(), 4)
})

test('a kept connection that the server has closed meanwhile costs nothing but a new one', async () => {
  let isClosing = false
  await using server = await hostileServer((socket) => {
    socket.on('data', () => {
      if (isClosing) socket.resetAndDestroy()
      else socket.write(answer('x'))
      isClosing = !isClosing
    })
  })
  await using network = createNetwork({ clock })
  for (let i = 0; i < 3; i++) {
    assert.equal(await read((await network.http.get(ask(server.port))).body), 'x')
  }
  assert.equal(server.connections(), 3)
})

test('a new connection that breaks is a failure, not tried again', async () => {
  await using server = await hostileServer((socket) => {
    socket.once('data', () => socket.resetAndDestroy())
  })
  await using network = createNetwork({ clock })
  await assert.rejects(network.http.get(ask(server.port)), { code: 'closed' })
  assert.equal(server.connections(), 1)
})

test('leaving the loop closes the connection', async () => {
  await using server = await hostileServer((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nthe first')
    })
  })
  await using network = createNetwork({ clock })
  const { body } = await network.http.get(ask(server.port, { maxBytes: 1_000_000 }))
  for await (const chunk of body) {
    assert.equal(Buffer.from(chunk).toString(), 'the first')
    break
  }
  await until(() => server.open() === 0 && network.openNow().length === 0, 'closed')
})

test('an abort ends a request at any moment with its reason', async () => {
  await using server = await hostileServer((socket) => {
    socket.once('data', (bytes) => {
      if (bytes.toString().includes('/body')) {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx')
      }
    })
  })
  await using network = createNetwork({ clock })
  const reason = new Error('enough')
  const { signal } = { signal: AbortSignal.abort(reason) }
  await assert.rejects(network.http.get(ask(server.port, { signal })), reason)
  assert.equal(server.connections(), 0)

  const early = new AbortController()
  const waiting = network.http.get(ask(server.port, { signal: early.signal }))
  void until(() => server.received().join('') !== '', 'asked').then(() => early.abort(reason))
  await assert.rejects(waiting, reason)

  const late = new AbortController()
  const url = `http://127.0.0.1:${server.port}/body`
  const { body } = await network.http.get(ask(server.port, { url, signal: late.signal }))
  const reading = read(body)
  late.abort(reason)
  await assert.rejects(reading, reason)
  await until(() => server.open() === 0 && network.openNow().length === 0, 'closed')
})

test('of a name’s addresses the first that answers is asked, and asked by name', async () => {
  await using server = await httpServer(() => answer('here'))
  using internet = standInInternet({ '2a00::1': null, '9.9.9.9': { port: 1 }, '8.8.8.8': server })
  const resolver = fakeResolver({ 'seed.test': [['9.9.9.9', '8.8.8.8', '2a00::1']] })
  await using network = createNetwork({ clock, resolver })
  const url = 'http://seed.test/film'
  const startMs = clock.nowMs()
  const { body } = await network.http.get(ask(0, { url, learnedFrom: 'metainfo' }))
  assert.equal(await read(body), 'here')
  assert.deepEqual(internet.connects, ['2a00::1', '9.9.9.9', '8.8.8.8'])
  assert.ok(clock.nowMs() - startMs < 2000)
  assert.match(server.received()[0] ?? '', /host: seed\.test\r/iu)
  await until(() => network.openNow().length === 1, 'only the winner is left')
})

test('IPv6 addresses in URLs are asked as such', async () => {
  await using server = await httpServer(() => answer('six'), '::1')
  await using network = createNetwork({ clock })
  const url = `http://[0:0::1]:${server.port}/x`
  assert.equal(await read((await network.http.get(ask(0, { url }))).body), 'six')
  assert.match(server.received()[0] ?? '', /host: \[::1\]:\d+\r/iu)
})

test('many origins leave few connections behind', async () => {
  await using server = await httpServer(() => answer('x'))
  const names = Array.from({ length: 80 }, (_, at) => `h${at}.test`)
  const resolver = fakeResolver(Object.fromEntries(names.map((name) => [name, [['127.0.0.1']]])))
  await using network = createNetwork({ clock, resolver })
  for (const name of names) {
    const url = `http://${name}:${server.port}/`
    await read((await network.http.get(ask(0, { url }))).body)
  }
  await until(() => network.openNow().length <= 32, 'the oldest are closed')
  assert.equal(server.connections(), 80)
})
