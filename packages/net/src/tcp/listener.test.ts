import assert from 'node:assert/strict'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import type { ByteStream } from '@matinee/base'
import { FakeClock } from '@matinee/testkit'
import { collect, until } from '../../test/collector.ts'
import { REAL_CLOCK } from '../../test/real-clock.ts'
import { standInNeighbours } from '../../test/stand-in-neighbours.ts'
import { createNetwork } from '../network.ts'
import {
  ACCEPT_WINDOW_MS,
  ACCEPTS_PER_NETWORK,
  MAX_ACCEPTED,
  MAX_ACCEPTED_PER_NETWORK,
} from './listener.ts'

const ANY_PORT = { host: '127.0.0.1', port: 0 }
/** Loopback is a whole /8 on Linux: neighbours in other networks without any network. */
const hasLoopbackNetworks = process.platform === 'linux'

/** Connects from an address and tells how it ended, when it does. */
function visitor(port: number, from: string): { socket: Socket; isClosed: () => boolean } {
  const socket = connect({ host: '127.0.0.1', port, localAddress: from })
  let isClosed = false
  socket.on('error', () => undefined)
  socket.on('close', () => (isClosed = true))
  return { socket, isClosed: () => isClosed }
}

test('a port that is taken is told apart, and a closed one can be taken again', async () => {
  await using network = createNetwork({ clock: REAL_CLOCK })
  const first = await network.listener.listen(ANY_PORT, () => undefined)
  assert.notEqual(first.address.port, 0)
  const refusal = { name: 'NetworkError', code: 'address-in-use' }
  await assert.rejects(
    network.listener.listen(first.address, () => undefined),
    refusal,
  )
  assert.deepEqual(
    network.openNow().map(({ kind, local }) => ({ kind, local })),
    [{ kind: 'listener', local: first.address }],
  )
  await first.close()
  await first.close()
  const second = await network.listener.listen(first.address, () => undefined)
  assert.deepEqual(second.address, first.address)
  const elsewhere = { host: '203.0.113.1', port: 0 }
  await assert.rejects(
    network.listener.listen(elsewhere, () => undefined),
    { code: 'closed' },
  )
})

test('what was accepted outlives its listener', async () => {
  await using network = createNetwork({ clock: REAL_CLOCK })
  const { promise, resolve } = Promise.withResolvers<ByteStream>()
  const listening = await network.listener.listen(ANY_PORT, resolve)
  const near = await network.dialer.dial(listening.address, { learnedFrom: 'own' })
  const far = await promise
  await listening.close()
  const heard = collect(near)
  far.write([Uint8Array.of(65)])
  await until(() => heard.text() === 'A', 'the byte')
})

test('P4: one network cannot take every seat', { skip: !hasLoopbackNetworks }, async () => {
  using _neighbours = standInNeighbours()
  await using network = createNetwork({ clock: REAL_CLOCK })
  const streams: ByteStream[] = []
  const listening = await network.listener.listen(ANY_PORT, (stream) => streams.push(stream))
  const { port } = listening.address
  const crowd = Array.from({ length: 500 }, () => visitor(port, '127.2.0.2'))
  const left = 500 - MAX_ACCEPTED_PER_NETWORK
  await until(() => crowd.filter((one) => one.isClosed()).length === left, 'the rest is reset')
  assert.equal(streams.length, MAX_ACCEPTED_PER_NETWORK)

  const honest = visitor(port, '127.9.9.1')
  await until(() => streams.length === MAX_ACCEPTED_PER_NETWORK + 1, 'another network gets in')
  honest.socket.destroy()
  for (const { socket } of crowd) socket.destroy()
  await until(() => network.openNow().length === MAX_ACCEPTED_PER_NETWORK + 2, 'unread: still open')
  for (const stream of streams) stream.destroy()
  await until(() => network.openNow().length === 1, 'all seats are free')
})

test(
  'P4: many networks together have a limited number of seats',
  { skip: !hasLoopbackNetworks },
  async () => {
    using _neighbours = standInNeighbours()
    await using network = createNetwork({ clock: REAL_CLOCK })
    let accepted = 0
    const listening = await network.listener.listen(ANY_PORT, () => accepted++)
    const { port } = listening.address
    const crowd = Array.from({ length: 700 }, (_, at) =>
      visitor(port, `127.1.${at % 30}.${1 + (at % 7)}`),
    )
    const left = 700 - MAX_ACCEPTED
    await until(() => crowd.filter((one) => one.isClosed()).length === left, 'the rest is reset')
    assert.equal(accepted, MAX_ACCEPTED)
    for (const { socket } of crowd) socket.destroy()
  },
)

test(
  'P17: one network is let in at a limited pace, others meanwhile too',
  { skip: !hasLoopbackNetworks },
  async () => {
    const clock = new FakeClock()
    using _neighbours = standInNeighbours()
    await using network = createNetwork({ clock })
    let accepted = 0
    const listening = await network.listener.listen(ANY_PORT, (stream) => {
      accepted++
      stream.destroy()
    })
    const { port } = listening.address
    const flood = async (from: string, count: number): Promise<void> => {
      for (let at = 0; at < count; at += 40) {
        const wave = Array.from({ length: 40 }, () => visitor(port, from))
        await until(() => wave.every((one) => one.isClosed()), 'the wave is over')
      }
    }
    await flood('127.3.0.3', 400)
    assert.equal(accepted, ACCEPTS_PER_NETWORK)
    await flood('127.7.7.1', 40)
    assert.equal(accepted, ACCEPTS_PER_NETWORK + 40)
    await clock.advance(ACCEPT_WINDOW_MS)
    await flood('127.3.0.3', 400)
    assert.equal(accepted, 2 * ACCEPTS_PER_NETWORK + 40)
  },
)

test('this machine’s own processes are not taken for a crowd', async () => {
  await using network = createNetwork({ clock: REAL_CLOCK })
  let accepted = 0
  const listening = await network.listener.listen(ANY_PORT, () => accepted++)
  const crowd = Array.from({ length: 200 }, () => visitor(listening.address.port, '127.0.0.1'))
  await until(() => accepted === 200, 'all are in')
  for (const { socket } of crowd) socket.destroy()
})
