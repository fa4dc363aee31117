import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KIB, MIB } from '@matinee/base'
import { FakeClock } from '@matinee/testkit'
import { KeepPace } from './keep-pace.ts'

const { signal } = new AbortController()

/** Bytes that two who fetch at the same time bring in so many seconds, in parts that come at once. */
async function fetchedBy(two: KeepPace, clock: FakeClock, seconds: number): Promise<number> {
  const ending = new AbortController()
  let bytes = 0
  const fetch = async (): Promise<void> => {
    for (;;) {
      const part = Math.min(two.mostBytes, 4 * MIB)
      bytes += part
      await two.came(part, ending.signal)
      await Promise.resolve()
      ending.signal.throwIfAborted()
    }
  }
  const fetching = Promise.allSettled([fetch(), fetch()])
  await clock.advance(seconds * 1000)
  ending.abort()
  await fetching
  return bytes
}

for (const rate of [10_000, 100_000, 2_000_000])
  test(`what is kept comes at ${rate} bytes a second over some minutes, whoever fetches`, async () => {
    const clock = new FakeClock()
    const bytes = await fetchedBy(new KeepPace(clock, () => rate), clock, 300)
    const most = Math.max(rate, 256 * KIB)
    assert.ok(bytes >= 300 * rate - most && bytes <= 301 * rate + 3 * most, `${bytes} bytes`)
  })

test('without a limit nobody waits, and parts are as large as they are', async () => {
  const pace = new KeepPace(new FakeClock(), () => null)
  for (let count = 0; count < 100; count++) await pace.came(16 * MIB, signal)
  assert.equal(pace.mostBytes, Infinity)
})

test('a limit that is lifted ends the wait for it', async () => {
  const clock = new FakeClock()
  let rate: number | null = 10_000
  const pace = new KeepPace(clock, () => rate)
  let isOver = false
  const waiting = pace.came(16 * MIB, signal).then(() => (isOver = true))
  await clock.advance(60_000)
  assert.equal(isOver, false)
  rate = null
  await clock.advance(1000)
  assert.equal(isOver, true)
  await waiting
})

test('what is kept no more waits no more', async () => {
  const ending = new AbortController()
  const waiting = new KeepPace(new FakeClock(), () => 10_000).came(16 * MIB, ending.signal)
  ending.abort(new DOMException('it is not kept any more', 'AbortError'))
  await assert.rejects(waiting, { name: 'AbortError' })
})
