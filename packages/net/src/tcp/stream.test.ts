import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ByteStream } from '@matinee/base'
import { MIB, utf8Bytes } from '@matinee/base'
import { FakeClock } from '@matinee/testkit'
import { collect, until } from '../../test/collector.ts'
import { hostileServer } from '../../test/hostile-server.ts'
import { REAL_CLOCK } from '../../test/real-clock.ts'
import { createNetwork } from '../network.ts'
import type { EgressNetwork } from '../network.ts'
import { CLOSE_PATIENCE_MS, READ_BUFFER_BYTES } from './stream.ts'

const OWN = { learnedFrom: 'own' } as const
const ANY_PORT = { host: '127.0.0.1', port: 0 }

/** Two ends of one real connection. */
async function pair(network: EgressNetwork): Promise<{ near: ByteStream; far: ByteStream }> {
  const { promise, resolve } = Promise.withResolvers<ByteStream>()
  const listening = await network.listener.listen(ANY_PORT, resolve)
  const near = await network.dialer.dial(listening.address, OWN)
  const far = await promise
  await listening.close()
  return { near, far }
}

test('bytes arrive in order, both ways, as plain arrays', async () => {
  await using network = createNetwork({ clock: REAL_CLOCK })
  const { near, far } = await pair(network)
  const kinds = new Set<unknown>()
  const heard = collect(near, (bytes) => kinds.add(bytes.constructor))
  const said = collect(far, (bytes) => {
    kinds.add(bytes.constructor)
    far.write([utf8Bytes('<'), bytes.slice(), utf8Bytes('>')])
  })
  near.write([utf8Bytes('a'), utf8Bytes('bc')])
  await until(() => heard.text() === '<abc>', 'the answer')
  assert.equal(said.text(), 'abc')
  // Buffer's `slice` would not copy, and whoever keeps one would see other bytes later.
  assert.deepEqual([...kinds], [Uint8Array])
  assert.deepEqual(near.remote, far.local)
  assert.deepEqual(near.local, far.remote)
})

test('what arrived before the start is kept', async () => {
  await using network = createNetwork({ clock: REAL_CLOCK })
  const { near, far } = await pair(network)
  far.write([utf8Bytes('early')])
  await until(() => far.bufferedBytes === 0, 'it has left')
  await new Promise((resolve) => setTimeout(resolve, 20))
  const heard = collect(near)
  await until(() => heard.text() === 'early', 'it is there')
})

test('a stream says stop when the other side does not read, and drain when all has left', async () => {
  await using network = createNetwork({ clock: REAL_CLOCK })
  const { near, far } = await pair(network)
  const writer = collect(near)
  const reader = collect(far)
  far.pause()
  // More than two systems hold between them.
  const written = 64 * MIB
  assert.equal(near.write([new Uint8Array(written / 2), new Uint8Array(written / 2)]), false)
  assert.ok(near.bufferedBytes > 0)
  await new Promise((resolve) => setTimeout(resolve, 50))
  assert.deepEqual(writer.events, [])
  const before = reader.bytes()
  assert.ok(before <= READ_BUFFER_BYTES)
  far.resume()
  await until(() => writer.events.includes('drain'), 'drain')
  assert.equal(near.bufferedBytes, 0)
  await until(() => reader.bytes() === written, 'all of it')
})

test('closing sends what is left, then ends both sides', async () => {
  await using network = createNetwork({ clock: REAL_CLOCK })
  const { near, far } = await pair(network)
  const closer = collect(near)
  const reader = collect(far)
  near.write([new Uint8Array(3 * MIB)])
  near.close()
  near.close()
  assert.equal(near.write([utf8Bytes('too late')]), false)
  assert.equal(await reader.over, 'end')
  assert.equal(await closer.over, 'end')
  assert.equal(reader.bytes(), 3 * MIB)
  assert.deepEqual(closer.events, ['end'])
  await until(() => network.openNow().length === 0, 'closed')
})

test('a side that never reads cannot hold a closed stream open', async () => {
  await using server = await hostileServer((socket) => socket.pause())
  const clock = new FakeClock()
  await using network = createNetwork({ clock })
  const stream = await network.dialer.dial(server, OWN)
  const heard = collect(stream)
  stream.write([new Uint8Array(32 * MIB)])
  stream.close()
  await clock.advance(CLOSE_PATIENCE_MS - 1)
  assert.deepEqual(heard.events, [])
  await clock.advance(1)
  assert.equal(await heard.over, 'failure:timeout')
  await until(() => network.openNow().length === 0, 'closed')
  assert.equal(clock.pendingTimers, 0)
})

test('a reset is a failure, once, and last', async () => {
  await using server = await hostileServer((socket) => {
    socket.write('x')
    setTimeout(() => socket.resetAndDestroy(), 20)
  })
  await using network = createNetwork({ clock: REAL_CLOCK })
  const stream = await network.dialer.dial(server, OWN)
  const heard = collect(stream)
  assert.equal(await heard.over, 'failure:closed')
  stream.write([utf8Bytes('x')])
  stream.close()
  stream.destroy()
  await new Promise((resolve) => setTimeout(resolve, 20))
  assert.deepEqual(heard.events, ['bytes', 'failure:closed'])
})

test('no event follows a destroy, however often it is called', async () => {
  await using network = createNetwork({ clock: REAL_CLOCK })
  const { near, far } = await pair(network)
  const heard = collect(near, () => near.destroy())
  const other = collect(far)
  far.write([utf8Bytes('x')])
  await other.over
  near.destroy()
  assert.deepEqual(heard.events, ['bytes'])
  await until(() => network.openNow().length === 0, 'closed')
})

test('a connection that broke before the start says so after it', async () => {
  await using server = await hostileServer(() => undefined)
  const network = createNetwork({ clock: REAL_CLOCK })
  const stream = await network.dialer.dial(server, OWN)
  await network.closeAll('test')
  let isStarting = true
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const nothing = (): void => undefined
  stream.start({
    onBytes: nothing,
    onDrain: nothing,
    onEnd: nothing,
    onFailure: () => resolve(isStarting),
  })
  isStarting = false
  assert.equal(await promise, false)
})

test('a bug in a reader ends its stream, not the process', async () => {
  await using network = createNetwork({ clock: REAL_CLOCK })
  const { near, far } = await pair(network)
  const heard = collect(near, () => {
    throw new Error('bug in the reader')
  })
  collect(far)
  far.write([utf8Bytes('x')])
  assert.equal(await heard.over, 'failure:bug in the reader')
  await until(() => network.openNow().length === 0, 'closed')
})

test('two streams share a buffer without mixing their bytes', async () => {
  await using a = await hostileServer((socket) => socket.write('a'.repeat(500_000)))
  await using b = await hostileServer((socket) => socket.write('b'.repeat(500_000)))
  await using network = createNetwork({ clock: REAL_CLOCK })
  const streams = await Promise.all([a, b].map((server) => network.dialer.dial(server, OWN)))
  const views = new Set<ArrayBufferLike>()
  const heard = streams.map((stream) => collect(stream, (bytes) => views.add(bytes.buffer)))
  await until(() => heard.every((one) => one.bytes() === 500_000), 'all bytes')
  assert.equal(views.size, 1)
  assert.deepEqual(
    heard.map((one) => [...new Set(one.text())]),
    [['a'], ['b']],
  )
})
