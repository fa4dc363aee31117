import { test } from 'node:test'
import assert from 'node:assert/strict'
import { NetworkError, concatBytes, sleep, type ByteStream } from '@matinee/base'
import type { FakeClock } from '../fake-clock.ts'
import { SeededRandom } from '../seeded-random.ts'
import { connected, hear, world } from './sim-stage.ts'

const code =
  (expected: string) =>
  (error: unknown): boolean =>
    error instanceof NetworkError && error.code === expected

test('connecting takes one round trip', async () => {
  const w = world()
  await w.b.network.listener.listen({ host: '0.0.0.0', port: 1 }, () => undefined)
  await w.clock.run(w.a.network.dialer.dial({ host: w.b.address, port: 1 }, { learnedFrom: 'own' }))
  assert.equal(w.clock.nowMs(), 100)
})

test('a refused port fails after a round trip, an empty address after the timeout', async () => {
  const w = world()
  const dial = (host: string): Promise<ByteStream> =>
    w.clock.run(w.a.network.dialer.dial({ host, port: 9 }, { learnedFrom: 'own', timeoutMs: 3000 }))
  await assert.rejects(dial(w.b.address), code('unreachable'))
  assert.equal(w.clock.nowMs(), 100)
  await assert.rejects(dial('203.0.113.77'), code('timeout'))
  assert.equal(w.clock.nowMs(), 3100)
})

test('what the policy refuses is not sent, and is in the log as refused', async () => {
  const w = world({ mayDial: (to) => ({ kind: to.port === 25 ? 'no' : 'yes', reason: 'mail' }) })
  const target = { host: w.b.address, port: 25 }
  const dial = w.a.network.dialer.dial(target, { learnedFrom: 'pex' })
  await assert.rejects(w.clock.run(dial), code('policy'))
  assert.equal(w.sim.traffic.length, 1)
  assert.deepEqual(w.sim.sentTo(w.b.address), [])
})

test('an aborted dial rejects with the reason and leaves no timer behind', async () => {
  const w = world()
  const abort = new AbortController()
  const dial = w.a.network.dialer.dial(
    { host: w.b.address, port: 9 },
    { learnedFrom: 'own', signal: abort.signal },
  )
  abort.abort(new Error('changed my mind'))
  await assert.rejects(w.clock.run(dial), /changed my mind/u)
  assert.equal(w.clock.pendingTimers, 0)
})

test('bytes arrive in order and whole, at the rate of the line', async () => {
  const w = world({ rateBytesPerSecond: 1_000_000 })
  const { left, right } = await connected(w)
  const sent = new SeededRandom(1).bytes(2_000_000)
  const startMs = w.clock.nowMs()
  left.stream.write([sent.subarray(0, 3), sent.subarray(3)])
  await w.clock.advance(1900)
  assert.ok(concatBytes(right.bytes).length < 2_000_000)
  await w.clock.advance(400)
  assert.deepEqual(concatBytes(right.bytes), sent)
  assert.ok(w.clock.nowMs() - startMs <= 2300)
})

test('streams share an uplink evenly', async () => {
  const w = world({ rateBytesPerSecond: 1_000_000 })
  const c = w.sim.host('203.0.113.3', { latencyMs: 5 })
  const counts = [0, 0]
  await c.network.listener.listen({ host: '0.0.0.0', port: 7 }, (stream) => {
    hear(stream)
    stream.write([new Uint8Array(10_000_000)])
  })
  c.setRate(1_000_000)
  for (const [i, host] of [w.a, w.b].entries()) {
    const dial = host.network.dialer.dial({ host: c.address, port: 7 }, { learnedFrom: 'own' })
    const stream = await w.clock.run(dial)
    stream.start({
      onBytes: (bytes) => (counts[i] = (counts[i] ?? 0) + bytes.length),
      onDrain: () => undefined,
      onEnd: () => undefined,
      onFailure: () => undefined,
    })
  }
  await w.clock.advance(4000)
  const [first = 0, second = 0] = counts
  assert.ok(Math.abs(first - second) < 300_000, `${first} and ${second}`)
  assert.ok(first + second > 3_500_000)
})

