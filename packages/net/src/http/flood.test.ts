import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { brotliCompressSync, constants, createGzip, deflateSync, gzipSync } from 'node:zlib'
import type { HttpRequest, NetworkErrorCode } from '@matinee/base'
import { KIB, MIB, SECOND_MS } from '@matinee/base'
import { FakeClock } from '@matinee/testkit'
import { until } from '../../test/collector.ts'
import { answer, hostileServer, httpServer } from '../../test/hostile-server.ts'
import { REAL_CLOCK } from '../../test/real-clock.ts'
import { createNetwork } from '../network.ts'

const clock = REAL_CLOCK
const MAX_BYTES = 1 * MIB

function refusal(code: NetworkErrorCode): object {
  return { name: 'NetworkError', code }
}

function ask(port: number, more: Partial<HttpRequest> = {}): HttpRequest {
  const url = `http://127.0.0.1:${port}/announce`
  return { url, learnedFrom: 'own', purpose: 'tracker', maxBytes: MAX_BYTES, ...more }
}

/** How much was handed to the reader, and how it ended. */
async function drain(body: AsyncIterable<Uint8Array>): Promise<{ length: number; error: unknown }> {
  let length = 0
  try {
    for await (const chunk of body) length += chunk.length
  } catch (error) {
    return { length, error }
  }
  return { length, error: null }
}

/** Writes as fast as the other side reads, for ever. */
async function pour(socket: Socket, chunk: string | Uint8Array): Promise<void> {
  const closed = new Promise((resolve) => socket.once('close', resolve))
  while (!socket.destroyed) {
    if (socket.write(chunk)) continue
    const drained = new Promise((resolve) => socket.once('drain', resolve))
    await Promise.race([drained, closed])
  }
}

test('T3: an answer that announces 2 GB is refused before any of it is read', async () => {
  await using tracker = await hostileServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n')
    void pour(socket, new Uint8Array(64 * KIB))
  })
  await using network = createNetwork({ clock })
  const { body } = await network.http.get(ask(tracker.port))
  const { length, error } = await drain(body)
  assert.equal((error as { code?: string }).code, 'too-large')
  assert.equal(length, 0)
})

