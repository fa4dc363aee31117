import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MINUTE_MS, SECOND_MS } from '@matinee/base'
import type { LearnedFrom, NetworkErrorCode } from '@matinee/base'
import { FakeClock } from '@matinee/testkit'
import { until } from '../../test/collector.ts'
import { PUBLIC_IPV4 } from '../../test/fake-resolver.ts'
import { hostileServer } from '../../test/hostile-server.ts'
import { standInInternet } from '../../test/stand-in-internet.ts'
import { createNetwork } from '../network.ts'
import { DIALS_PER_SECOND, MAX_WAITING_DIALS, TRIES_PER_ADDRESS } from '../pace/dial-pace.ts'

function refusal(code: NetworkErrorCode): object {
  return { name: 'NetworkError', code }
}

const STRANGERS: readonly LearnedFrom[] = ['tracker', 'pex', 'dht', 'magnet', 'incoming']

test('P14: a victim named with ten thousand ports gets three tries in ten minutes', async () => {
  await using victim = await hostileServer(() => undefined)
  using internet = standInInternet({ [PUBLIC_IPV4]: victim })
  const clock = new FakeClock()
  await using network = createNetwork({ clock })
  const flood = async (): Promise<number> => {
    const before = internet.connects.length
    const dials = Array.from({ length: 10_000 }, (_, at) => {
      const learnedFrom = STRANGERS[at % STRANGERS.length] ?? 'pex'
      return network.dialer.dial({ host: PUBLIC_IPV4, port: 2000 + at }, { learnedFrom })
    })
    const outcomes = Promise.allSettled(dials)
    let isOver = false
    void outcomes.then(() => (isOver = true))
    await clock.advance(SECOND_MS)
    await until(() => isOver, 'every dial is made or refused')
    for (const outcome of await outcomes) {
      if (outcome.status === 'rejected') assert.equal(outcome.reason.code, 'policy')
      else outcome.value.destroy()
    }
    return internet.connects.length - before
  }
  assert.equal(await flood(), TRIES_PER_ADDRESS)
  await clock.advance(9 * MINUTE_MS)
  assert.equal(await flood(), 0)
  await clock.advance(1 * MINUTE_MS)
  assert.equal(await flood(), TRIES_PER_ADDRESS)
})

test('P14: strangers’ lists are dialed at thirty a second, however long they are', async () => {
  using internet = standInInternet({})
  const clock = new FakeClock()
  await using network = createNetwork({ clock })
  const dialed: number[] = []
  const outcomes = Array.from({ length: 3000 }, (_, at) => {
    const host = `9.${at >> 8}.${at & 255}.1`
    return network.dialer
      .dial({ host, port: 6881 }, { learnedFrom: 'pex' })
      .catch((error: { code: string }) => error.code)
  })
  for (let second = 0; second < 15; second++) {
    await clock.settle()
    dialed.push(internet.connects.length)
    await clock.advance(SECOND_MS)
  }
  for (const [second, count] of dialed.entries()) {
    assert.ok(count <= DIALS_PER_SECOND * (second + 1), `${count} dials in second ${second}`)
  }
  const codes = await Promise.all(outcomes)
  const refused = codes.filter((code) => code === 'policy').length
  assert.ok(refused >= 3000 - MAX_WAITING_DIALS - 2 * DIALS_PER_SECOND)
  assert.equal(internet.connects.length + refused, 3000)
})

test('P14: one IPv6 customer is not dialed at each of its many addresses', async () => {
  using internet = standInInternet({})
  const clock = new FakeClock()
  await using network = createNetwork({ clock })
  const outcomes = Array.from({ length: 100 }, (_, at) =>
    network.dialer
      .dial({ host: `2a00:1:2:3::${at.toString(16)}`, port: 6881 }, { learnedFrom: 'dht' })
      .catch(() => null),
  )
  await clock.advance(10 * SECOND_MS)
  await Promise.all(outcomes)
  assert.equal(internet.connects.length, 12)
})

test('our own code and the user are not paced', async () => {
  using internet = standInInternet({})
  await using network = createNetwork({ clock: new FakeClock() })
  const dials = Array.from({ length: 100 }, (_, at) =>
    network.dialer
      .dial({ host: PUBLIC_IPV4, port: 6881 }, { learnedFrom: at % 2 === 0 ? 'own' : 'user' })
      .catch(() => null),
  )
  await Promise.all(dials)
  assert.equal(internet.connects.length, 100)
})

