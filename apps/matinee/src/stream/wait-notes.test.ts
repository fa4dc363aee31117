import { test } from 'node:test'
import assert from 'node:assert/strict'
import { WaitNotes } from './wait-notes.ts'

test('a wait is told after three seconds, when it changes, and every ten seconds', () => {
  const notes = new WaitNotes()
  const told: string[] = []
  for (let second = 0; second <= 30; second++) {
    const reason =
      second < 20
        ? ({ kind: 'asking-trackers', asked: 2 } as const)
        : ({ kind: 'no-tracker', asked: 2 } as const)
    const words = notes.due(reason, second * 1000)
    if (words !== null) told.push(`${second} ${words}`)
  }
  assert.deepEqual(told, [
    '3 Asking 2 trackers who has this',
    '13 Asking 2 trackers who has this',
    '20 None of 2 trackers answers; they are asked again. Is the network on?',
    '30 None of 2 trackers answers; they are asked again. Is the network on?',
  ])
})

test('a wait that is over soon is not told, and the next one begins anew', () => {
  const notes = new WaitNotes()
  const waiting = { kind: 'choked', connected: 1 } as const
  for (const nowMs of [0, 2000]) assert.equal(notes.due(waiting, nowMs), null)
  assert.equal(notes.due({ kind: 'arriving', sources: 1 }, 2500), null)
  assert.equal(notes.due(waiting, 4000), null)
  assert.equal(notes.due(waiting, 7000), '1 person connected, and nobody sends yet')
})
