import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { createServer } from 'node:tls'
import { NetworkError } from '@matinee/base'
import { selfSigned } from '@matinee/testkit/self-signed'
import { until } from '../../test/collector.ts'
import { PUBLIC_IPV4 } from '../../test/fake-resolver.ts'
import { hostileServer } from '../../test/hostile-server.ts'
import { REAL_CLOCK } from '../../test/real-clock.ts'
import { standInInternet } from '../../test/stand-in-internet.ts'
import { createNetwork } from '../network.ts'

const clock = REAL_CLOCK

/** A device with a certificate of its own making, which says back what it hears. */
async function openDevice() {
  const { certificate, key } = selfSigned(['device.test'])
  const server = createServer({ cert: certificate, key }, (socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  })
  server.on('tlsClientError', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('not listening')
  return {
    address: { host: '127.0.0.1', port: bound.port },
    [Symbol.dispose]: () => void server.close(),
  }
}

test('a device that signed its own certificate is talked to, and hears what is written', async () => {
  using device = await openDevice()
  await using network = createNetwork({ clock })
  const stream = await network.dialer.dial(device.address, { learnedFrom: 'own', tls: 'device' })
  let heard = ''
  let isOver = false
  stream.start({
    onBytes: (bytes) => (heard += new TextDecoder().decode(bytes)),
    onDrain: () => undefined,
    onEnd: () => (isOver = true),
    onFailure: () => (isOver = true),
  })
  stream.write([new TextEncoder().encode('good '), new TextEncoder().encode('evening')])
  await until(() => heard === 'good evening', 'it came back')
  assert.equal(network.openNow().length, 1)
  stream.close()
  await until(() => isOver, 'it is closed')
  await until(() => network.openNow().length === 0, 'nothing is open')
})

test('L5: a certificate that nobody vouches for is good for the home network alone', async () => {
  using device = await openDevice()
  await using server = await hostileServer(() => undefined)
  using internet = standInInternet({ [PUBLIC_IPV4]: server })
  await using network = createNetwork({ clock })
  await assert.rejects(
    network.dialer.dial(
      { host: PUBLIC_IPV4, port: device.address.port },
      { learnedFrom: 'user', tls: 'device' },
    ),
    { name: 'NetworkError', code: 'policy' },
  )
  assert.equal(internet.connects.length, 0)
})

test('a device that never answers the handshake is given up in time, with its connection', async () => {
  await using silent = await hostileServer(() => undefined)
  await using network = createNetwork({ clock })
  await assert.rejects(
    network.dialer.dial(
      { host: '127.0.0.1', port: silent.port },
      { learnedFrom: 'own', tls: 'device', timeoutMs: 300 },
    ),
    (error) => error instanceof NetworkError && error.code === 'timeout',
  )
  await until(() => network.openNow().length === 0, 'nothing is open')
})