test('T1: no stranger sends a dial to a local service', async () => {
  await using victim = await hostileServer(() => undefined)
  const clock = new FakeClock()
  await using network = createNetwork({ clock })
  const hosts = ['127.0.0.1', '127.1', '0x7f.1', '::ffff:127.0.0.1', '0.0.0.0', '::', 'localhost']
  for (const learnedFrom of STRANGERS) {
    for (const host of hosts) {
      const dial = network.dialer.dial({ host, port: victim.port }, { learnedFrom })
      await assert.rejects(dial, refusal('policy'))
    }
  }
  assert.equal(victim.connections(), 0)
  await using local = createNetwork({ clock, allowLocal: true })
  const mapped = { host: '::ffff:127.0.0.1', port: victim.port }
  const stream = await local.dialer.dial(mapped, { learnedFrom: 'tracker' })
  assert.deepEqual(stream.remote, { host: '127.0.0.1', port: victim.port })
})

test('a dial that nobody answers ends in time', async () => {
  using internet = standInInternet({ [PUBLIC_IPV4]: null })
  const clock = new FakeClock()
  await using network = createNetwork({ clock })
  const target = { host: PUBLIC_IPV4, port: 6881 }
  const outcomes: string[] = []
  const watch = (dial: Promise<unknown>): Promise<unknown> =>
    dial.catch((error: { code: string }) => outcomes.push(error.code))
  const usual = watch(network.dialer.dial(target, { learnedFrom: 'own' }))
  const hasty = watch(network.dialer.dial(target, { learnedFrom: 'own', timeoutMs: 100 }))
  await clock.advance(100)
  await hasty
  await clock.advance(7899)
  assert.deepEqual(outcomes, ['timeout'])
  assert.equal(network.openNow().length, 1)
  await clock.advance(1)
  await usual
  assert.deepEqual(outcomes, ['timeout', 'timeout'])
  assert.equal(internet.connects.length, 2)
})

test('a dial that is refused says so, and an aborted one ends with the reason', async () => {
  const clock = new FakeClock()
  await using network = createNetwork({ clock })
  const closed = network.dialer.dial({ host: '127.0.0.1', port: 1 }, { learnedFrom: 'own' })
  await assert.rejects(closed, refusal('unreachable'))
  const reason = new Error('changed my mind')
  const target = { host: '127.0.0.1', port: 1 }
  const early = AbortSignal.abort(reason)
  await assert.rejects(network.dialer.dial(target, { learnedFrom: 'own', signal: early }), reason)
  const late = new AbortController()
  const dial = network.dialer.dial(target, { learnedFrom: 'own', signal: late.signal })
  late.abort(reason)
  await assert.rejects(dial, reason)
  await until(() => network.openNow().length === 0, 'closed')
  assert.equal(clock.pendingTimers, 0)
})

test('a dial that is cut while it waits for its turn never goes out', async () => {
  using internet = standInInternet({})
  const clock = new FakeClock()
  await using network = createNetwork({ clock })
  const cut = new AbortController()
  const outcomes = Array.from({ length: DIALS_PER_SECOND + 10 }, (_, at) =>
    network.dialer
      .dial({ host: `9.1.1.${at}`, port: 6881 }, { learnedFrom: 'pex', signal: cut.signal })
      .catch((error: Error) => error.message),
  )
  await clock.settle()
  cut.abort(new Error('cut'))
  await clock.advance(10 * SECOND_MS)
  const messages = await Promise.all(outcomes)
  assert.deepEqual(messages.slice(-10), Array(10).fill('cut'))
  assert.equal(internet.connects.length, DIALS_PER_SECOND)
})

test('with the testers’ switch a swarm on loopback is dialed whole', async () => {
  await using server = await hostileServer(() => undefined)
  await using network = createNetwork({ clock: new FakeClock(), allowLocal: true })
  const target = { host: '127.0.0.1', port: server.port }
  const dials = Array.from({ length: 50 }, () =>
    network.dialer.dial(target, { learnedFrom: 'pex' }),
  )
  assert.equal((await Promise.all(dials)).length, 50)
})
