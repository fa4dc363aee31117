import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sleep } from '@matinee/base'
import { FakeClock } from '@matinee/testkit'
import { dialFirst, interleaveFamilies, MAX_ATTEMPTS, STAGGER_MS } from './happy-eyeballs.ts'

/** Hosts that answer or fail after a time; what was tried when, and what was thrown away. */
function world(hosts: Readonly<Record<string, number | `fails ${number}`>>, clock: FakeClock) {
  const tried: string[] = []
  const aborted: string[] = []
  const discarded: string[] = []
  const dial = async (host: string, signal: AbortSignal): Promise<string> => {
    tried.push(`${host} at ${clock.nowMs()}`)
    signal.addEventListener('abort', () => aborted.push(host))
    const plan = hosts[host] ?? 'fails 0'
    const delayMs = typeof plan === 'number' ? plan : Number(plan.slice(6))
    await sleep(clock, delayMs, signal)
    if (typeof plan !== 'number') throw new Error(`${host} failed`)
    return host
  }
  const run = (signal = new AbortController().signal): Promise<string> =>
    dialFirst(Object.keys(hosts), dial, {
      clock,
      signal,
      discard: (late) => discarded.push(late),
    })
  return { run, tried, aborted, discarded }
}

test('families take turns, IPv6 first, each in the resolver’s order', () => {
  const hosts = ['1.1.1.1', '2.2.2.2', '3.3.3.3', 'a::', 'b::']
  assert.deepEqual(interleaveFamilies(hosts), ['a::', '1.1.1.1', 'b::', '2.2.2.2', '3.3.3.3'])
})

test('an address that does not answer costs a quarter of a second', async () => {
  const clock = new FakeClock()
  const { run, tried, aborted } = world({ 'a::': 60_000, '1.1.1.1': 30 }, clock)
  assert.equal(await clock.run(run()), '1.1.1.1')
  assert.deepEqual(tried, ['a:: at 0', `1.1.1.1 at ${STAGGER_MS}`])
  assert.ok(aborted.includes('a::'))
  assert.equal(clock.nowMs(), STAGGER_MS + 30)
  assert.equal(clock.pendingTimers, 0)
})

test('an address that fails brings the next one forward', async () => {
  const clock = new FakeClock()
  const { run, tried } = world({ 'a::': 'fails 10', '1.1.1.1': 'fails 5', 'b::': 20 }, clock)
  assert.equal(await clock.run(run()), 'b::')
  assert.deepEqual(tried, ['a:: at 0', '1.1.1.1 at 10', 'b:: at 15'])
})

test('an early address may still win', async () => {
  const clock = new FakeClock()
  const { run } = world({ 'a::': 300, '1.1.1.1': 200 }, clock)
  assert.equal(await clock.run(run()), 'a::')
  assert.equal(clock.pendingTimers, 0)
})

test('when all fail, the last failure is told, and a thousand addresses are not tried', async () => {
  const clock = new FakeClock()
  const hosts = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [`1.1.${at >> 8}.${at & 255}`, 'fails 1'] as const),
  )
  const { run, tried } = world(hosts, clock)
  await assert.rejects(clock.run(run()), { message: '1.1.0.5 failed' })
  assert.equal(tried.length, MAX_ATTEMPTS)
})

test('an abort ends all attempts with its reason', async () => {
  const clock = new FakeClock()
  const stop = new AbortController()
  const { run, aborted } = world({ 'a::': 9000, '1.1.1.1': 9000, 'b::': 9000 }, clock)
  const outcome = run(stop.signal)
  const rejected = assert.rejects(outcome, { message: 'enough' })
  await clock.advance(STAGGER_MS + 1)
  stop.abort(new Error('enough'))
  await rejected
  assert.deepEqual(aborted, ['a::', '1.1.1.1'])
  assert.equal(clock.pendingTimers, 0)
})

test('what wins too late is thrown away', async () => {
  const clock = new FakeClock()
  const discarded: string[] = []
  // This one doesn't obey its signal, as a connection that was just made.
  const dial = (host: string): Promise<string> =>
    new Promise((resolve) => clock.setTimer(host === 'a::' ? 500 : 300, () => resolve(host)))
  const signal = new AbortController().signal
  const options = { clock, signal, discard: (late: string) => discarded.push(late) }
  const first = dialFirst(['a::', '1.1.1.1'], dial, options)
  assert.equal(await clock.run(first), 'a::')
  await clock.advance(1000)
  assert.deepEqual(discarded, ['1.1.1.1'])
})