for (const framing of ['Connection: close\r\n', 'Transfer-Encoding: chunked\r\n']) {
  test(`T3: an answer that never ends is left at the cap (${framing.trim()})`, async () => {
    const isChunked = framing.startsWith('T')
    let sent = 0
    await using tracker = await hostileServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\n${framing}\r\n`)
      const data = 'x'.repeat(0x8000)
      void pour(socket, isChunked ? `8000\r\n${data}\r\n` : data)
      socket.on('close', () => (sent = socket.bytesWritten))
    })
    await using network = createNetwork({ clock })
    const before = process.memoryUsage().rss
    const { length, error } = await drain((await network.http.get(ask(tracker.port))).body)
    assert.equal((error as { code?: string }).code, 'too-large')
    assert.ok(length <= MAX_BYTES)
    while (tracker.open() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    // The cap and what the two systems hold in between.
    assert.ok(sent < MAX_BYTES + 16 * MIB, `${sent} bytes sent`)
    assert.ok(process.memoryUsage().rss - before < 64 * MIB)
  })
}

test('T9: of a range that goes on for ever no more than 64 KiB behind its end are read', async () => {
  const range = 256 * KIB
  await using server = await hostileServer((socket) => {
    const where = `Content-Range: bytes 0-${range - 1}/${MIB}`
    socket.write(`HTTP/1.1 206 Partial Content\r\n${where}\r\nConnection: close\r\n\r\n`)
    void pour(socket, new Uint8Array(16 * KIB))
  })
  const clients: Socket[] = []
  const note = (message: unknown): void => {
    clients.push((message as { socket: Socket }).socket)
  }
  subscribe('net.client.socket', note)
  try {
    await using network = createNetwork({ clock })
    const headers = { range: `bytes=0-${range - 1}` }
    const request = ask(server.port, { purpose: 'web-seed', headers, maxBytes: range })
    const { length, error } = await drain((await network.http.get(request)).body)
    assert.equal((error as { code?: string }).code, 'too-large')
    assert.ok(length <= range)
    while (server.open() > 0) await new Promise((resolve) => setTimeout(resolve, 5))
    const read = clients.reduce((sum, { bytesRead }) => sum + bytesRead, 0)
    assert.ok(read > 0 && read <= range + 64 * KIB, `${read} bytes read of ${range}`)
  } finally {
    unsubscribe('net.client.socket', note)
  }
})

test('T3: a small answer that decompresses to 2 GB is left at the cap', async () => {
  // Made once, small enough to hold: 64 MiB of zeros, then the same stream over and over.
  const bomb = gzipSync(new Uint8Array(64 * MIB), { level: 9 })
  await using tracker = await hostileServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n')
    // Members of one gzip file follow each other: 32 of them are 2 GB.
    for (let i = 0; i < 32; i++) socket.write(bomb)
    socket.end()
  })
  await using network = createNetwork({ clock })
  const before = process.memoryUsage().rss
  const { length, error } = await drain((await network.http.get(ask(tracker.port))).body)
  assert.equal((error as { code?: string }).code, 'too-large')
  assert.ok(length <= MAX_BYTES)
  const grown = process.memoryUsage().rss - before
  assert.ok(grown < 64 * MIB, `${grown} bytes more`)
  await until(() => network.openNow().length === 0, 'closed')
})

test('T3: Brotli and deflate bombs end at the cap too', async () => {
  const zeros = new Uint8Array(32 * MIB)
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }
  const bombs = { br: brotliCompressSync(zeros, quality), deflate: deflateSync(zeros) }
  for (const [coding, bomb] of Object.entries(bombs)) {
    await using tracker = await hostileServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: ${coding}\r\nConnection: close\r\n\r\n`)
      socket.end(bomb)
    })
    await using network = createNetwork({ clock })
    const { length, error } = await drain((await network.http.get(ask(tracker.port))).body)
    assert.equal((error as { code?: string }).code, 'too-large', coding)
    assert.ok(length <= MAX_BYTES)
  }
})

test('T3: a reader who does not ask for more holds the bomb back', async () => {
  const bomb = gzipSync(new Uint8Array(64 * MIB), { level: 9 })
  await using tracker = await hostileServer((socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n')
    socket.end(bomb)
  })
  await using network = createNetwork({ clock })
  const { body } = await network.http.get(ask(tracker.port, { maxBytes: 1024 * MIB }))
  const before = process.memoryUsage().rss
  for await (const chunk of body) {
    assert.ok(chunk.length <= 64 * KIB)
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.ok(process.memoryUsage().rss - before < 32 * MIB)
    break
  }
})

test('T3: a tracker that drips is cut off at the total deadline, wherever it drips', async () => {
  const zipped = gzipSync(randomBytes(20_000)).toString('latin1')
  // What is sent at once, and what follows byte by byte: each of them would satisfy a shorter timeout.
  const drips: Readonly<Record<string, readonly [string, string]>> = {
    'says nothing': ['', ''],
    'a status line without end': ['HTTP/1.1 200 O', 'K'],
    'headers without end': ['HTTP/1.1 200 OK\r\nA: b', 'b'],
    'a body': ['HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n', 'x'],
    'a chunk': ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n', 'x'],
    'a gzip': ['HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n', zipped],
  }
  for (const [name, [first, drops]] of Object.entries(drips)) {
    await using tracker = await hostileServer((socket) => {
      socket.write(first, 'latin1')
      let dropped = 0
      const timer = setInterval(() => {
        if (drops !== '') socket.write(drops.charAt(dropped++ % drops.length), 'latin1')
      }, 2)
      socket.on('close', () => clearInterval(timer))
    })
    const fake = new FakeClock()
    await using network = createNetwork({ clock: fake })
    const answered = network.http.get(ask(tracker.port)).then(({ body }) => drain(body))
    const outcome = answered.catch((error: unknown) => ({ length: 0, error }))
    let isOver = false
    void outcome.then(() => (isOver = true))
    while (tracker.received().join('') === '') await fake.settle()
    // Half a body is there, and the reader waits for the rest.
    for (let i = 0; i < 5; i++) await new Promise((resolve) => setTimeout(resolve, 2))
    await fake.advance(30 * SECOND_MS - 1)
    assert.equal(isOver, false, name)
    await fake.advance(1)
    await until(() => isOver, `the end of ${name}`)
    const { error } = await outcome
    assert.equal((error as { code?: string }).code, 'timeout', name)
    assert.equal(fake.pendingTimers, 0, name)
    await until(() => network.openNow().length === 0, 'closed')
  }
})

