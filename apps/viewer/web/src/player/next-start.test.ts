import { test } from 'node:test'
import assert from 'node:assert/strict'
import { createAsk } from '../api/request.ts'
import { NextStart } from './next-start.ts'

function stage(isThere = true) {
  const told: string[] = []
  const send = async (path: unknown, init?: RequestInit): Promise<Response> => {
    told.push(`${init?.method ?? 'GET'} ${String(path)}`)
    if (!isThere) throw new TypeError('nobody there')
    return Response.json({ done: true })
  }
  return { told, start: new NextStart(createAsk(() => 'token', send)) }
}

test('what follows is asked for once, however often it is wanted, and given up when it is not any more', async () => {
  const { told, start } = stage()
  for (const streamId of [null, 's1', 's1', 's1', null, null]) start.want(streamId)
  assert.deepEqual(told, ['POST /api/streams/s1/next', 'DELETE /api/streams/s1/next'])
})

test('a film that was opened anew asks anew: what belonged to its old stream ended with that', async () => {
  const { told, start } = stage()
  for (const streamId of ['s1', 's2']) start.want(streamId)
  assert.deepEqual(told, ['POST /api/streams/s1/next', 'POST /api/streams/s2/next'])
})

test('a server that is away is nothing that the film would hear of', async () => {
  const { told, start } = stage(false)
  start.want('s1')
  start.want(null)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(told.length, 2)
})
