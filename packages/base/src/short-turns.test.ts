import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { FakeClock } from '@matinee/testkit'
import { ShortTurns, sortedInTurns } from './short-turns.ts'

/** A clock that goes on by a millisecond each time it is asked, as under work. */
function busyClock(): { readonly clock: FakeClock; readonly turns: () => number } {
  const clock = new FakeClock()
  let taken = 0
  let ms = 0
  const busy = Object.create(clock, {
    nowMs: { value: () => ms++ },
    setTimer: {
      value: (_: number, run: () => void) => {
        taken++
        setImmediate(run)
        return { cancel: () => {} }
      },
    },
  }) as FakeClock
  return { clock: busy, turns: () => taken }
}

test('work that takes long lets others have their turn every few milliseconds, and short work never waits', async () => {
  const { clock, turns } = busyClock()
  const long = new ShortTurns(clock)
  for (let at = 0; at < 100; at++) await long.rest()
  assert.ok(turns() >= 15 && turns() <= 50, `${turns()} turns`)
  // A clock that nobody runs: whoever waited for it would wait for ever.
  const short = new ShortTurns(new FakeClock())
  for (let at = 0; at < 100; at++) await short.rest()
})

test('work that is called off ends at its next rest', async () => {
  const { clock } = busyClock()
  const stop = new AbortController()
  const turns = new ShortTurns(clock)
  stop.abort(new DOMException('enough', 'AbortError'))
  await assert.rejects(
    async () => {
      for (let at = 0; at < 100; at++) await turns.rest(stop.signal)
    },
    { name: 'AbortError' },
  )
})

test('what is sorted in turns is as if it were sorted at once, equals in their order', async () => {
  const thing = fc.record({ rank: fc.integer({ min: 0, max: 5 }), at: fc.nat() })
  await fc.assert(
    fc.asyncProperty(fc.array(thing, { maxLength: 40 }), async (few) => {
      const things = Array.from({ length: 100 }, () => few).flat()
      const compare = (a: { rank: number }, b: { rank: number }): number => a.rank - b.rank
      const { clock } = busyClock()
      const sorted = await sortedInTurns(things, compare, new ShortTurns(clock))
      assert.deepEqual(sorted, things.toSorted(compare))
    }),
    { numRuns: 30 },
  )
})