test('T3: answers that are not HTTP are bad answers', async () => {
  const gzipHead = '200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n'
  const answers = {
    'negative chunk': '200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n',
    'chunk of 2^64': '200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhello\r\n',
    'two framings': '200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n',
    'two lengths': '200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
    'negative length': '200 OK\r\nContent-Length: -5\r\n\r\nhello',
    'no gzip': `${gzipHead}not gzip!`,
    'stacked codings': '200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 1\r\n\r\nx',
    'unknown coding': '200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 1\r\n\r\nx',
    'huge headers': `200 OK\r\nA: ${'x'.repeat(20 * KIB)}\r\n\r\n`,
    'no status': 'hello\r\n\r\n',
    'other protocol': '101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
    'endless 1xx': '103 Early Hints\r\n\r\n' + 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(50),
  }
  for (const [name, text] of Object.entries(answers)) {
    await using tracker = await hostileServer((socket) => socket.write(`HTTP/1.1 ${text}`))
    await using network = createNetwork({ clock })
    const outcome = network.http.get(ask(tracker.port)).then(async ({ body }) => {
      throw (await drain(body)).error
    })
    await assert.rejects(outcome, refusal('bad-answer'), name)
    await until(() => network.openNow().length === 0, 'closed')
  }
})

test('an answer that is cut short is told from one that ended', async () => {
  const cut = {
    length: 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc',
    chunked: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n',
    silent: '',
  }
  for (const [name, text] of Object.entries(cut)) {
    await using tracker = await hostileServer((socket) => socket.end(text))
    await using network = createNetwork({ clock })
    const outcome = network.http.get(ask(tracker.port)).then(async ({ body }) => {
      throw (await drain(body)).error
    })
    await assert.rejects(outcome, { name: 'NetworkError', code: /^(?:closed|bad-answer)$/u }, name)
  }
})

test('a part of a compressed file is refused', async () => {
  const packed = gzipSync('hello').toString('latin1')
  await using seed = await httpServer(() =>
    Buffer.from(answer(packed, '206 Partial Content', 'Content-Encoding: gzip\r\n'), 'latin1'),
  )
  await using network = createNetwork({ clock })
  const request = ask(seed.port, { headers: { range: 'bytes=0-9' } })
  await assert.rejects(network.http.get(request), refusal('bad-answer'))
  assert.match(seed.received()[0] ?? '', /accept-encoding: identity\r/iu)
})

test('gzip is asked for where an answer is small, and read', async () => {
  await using tracker = await hostileServer((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n')
      const gzip = createGzip()
      gzip.pipe(socket)
      gzip.end('d8:intervali1800ee')
    })
  })
  await using network = createNetwork({ clock })
  const { body } = await network.http.get(ask(tracker.port))
  let text = ''
  for await (const chunk of body) text += Buffer.from(chunk).toString('latin1')
  assert.equal(text, 'd8:intervali1800ee')
  assert.match(tracker.received()[0] ?? '', /accept-encoding: gzip\r/iu)
})
