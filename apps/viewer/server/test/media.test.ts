import { paths } from '#api'
import { openMediaServer } from '@matinee/viewer'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { MemoryFile, mp4Bytes, textBytes } from './made-files.ts'
import { FILM_BYTES, openTestViewer, type TestViewer } from './open-test-viewer.ts'
import { rawRequest, type RawAnswer } from './raw-client.ts'

const FILM = mp4Bytes(FILM_BYTES)

async function withFilm(viewer: TestViewer): Promise<{
  path: string
  get: (headers?: readonly (readonly [string, string])[], method?: string) => Promise<RawAnswer>
}> {
  const { mediaPath } = await viewer.openFilm(await viewer.letIn())
  return {
    path: mediaPath,
    get: (headers = [], method = 'GET') =>
      rawRequest(viewer.port, `${method} ${mediaPath}`, [
        ['Host', `127.0.0.1:${viewer.port}`],
        ...headers,
      ]),
  }
}

test('the whole film comes with its length, type and tag, byte for byte', async () => {
  await using viewer = await openTestViewer()
  const { get } = await withFilm(viewer)
  const answer = await get()
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'video/mp4')
  assert.equal(answer.headers.get('content-length'), String(FILM_BYTES))
  assert.equal(answer.headers.get('accept-ranges'), 'bytes')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.match(answer.headers.get('etag') ?? '', /^"[0-9a-f]{32}"$/u)
  assert.deepEqual(new Uint8Array(answer.body), FILM)
})

test('a range gives 206, exactly its bytes and where they are', async () => {
  await using viewer = await openTestViewer()
  const { get } = await withFilm(viewer)
  for (const [range, start, end] of [
    ['bytes=0-0', 0, 1],
    ['bytes=16383-16384', 16_383, 16_385],
    ['bytes=100000-', 100_000, FILM_BYTES],
    ['bytes=-1', FILM_BYTES - 1, FILM_BYTES],
    ['bytes=299999-999999', FILM_BYTES - 1, FILM_BYTES],
  ] as const) {
    const answer = await get([['Range', range]])
    assert.equal(answer.status, 206, range)
    assert.equal(answer.headers.get('content-range'), `bytes ${start}-${end - 1}/${FILM_BYTES}`)
    assert.equal(answer.headers.get('content-length'), String(end - start))
    assert.deepEqual(new Uint8Array(answer.body), FILM.subarray(start, end), range)
  }
})

test('W7: an unsatisfiable range gives 416 with the length, a malformed or multiple one everything', async () => {
  await using viewer = await openTestViewer()
  const { get } = await withFilm(viewer)
  for (const range of ['bytes=300000-', 'bytes=-0', 'bytes=99999999999999999999-']) {
    const answer = await get([['Range', range]])
    assert.equal(answer.status, 416, range)
    assert.equal(answer.headers.get('content-range'), `bytes */${FILM_BYTES}`)
    assert.equal(answer.body.length, 0)
  }
  for (const range of ['bytes=9-1', 'bytes=0-0,-1', 'chapters=1-2', 'bytes=--1']) {
    const answer = await get([['Range', range]])
    assert.equal(answer.status, 200, range)
    assert.equal(answer.body.length, FILM_BYTES)
  }
})

test('HEAD tells what GET would, without a body, and ignores Range', async () => {
  await using viewer = await openTestViewer()
  const { get } = await withFilm(viewer)
  const full = await get()
  const head = await get([['Range', 'bytes=0-9']], 'HEAD')
  assert.equal(head.status, 200)
  assert.equal(head.body.length, 0)
  for (const name of ['content-length', 'content-type', 'etag', 'accept-ranges'])
    assert.equal(head.headers.get(name), full.headers.get(name), name)
})

