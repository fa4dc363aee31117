import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TurnQueue } from './turn-queue.ts'

test('a task begins when the one before it has ended, and each has its own outcome', async () => {
  const turns = new TurnQueue()
  const first = Promise.withResolvers<string>()
  const begun: string[] = []
  const answers = [
    turns.run(async () => {
      begun.push('first')
      return await first.promise
    }),
    turns.run(async () => {
      begun.push('second')
      return 'two'
    }),
  ]
  await new Promise(setImmediate)
  assert.deepEqual(begun, ['first'])
  first.resolve('one')
  assert.deepEqual(await Promise.all(answers), ['one', 'two'])
  assert.deepEqual(begun, ['first', 'second'])
})

test('a task that fails tells its own caller, and the next has its turn', async () => {
  const turns = new TurnQueue()
  const failed = turns.run(async () => await Promise.reject(new Error('no place')))
  const next = turns.run(async () => 'done')
  await assert.rejects(failed, /no place/u)
  assert.equal(await next, 'done')
})

test('a queue is idle when all its tasks have ended, also when the last has failed', async () => {
  const turns = new TurnQueue()
  await turns.idle()
  const last = Promise.withResolvers<void>()
  const run = turns.run(() => last.promise)
  let isIdle = false
  const idle = turns.idle().then(() => {
    isIdle = true
  })
  await new Promise(setImmediate)
  assert.equal(isIdle, false)
  last.reject(new Error('no place'))
  await assert.rejects(run, /no place/u)
  await idle
})
