import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '@matinee/testkit'
import { lookPatiently } from './patient-look.ts'

const { signal } = new AbortController()

/** Looks for something that is there from a moment on; works are loaded until another. */
function begin(isThereMs: number, isLoadedMs: number) {
  const clock = new FakeClock()
  const sinceMs = clock.nowMs()
  const passedMs = (): number => clock.nowMs() - sinceMs
  let looks = 0
  const look = async (): Promise<string | null> => {
    looks++
    return passedMs() >= isThereMs ? 'a work' : null
  }
  const found = lookPatiently(look, { clock, isLoading: () => passedMs() < isLoadedMs }, signal)
  return { clock, found, looks: () => looks }
}

test('a work that is loaded in this moment is waited for', async () => {
  const { clock, found } = begin(1000, 1000)
  await clock.advance(1100)
  assert.equal(await found, 'a work')
})

test('what is nowhere is not waited for once all works are there', async () => {
  const { found, looks } = begin(Infinity, 0)
  assert.equal(await found, null)
  assert.equal(looks(), 1)
})

test('nobody waits long for what may not exist, however long works are loaded', async () => {
  const { clock, found } = begin(Infinity, Infinity)
  await clock.advance(3100)
  assert.equal(await found, null)
  assert.equal(clock.pendingTimers, 0)
})
