import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Turns } from './turns.ts'

test('A11: one at a time has its turn, the urgent first, the others as they came', async () => {
  const turns = new Turns()
  const order: string[] = []
  let inside = 0
  const act = async (name: string, isUrgent: () => boolean): Promise<void> => {
    using turn = await turns.take(isUrgent)
    void turn
    inside++
    assert.equal(inside, 1)
    order.push(name)
    await new Promise((resolve) => setImmediate(resolve))
    inside--
  }
  let isFilmWanted = false
  await Promise.all([
    act('first', () => false),
    act('second', () => false),
    act('film', () => isFilmWanted),
    act('third', () => false),
    Promise.resolve().then(() => (isFilmWanted = true)),
  ])
  assert.deepEqual(order, ['first', 'film', 'second', 'third'])
})

test('a turn that ends twice ends once', async () => {
  const turns = new Turns()
  const first = await turns.take(() => false)
  const second = turns.take(() => false)
  const third = turns.take(() => false)
  first[Symbol.dispose]()
  first[Symbol.dispose]()
  await second
  let isThird = false
  void third.then(() => (isThird = true))
  await new Promise((resolve) => setImmediate(resolve))
  assert.ok(!isThird)
})
