import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@matinee/testkit'
import { collect, until } from '../test/collector.ts'
import { fakeResolver, PUBLIC_IPV4 } from '../test/fake-resolver.ts'
import { hostileServer } from '../test/hostile-server.ts'
import { standInInternet } from '../test/stand-in-internet.ts'
import { createNetwork } from './network.ts'

const ANY_PORT = { host: '127.0.0.1', port: 0 }
const CLOSED = { name: 'NetworkError', code: 'closed' }

test('the switch closes everything that is open, and nothing opens any more', async () => {
  await using server = await hostileServer((socket) => {
    socket.once('data', (bytes) => {
      if (bytes.toString('latin1').startsWith('GET /half')) {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc')
      }
    })
  })
  using internet = standInInternet({ [PUBLIC_IPV4]: null })
  const clock = new FakeClock()
  const network = createNetwork({ clock, resolver: fakeResolver({}) })
  const own = { learnedFrom: 'own' } as const
  const url = `http://127.0.0.1:${server.port}`

  const heard: ReturnType<typeof collect>[] = []
  const listening = await network.listener.listen(ANY_PORT, (far) => heard.push(collect(far)))
  heard.push(collect(await network.dialer.dial(listening.address, own)))
  const socket = await network.datagrams.bind(ANY_PORT, () => undefined)
  await network.datagrams.bind({ host: '::1', port: 0 }, () => undefined)
  const { body } = await network.http.get({ url: `${url}/half`, maxBytes: 10, ...own })
  const reading = body[Symbol.asyncIterator]()
  assert.equal((await reading.next()).value?.length, 3)
  const more = reading.next()
  const silent = network.http.get({ url: `${url}/silent`, maxBytes: 10, ...own })
  const dialing = network.dialer.dial({ host: PUBLIC_IPV4, port: 6881 }, own)
  const fast = Array.from({ length: 40 }, (_, at) =>
    network.dialer.dial({ host: `9.9.9.${at}`, port: 6881 }, { learnedFrom: 'pex' }),
  )
  const pending = Promise.allSettled([more, silent, dialing, ...fast])
  await until(() => heard.length === 2 && server.connections() === 2, 'all is open')
  assert.deepEqual(
    new Set(network.openNow().map(({ kind }) => kind)),
    new Set(['listener', 'accepted', 'dial', 'datagrams', 'http']),
  )

  await network.closeAll('the tunnel is gone')
  assert.deepEqual(network.openNow(), [])
  assert.equal(clock.pendingTimers, 0)
  await until(() => server.open() === 0, 'the server sees it')
  assert.deepEqual(await Promise.all(heard.map((one) => one.over)), [
    'failure:closed',
    'failure:closed',
  ])
  const outcomes = await pending
  const last = outcomes.slice(0, 3).concat(outcomes.slice(-10))
  for (const outcome of last) {
    assert.equal(outcome.status === 'rejected' && outcome.reason.code, 'closed')
  }

  const dials = internet.connects.length
  socket.send(Uint8Array.of(1), { host: '127.0.0.1', port: 9 }, 'own')
  await assert.rejects(network.dialer.dial({ host: PUBLIC_IPV4, port: 6881 }, own), CLOSED)
  await assert.rejects(
    network.listener.listen(ANY_PORT, () => undefined),
    CLOSED,
  )
  await assert.rejects(
    network.datagrams.bind(ANY_PORT, () => undefined),
    CLOSED,
  )
  await assert.rejects(network.http.get({ url, maxBytes: 10, ...own }), CLOSED)
  assert.equal(internet.connects.length, dials)
  await network.closeAll('again')
})

test('what is open tells its kind, both addresses and since when', async () => {
  await using server = await hostileServer(() => undefined)
  const clock = new FakeClock({ startMs: 70 })
  await using network = createNetwork({ clock })
  const target = { host: server.host, port: server.port }
  const stream = await network.dialer.dial(target, { learnedFrom: 'own' })
  await clock.advance(5)
  const socket = await network.datagrams.bind(ANY_PORT, () => undefined)
  assert.deepEqual(network.openNow(), [
    { kind: 'dial', local: stream.local, remote: target, sinceMs: 70 },
    { kind: 'datagrams', local: socket.address, remote: null, sinceMs: 75 },
  ])
  await socket.close()
  stream.destroy()
  await until(() => network.openNow().length === 0, 'closed')
})
