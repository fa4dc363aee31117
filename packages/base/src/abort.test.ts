import assert from 'node:assert/strict'
import { test } from 'node:test'
import { untilAborted } from './abort.ts'

test('whoever waits is told of an abort at once, with its reason', async () => {
  const never = new Promise<void>(() => {})
  const controller = new AbortController()
  const waiting = untilAborted(never, controller.signal)
  controller.abort(new Error('enough'))
  await assert.rejects(waiting, /enough/u)
  await assert.rejects(untilAborted(never, controller.signal), /enough/u)
})

test('an outcome passes through, and a failure after an abort is nobody else’s problem', async () => {
  assert.equal(await untilAborted(Promise.resolve(5), new AbortController().signal), 5)
  assert.equal(await untilAborted(Promise.resolve(6), undefined), 6)
  const late = Promise.withResolvers<void>()
  await assert.rejects(untilAborted(late.promise, AbortSignal.abort(new Error('gone'))), /gone/u)
  late.reject(new Error('too late'))
})