test('If-Range keeps a range for the same bytes and sends everything otherwise', async () => {
  await using viewer = await openTestViewer()
  const { get } = await withFilm(viewer)
  const tag = (await get([], 'HEAD')).headers.get('etag') ?? ''
  const range = ['Range', 'bytes=5-9'] as const
  assert.equal((await get([range, ['If-Range', tag]])).status, 206)
  assert.equal((await get([range, ['If-Range', `W/${tag}`]])).status, 200)
  assert.equal((await get([range, ['If-Range', '"other"']])).status, 200)
  assert.equal((await get([range, ['If-Range', 'Tue, 15 Nov 1994 12:45:26 GMT']])).status, 200)
  assert.equal((await get([['If-None-Match', tag]])).status, 304)
})

test('F11: what a torrent brings is sandboxed, never sniffed, and not for other origins', async () => {
  await using viewer = await openTestViewer()
  const { get } = await withFilm(viewer)
  for (const method of ['GET', 'HEAD']) {
    const { headers } = await get([], method)
    assert.equal(headers.get('content-security-policy'), "sandbox; default-src 'none'")
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
  }
})

test('F11: a page, a drawing or a program that calls itself film.mp4 is not found', async () => {
  for (const text of ['<!doctype html><script>x</script>', '<svg/>', 'MZ\x90', '']) {
    await using viewer = await openTestViewer({ filmBytes: textBytes(text) })
    const { get } = await withFilm(viewer)
    const answer = await get()
    assert.equal(answer.status, 404, text)
    assert.equal(answer.headers.get('content-type'), 'application/json')
    assert.equal(answer.text.includes('<'), false)
  }
})

test('F11: for tools such a file is a download of octets, and still nothing that runs', async () => {
  await using server = await openMediaServer({ otherTypes: 'attach' })
  const served = server.serve(new MemoryFile('extra.html', textBytes('<script>x</script>')), 3)
  const url = new URL(served.url)
  assert.match(url.pathname, /^\/media\/[\w-]{22}\/3\/extra\.html$/u)
  const answer = await rawRequest(server.port, `GET ${url.pathname}`, [['Host', url.host]])
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'application/octet-stream')
  assert.equal(answer.headers.get('content-disposition'), 'attachment')
  assert.equal(answer.headers.get('content-security-policy'), "sandbox; default-src 'none'")
  served.close()
  const after = await rawRequest(server.port, `GET ${url.pathname}`, [['Host', url.host]])
  assert.equal(after.status, 404)
})

test('W3: a wrong token, a wrong number and a closed stream get one and the same answer', async () => {
  await using viewer = await openTestViewer()
  const token = await viewer.letIn()
  const { mediaPath, streamId } = await viewer.openFilm(token)
  const [, , mediaToken = ''] = mediaPath.split('/')
  const wrong = [
    `/media/${'A'.repeat(22)}/0`,
    `/media/${mediaToken}/1`,
    `/media/${mediaToken}/00`,
    `/media/${mediaToken.toLowerCase()}/0`,
    `/media/x/0`,
    `/media/${'x'.repeat(500)}/0`,
    `/media/%E2%82%AC/0`,
  ]
  const answers: RawAnswer[] = []
  for (const path of wrong) answers.push(await viewer.ask('GET', path, ''))
  await viewer.ask('DELETE', paths.stream(streamId), token)
  answers.push(await viewer.ask('GET', mediaPath, ''))
  const seen = new Set(
    answers.map(({ status, headers, text }) =>
      JSON.stringify([status, [...headers].filter(([name]) => name !== 'date'), text]),
    ),
  )
  assert.equal(seen.size, 1)
  assert.equal(answers[0]?.status, 404)
  // Nothing was read for any of them: no answer takes longer than another because a film is there.
  assert.equal(viewer.film.handedOut, 0)
})

