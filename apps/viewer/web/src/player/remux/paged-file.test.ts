import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { test, type TestContext } from 'node:test'
import { PAGE_BYTES, PagedFile } from './paged-file.ts'

/** A byte that says where it stands. */
const byteAt = (at: number): number => (at * 31 + (at >> 16)) & 0xff

function bytesOf(start: number, end: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(end - start)
  for (let at = start; at < end; at++) bytes[at - start] = byteAt(at)
  return bytes
}

/** Answers a request from `start` on. Default: all that is left. */
type Answer = (response: ServerResponse, start: number) => void

/** A file of `length` bytes at an address, whoever asked for what of it, and what is answered from now on. */
async function served(t: TestContext, length: number) {
  const asked: number[] = []
  const whole: Answer = (response, start) => {
    response.writeHead(206, { 'content-length': length - start })
    response.end(bytesOf(start, length))
  }
  const now = { answer: whole, headers: { status: 200, length } }
  const server = createServer((request, response) => {
    if (request.method === 'HEAD') {
      response.writeHead(now.headers.status, { 'content-length': now.headers.length }).end()
      return
    }
    const start = Number(/^bytes=(\d+)-$/u.exec(request.headers.range ?? '')?.[1])
    asked.push(start)
    now.answer(response, start)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  let pages = 0
  const file = new PagedFile(`http://127.0.0.1:${address.port}/`, () => void pages++)
  return { file, asked, now, whole, pages: () => pages }
}

const NETWORK = { name: 'PagedFileError', code: 'network' }

test('a file is read up to its end with one request, also across pages, and what was read is kept', async (t) => {
  const length = 3 * PAGE_BYTES + 100
  const { file, asked, pages } = await served(t, length)
  assert.equal(await file.open(), length)
  assert.equal(file.peek(0, 10), null)
  for (const [start, end] of [
    [0, 10],
    [PAGE_BYTES - 5, PAGE_BYTES + 5],
    [length - 50, length],
    [0, length],
  ] as const) {
    assert.deepEqual(await file.read(start, end), bytesOf(start, end))
    assert.deepEqual(file.peek(start, end), bytesOf(start, end))
  }
  assert.deepEqual(asked, [0])
  assert.equal(pages(), 4)
})

test('what lies behind the end is an error, and what is before it can be read after that', async (t) => {
  const { file } = await served(t, 100)
  await file.open()
  await assert.rejects(file.read(50, 150), NETWORK)
  assert.equal(file.peek(50, 150), null)
  assert.deepEqual(await file.read(50, 100), bytesOf(50, 100))
})

test('two who ask for one place at once are answered by one request', async (t) => {
  const { file, asked } = await served(t, 2 * PAGE_BYTES)
  await file.open()
  const both = await Promise.all([file.read(5, 20), file.read(0, 8)])
  assert.deepEqual(both, [bytesOf(5, 20), bytesOf(0, 8)])
  assert.deepEqual(asked, [0])
})

test('two who ask for places far apart at once both get them', async (t) => {
  const { file } = await served(t, 120 * PAGE_BYTES)
  await file.open()
  const far = 100 * PAGE_BYTES
  const both = await Promise.all([file.read(0, 10), file.read(far, far + 10), file.read(90, 99)])
  assert.deepEqual(both, [bytesOf(0, 10), bytesOf(far, far + 10), bytesOf(90, 99)])
})

test('a place far ahead is asked for anew instead of waited for', async (t) => {
  const { file, asked, now, whole } = await served(t, 120 * PAGE_BYTES)
  await file.open()
  // Nothing comes for the first request: who asks elsewhere isn't held up by it.
  const stands = Promise.withResolvers<void>()
  now.answer = (response) => {
    response.writeHead(206).flushHeaders()
    stands.resolve()
  }
  const stuck = file.read(0, 10)
  await stands.promise
  now.answer = whole
  const far = 100 * PAGE_BYTES
  assert.deepEqual(await file.read(far, far + 10), bytesOf(far, far + 10))
  assert.deepEqual(asked.slice(0, 2), [0, far])
  assert.deepEqual(await stuck, bytesOf(0, 10))
})

test('no more is read ahead than will be needed soon', async (t) => {
  const { file, pages } = await served(t, 200 * PAGE_BYTES)
  await file.open()
  await file.read(0, 10)
  while (pages() < 65) await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal(pages(), 65)
  await file.read(64 * PAGE_BYTES, 64 * PAGE_BYTES + 1)
  while (pages() < 129) await new Promise((resolve) => setTimeout(resolve, 5))
})

test('where there is no file, opening says so', async (t) => {
  const { file, now } = await served(t, 100)
  now.headers = { status: 404, length: 100 }
  await assert.rejects(file.open(), NETWORK)
  now.headers = { status: 200, length: 0 }
  await assert.rejects(file.open(), NETWORK)
  await assert.rejects(new PagedFile('http://127.0.0.1:9/', () => undefined).open(), NETWORK)
})

test('whoever waits hears of a refusal, and the next who asks asks anew', async (t) => {
  const { file, asked, now, whole } = await served(t, 2 * PAGE_BYTES)
  await file.open()
  for (const status of [200, 404, 500]) {
    now.answer = (response) => void response.writeHead(status).end('x')
    await Promise.all([
      assert.rejects(file.read(0, 10), NETWORK),
      assert.rejects(file.read(PAGE_BYTES, PAGE_BYTES + 10), NETWORK),
    ])
  }
  now.answer = whole
  assert.deepEqual(await file.read(0, 10), bytesOf(0, 10))
  assert.equal(asked.length, 4)
})

test('a file that breaks off is an error, and what had come stays', async (t) => {
  const { file, now } = await served(t, 3 * PAGE_BYTES)
  await file.open()
  const breaking = Promise.withResolvers<() => void>()
  now.answer = (response) => {
    response.writeHead(206, { 'content-length': 3 * PAGE_BYTES })
    response.write(bytesOf(0, PAGE_BYTES + 7))
    breaking.resolve(() => void response.destroy())
  }
  const reading = file.read(0, 2 * PAGE_BYTES)
  await file.read(0, 10)
  ;(await breaking.promise)()
  await assert.rejects(reading, NETWORK)
  assert.deepEqual(file.peek(0, PAGE_BYTES), bytesOf(0, PAGE_BYTES))
  assert.equal(file.peek(0, PAGE_BYTES + 7), null)
})

test('a file that ends before its end is an error, and isn’t asked for over and over', async (t) => {
  const { file, asked, now } = await served(t, 3 * PAGE_BYTES)
  await file.open()
  now.answer = (response, start) => void response.writeHead(206).end(bytesOf(start, start + 7))
  await assert.rejects(file.read(0, 10), NETWORK)
  assert.equal(asked.length, 1)
})

test('more than a film asks for at once is refused unasked', async (t) => {
  const { file, asked } = await served(t, 100)
  await file.open()
  await assert.rejects(file.read(0, 65 * 1024 * 1024), NETWORK)
  assert.deepEqual(asked, [])
})
