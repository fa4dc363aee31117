import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LearnedFrom, Log, SocketAddress } from '@matinee/base'
import { SILENT_LOG, utf8Bytes } from '@matinee/base'
import { until } from '../test/collector.ts'
import { REAL_CLOCK } from '../test/real-clock.ts'
import { createNetwork } from './network.ts'

const clock = REAL_CLOCK
const ANY_PORT = { host: '127.0.0.1', port: 0 }

/** A log that keeps the reasons of what was dropped. */
function reasons(): { log: Log; list: string[] } {
  const list: string[] = []
  const keep: Log['debug'] = (event, fields) => list.push(`${event}: ${String(fields?.['reason'])}`)
  return { log: { ...SILENT_LOG, debug: keep }, list }
}

for (const host of ['127.0.0.1', '::1']) {
  test(`datagrams go both ways over ${host}`, async () => {
    await using network = createNetwork({ clock })
    const heard: string[] = []
    const near = await network.datagrams.bind({ host, port: 0 }, (bytes, from) => {
      heard.push(`near ${Buffer.from(bytes).toString()} from ${from.host}`)
    })
    const far = await network.datagrams.bind({ host, port: 0 }, (bytes, from) => {
      assert.equal(bytes.constructor, Uint8Array)
      heard.push(`far ${Buffer.from(bytes).toString()} from ${from.host}`)
      far.send(utf8Bytes('pong'), from, 'own')
    })
    const ping = utf8Bytes('ping')
    near.send(ping, far.address, 'own')
    ping.fill(0)
    await until(() => heard.length === 2, 'both')
    assert.deepEqual(heard, [`far ping from ${host}`, `near pong from ${host}`])
  })
}

test('T1: a datagram goes only where the one who named the address may send us', async () => {
  const { log, list } = reasons()
  await using network = createNetwork({ clock, log })
  let received = 0
  const victim = await network.datagrams.bind(ANY_PORT, () => received++)
  const socket = await network.datagrams.bind(ANY_PORT, () => undefined)
  const strangers: readonly LearnedFrom[] = ['metainfo', 'magnet', 'tracker', 'dht', 'pex']
  const { port } = victim.address
  const targets: readonly (readonly [SocketAddress, string])[] = [
    [victim.address, 'loopback'],
    [{ host: '::ffff:127.0.0.1', port }, 'loopback'],
    [{ host: '0.0.0.0', port }, 'unspecified'],
    [{ host: '127.1', port }, 'invalid'],
    [{ host: 'localhost', port }, 'invalid'],
    [{ host: '239.192.152.143', port: 6771 }, 'multicast'],
    [{ host: '255.255.255.255', port }, 'broadcast'],
    [{ host: '10.0.0.1', port }, 'private'],
    [{ host: '8.8.8.8', port: 53 }, 'port'],
    [{ host: '8.8.8.8', port: 0 }, 'port'],
  ]
  for (const learnedFrom of strangers) {
    for (const [target, reason] of targets) {
      socket.send(Uint8Array.of(1), target, learnedFrom)
      assert.equal(list.at(-1), `datagram dropped: ${reason}`)
    }
  }
  socket.send(Uint8Array.of(1), { host: '8.8.8.8', port: 80 }, 'dht')
  assert.equal(list.at(-1), 'datagram dropped: port')
  socket.send(Uint8Array.of(1), victim.address, 'own')
  await until(() => received > 0, 'our own')
  assert.equal(received, 1)
})

test('what cannot be sent is lost with a reason, and nothing is thrown', async () => {
  const { log, list } = reasons()
  await using network = createNetwork({ clock, log })
  const socket = await network.datagrams.bind(ANY_PORT, () => undefined)
  socket.send(new Uint8Array(70_000), socket.address, 'own')
  socket.send(Uint8Array.of(1), { host: '::1', port: 6881 }, 'own')
  assert.deepEqual(list, ['datagram dropped: too-long', 'datagram dropped: family'])
  await socket.close()
  await socket.close()
  socket.send(Uint8Array.of(1), { host: '127.0.0.1', port: 6881 }, 'own')
  assert.match(list.at(-1) ?? '', /^datagram lost/u)
})

test('a bug in a reader costs one datagram, not the process', async () => {
  await using network = createNetwork({ clock })
  let received = 0
  const socket = await network.datagrams.bind(ANY_PORT, () => {
    received++
    throw new Error('bug in the reader')
  })
  socket.send(Uint8Array.of(1), socket.address, 'own')
  socket.send(Uint8Array.of(2), socket.address, 'own')
  await until(() => received === 2, 'both')
})

test('a port that is taken is told apart', async () => {
  await using network = createNetwork({ clock })
  const first = await network.datagrams.bind(ANY_PORT, () => undefined)
  await assert.rejects(
    network.datagrams.bind(first.address, () => undefined),
    { name: 'NetworkError', code: 'address-in-use' },
  )
  assert.equal(network.openNow().length, 1)
  await first.close()
  await network.datagrams.bind(first.address, () => undefined)
})
