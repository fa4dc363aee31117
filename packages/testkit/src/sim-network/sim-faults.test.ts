import { test } from 'node:test'
import assert from 'node:assert/strict'
import { concatBytes } from '@matinee/base'
import { SeededRandom } from '../seeded-random.ts'
import { connected, world } from './sim-stage.ts'

test('a partition holds bytes back and loses none', async () => {
  const w = world()
  const { left, right } = await connected(w)
  w.sim.partition(w.a, w.b)
  left.stream.write([new Uint8Array(50_000)])
  await w.clock.advance(30_000)
  assert.equal(right.bytes.length, 0)
  w.sim.heal(w.a, w.b)
  await w.clock.advance(1000)
  assert.equal(concatBytes(right.bytes).length, 50_000)
})

test('a host that dies silently is noticed only after it is back and is sent something', async () => {
  const w = world()
  const { left, right } = await connected(w)
  w.b.goDown('silence')
  left.stream.write([new Uint8Array(10)])
  await w.clock.advance(60_000)
  assert.deepEqual([left.log, right.log], [[], []])
  w.b.comeUp()
  await w.clock.advance(60_000)
  assert.deepEqual(left.log, ['closed'])
})

test('a host whose programs die resets its connections, and moving strands them', async () => {
  const w = world()
  const { left } = await connected(w)
  w.b.goDown('reset')
  await w.clock.advance(100)
  assert.deepEqual(left.log, ['closed'])
  const v = world()
  const pair = await connected(v)
  v.a.moveTo('203.0.113.9')
  pair.left.stream.write([new Uint8Array(10)])
  await v.clock.advance(60_000)
  assert.deepEqual([pair.left.log, pair.right.bytes], [[], []])
  const again = v.a.network.dialer.dial({ host: v.b.address, port: 6881 }, { learnedFrom: 'own' })
  assert.equal((await v.clock.run(again)).local.host, '203.0.113.9')
})

test('loss slows a stream down and changes nothing in it', async () => {
  const w = world({ lossFraction: 0.02, rateBytesPerSecond: 1_000_000 }, 5000)
  const { left, right } = await connected(w)
  const sent = new SeededRandom(2).bytes(300_000)
  left.stream.write([sent])
  await w.clock.advance(60_000)
  assert.deepEqual(concatBytes(right.bytes), sent)
})
