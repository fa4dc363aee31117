import { test } from 'node:test'
import assert from 'node:assert/strict'
import { sleep } from '@matinee/base'
import { FakeClock, FakeClockError } from './fake-clock.ts'

test('timers run in the order of their moments, and at one moment in the order they were set', async () => {
  const clock = new FakeClock()
  const seen: string[] = []
  for (const [name, ms] of [
    ['c', 30],
    ['a', 10],
    ['b', 20],
    ['a2', 10],
  ] as const) {
    clock.setTimer(ms, () => seen.push(`${name}@${clock.nowMs()}`))
  }
  await clock.advance(25)
  assert.deepEqual(seen, ['a@10', 'a2@10', 'b@20'])
  assert.equal(clock.nowMs(), 25)
  assert.equal(clock.pendingTimers, 1)
})

test('a thousand timers set at random come out sorted', async () => {
  const clock = new FakeClock()
  const seen: number[] = []
  for (let i = 0; i < 1000; i++) clock.setTimer((i * 7919) % 503, () => seen.push(clock.nowMs()))
  await clock.advance(503)
  assert.equal(seen.length, 1000)
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  )
})

test('code that awaits between two timers has gone on before the second one runs', async () => {
  const clock = new FakeClock()
  const seen: string[] = []
  void (async () => {
    await sleep(clock, 10)
    for (let i = 0; i < 100; i++) await Promise.resolve()
    seen.push('long chain')
    await sleep(clock, 5)
    seen.push('second sleep')
  })()
  clock.setTimer(11, () => seen.push('eleven'))
  await clock.advance(100)
  assert.deepEqual(seen, ['long chain', 'eleven', 'second sleep'])
})

test('a canceled timer does not run and is not counted', async () => {
  const clock = new FakeClock()
  const timer = clock.setTimer(5, () => assert.fail())
  timer.cancel()
  timer.cancel()
  assert.equal(clock.pendingTimers, 0)
  await clock.advance(10)
})

test('run moves time only as far as the promise needs', async () => {
  const clock = new FakeClock()
  assert.equal(await clock.run(sleep(clock, 60_000).then(() => 'done')), 'done')
  assert.equal(clock.nowMs(), 60_000)
  await assert.rejects(clock.run(Promise.reject(new Error('passed on'))), /passed on/u)
})

test('run says so when the promise is late, and when nothing is left that could settle it', async () => {
  const clock = new FakeClock()
  const late = clock.run(sleep(clock, 1000), 500)
  await assert.rejects(
    late,
    (error) => error instanceof FakeClockError && error.code === 'too-late',
  )
  const never = new FakeClock().run(new Promise(() => undefined))
  await assert.rejects(
    never,
    (error) => error instanceof FakeClockError && error.code === 'nothing-pending',
  )
})

test('a suspend moves the wall clock alone, a freeze both, and overdue timers run late but once', async () => {
  const clock = new FakeClock({ startWallMs: 0 })
  const seen: number[] = []
  clock.setTimer(100, () => seen.push(clock.nowMs()))
  clock.suspend(8 * 3600_000)
  assert.equal(clock.nowMs(), 0)
  assert.equal(clock.wallMs(), 8 * 3600_000)
  clock.freeze(500)
  assert.deepEqual(seen, [])
  await clock.advance(1)
  assert.deepEqual(seen, [500])
  clock.jumpWall(-3600_000)
  assert.equal(clock.wallMs(), 7 * 3600_000 + 501)
})

test('timers that set each other in a circle at one moment are reported, not followed for ever', async () => {
  const clock = new FakeClock()
  const again = (): void => void clock.setTimer(0, again)
  again()
  await assert.rejects(clock.advance(1), (error) => {
    return error instanceof FakeClockError && error.code === 'stuck'
  })
})