test('W3: each opening of a film has an address of its own with 128 bits of chance in it', async () => {
  await using viewer = await openTestViewer()
  const token = await viewer.letIn()
  const secrets = new Set<string>()
  for (let at = 0; at < 20; at++) {
    const { mediaPath, streamId } = await viewer.openFilm(token)
    const [, , secret = ''] = mediaPath.split('/')
    assert.equal(Buffer.from(secret, 'base64url').length, 16)
    secrets.add(secret)
    await viewer.ask('DELETE', paths.stream(streamId), token)
  }
  assert.equal(secrets.size, 20)
})

test('A24: a thousand readings that are broken off, from fifty tabs, leave nothing open', async () => {
  await using viewer = await openTestViewer({ filmBytes: mp4Bytes(4_000_000) })
  const { path, get } = await withFilm(viewer)
  await get([['Range', 'bytes=0-9']])
  // What comes behind is waited for: the swarm hasn't brought it yet.
  viewer.film.stuckAt = 3_000_000
  const openFiles = (): number => readdirSync('/proc/self/fd').length
  const before = openFiles()
  let seed = 7
  const chance = (limit: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0
    return (seed >>> 8) % limit
  }
  const breakOff = async (): Promise<void> => {
    const socket = connect({ port: viewer.port, host: '127.0.0.1' })
    socket.on('error', () => undefined)
    const range = `Range: bytes=${chance(4_000_000)}-`
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${viewer.port}\r\n${range}\r\n\r\n`)
    // Some leave before the first byte, some in the middle, some without taking any.
    if (chance(3) === 0) socket.resume()
    await delay(chance(20))
    if (chance(2) === 0) socket.destroy()
    else socket.resetAndDestroy()
  }
  for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 50 }, breakOff))
  await until(() => viewer.film.readers === 0)
  await until(() => openFiles() <= before)
  const { status, body } = await get([['Range', 'bytes=2000000-2000099']])
  assert.equal(status, 206)
  assert.deepEqual(new Uint8Array(body), mp4Bytes(4_000_000).subarray(2_000_000, 2_000_100))
})

test('a client that leaves ends the reading at once, also while the swarm is waited for', async () => {
  await using viewer = await openTestViewer()
  const { path } = await withFilm(viewer)
  viewer.film.stuckAt = 100_000
  const socket = connect({ port: viewer.port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  socket.resume()
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${viewer.port}\r\n\r\n`)
  await until(() => viewer.film.handedOut >= 100_000)
  assert.equal(viewer.film.readers, 1)
  socket.destroy()
  await until(() => viewer.film.readers === 0)
})

test('nothing is read ahead of a client that takes nothing', async () => {
  await using viewer = await openTestViewer({ filmBytes: mp4Bytes(64_000_000) })
  const { path } = await withFilm(viewer)
  const socket = connect({ port: viewer.port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  socket.pause()
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${viewer.port}\r\n\r\n`)
  await until(() => viewer.film.readers === 1)
  await delay(300)
  const [before, readers] = [viewer.film.handedOut, viewer.film.readers]
  await delay(200)
  assert.equal(viewer.film.handedOut, before)
  assert.equal(readers, 1)
  assert.ok(before < 16_000_000, `${before} bytes`)
  socket.destroy()
  await until(() => viewer.film.readers === 0)
})

test('W8: a client that takes nothing is cut off after the time for stalls', async () => {
  await using viewer = await openTestViewer({
    filmBytes: mp4Bytes(64_000_000),
    limits: { stallMs: 150 },
  })
  const { path } = await withFilm(viewer)
  const socket = connect({ port: viewer.port, host: '127.0.0.1' })
  socket.on('error', () => undefined)
  socket.pause()
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${viewer.port}\r\n\r\n`)
  await until(() => viewer.film.readers === 1)
  await until(() => viewer.film.readers === 0)
  socket.destroy()
})

/** Waits for a condition, and fails when it doesn't come about in five seconds. */
async function until(condition: () => boolean): Promise<void> {
  const endMs = performance.now() + 5000
  while (!condition()) {
    assert.ok(performance.now() < endMs, 'the condition never came about')
    await delay(5)
  }
}