test('a receiver that pauses stops the sender, and gets everything after it resumes', async () => {
  const w = world()
  const { left, right } = await connected(w)
  right.stream.pause()
  assert.equal(left.stream.write([new Uint8Array(1_000_000)]), false)
  await w.clock.advance(60_000)
  assert.equal(right.bytes.length, 0)
  assert.ok(left.stream.bufferedBytes > 300_000)
  right.stream.resume()
  await w.clock.advance(60_000)
  assert.equal(concatBytes(right.bytes).length, 1_000_000)
  assert.deepEqual(left.log, ['drain'])
})

test('bytes seen after the call are spoiled', async () => {
  const w = world()
  const { left } = await connected(w)
  const views: Uint8Array[] = []
  await w.b.network.listener.listen({ host: '0.0.0.0', port: 2 }, (stream) => {
    stream.start({
      onBytes: (bytes) => views.push(bytes),
      onDrain: () => undefined,
      onEnd: () => undefined,
      onFailure: () => undefined,
    })
  })
  const target = { host: w.b.address, port: 2 }
  const stream = await w.clock.run(w.a.network.dialer.dial(target, { learnedFrom: 'own' }))
  stream.write([new Uint8Array([1, 2, 3])])
  await w.clock.advance(1000)
  assert.deepEqual([...(views[0] ?? [])], [0xdd, 0xdd, 0xdd])
  left.stream.destroy()
})

test('close sends what is buffered first, and both sides hear one end', async () => {
  const w = world({ rateBytesPerSecond: 100_000 })
  const { left, right } = await connected(w)
  left.stream.write([new Uint8Array(200_000)])
  left.stream.close()
  await w.clock.advance(10_000)
  assert.equal(concatBytes(right.bytes).length, 200_000)
  assert.deepEqual(right.log, ['end'])
  assert.deepEqual(
    left.log.filter((event) => event !== 'drain'),
    ['end'],
  )
  assert.equal(w.a.streams.size + w.b.streams.size, 0)
})

test('destroy tells the other side alone, once', async () => {
  const w = world()
  const { left, right } = await connected(w)
  left.stream.destroy()
  left.stream.destroy()
  await w.clock.advance(1000)
  assert.deepEqual(left.log, [])
  assert.deepEqual(right.log, ['closed'])
  assert.equal(w.a.streams.size + w.b.streams.size, 0)
})

test('datagrams get lost, and come out of order, at the set rate of loss', async () => {
  const w = world({ lossFraction: 0.1 })
  const seen: number[] = []
  await w.b.network.datagrams.bind({ host: '0.0.0.0', port: 5 }, (bytes) => {
    seen.push((bytes[0] ?? 0) * 256 + (bytes[1] ?? 0))
  })
  const socket = await w.a.network.datagrams.bind({ host: '0.0.0.0', port: 0 }, () => undefined)
  for (let i = 0; i < 1000; i++) {
    socket.send(new Uint8Array([i >> 8, i & 255]), { host: w.b.address, port: 5 }, 'own')
    await sleepFor(w.clock, 10)
  }
  await w.clock.advance(1000)
  assert.ok(seen.length > 750 && seen.length < 870, `${seen.length} of 1000`)
  assert.notDeepEqual(
    seen,
    seen.toSorted((x, y) => x - y),
  )
})

test('a dual-stack host is reached over both families, and a name resolves to its addresses', async () => {
  const w = world()
  const dual = w.sim.host('203.0.113.5', { aliases: ['2001:db8::5'] })
  w.sim.names.set('dual.example', ['2001:db8::5', '203.0.113.5'])
  await dual.network.listener.listen({ host: '::', port: 80 }, () => undefined)
  const addresses = await w.clock.run(w.a.network.resolver.resolve('dual.example'))
  for (const host of addresses) {
    await w.clock.run(w.a.network.dialer.dial({ host, port: 80 }, { learnedFrom: 'tracker' }))
  }
  const missing = w.a.network.resolver.resolve('nobody.example')
  await assert.rejects(w.clock.run(missing), code('name-not-found'))
})

function sleepFor(clock: FakeClock, ms: number): Promise<void> {
  return clock.run(sleep(clock, ms))
}
