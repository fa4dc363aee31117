import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR_MS, MINUTE_MS, SECOND_MS, SILENT_LOG } from '@matinee/base'
import { FakeClock, SeededRandom } from '@matinee/testkit'
import { Announcer } from './announcer.ts'
import { TrackerTiers } from './tracker-tiers.ts'

/** What a tracker does: names so many peers, refuses, or says nothing. */
type Manner = number | 'refuses' | 'silent'

/** A list of trackers with the manners of each, and when each was asked, in seconds. */
function listOf(tiers: readonly (readonly string[])[], manners: Record<string, Manner>) {
  const clock = new FakeClock()
  const asked: [string, number][] = []
  const list = new TrackerTiers({
    tiers,
    clock,
    random: new SeededRandom('tiers'),
    make: (url, events) =>
      new Announcer({
        url,
        clock,
        log: SILENT_LOG,
        call: (_, { event }, signal) => {
          if (event !== 'stopped') asked.push([url, Math.round(clock.nowMs() / SECOND_MS)])
          const manner = manners[url] ?? 'silent'
          if (manner === 'refuses') return Promise.reject(new Error('refused'))
          if (manner === 'silent')
            return new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason as Error))
            })
          const peers = Array.from({ length: manner }, () => ({ host: '203.0.113.1', port: 1024 }))
          const counts = { seeders: null, leechers: null, warning: null }
          return Promise.resolve({ kind: 'answer', intervalMs: HOUR_MS, peers, ...counts })
        },
        onPeers: (peers) => events.onAnswered(peers.length),
        onFailed: () => events.onFailed(),
      }),
  })
  return { clock, list, asked, manners, urls: () => asked.map(([url]) => url) }
}

test('one tracker that answers is enough: the next tiers are left alone', async () => {
  const { clock, list, urls } = listOf([['a'], ['b'], ['c']], { a: 0, b: 1, c: 1 })
  list.start()
  await clock.advance(3 * HOUR_MS)
  assert.deepEqual(urls(), ['a', 'a', 'a', 'a'])
  await clock.run(list.stop())
})

test('A12: the next tracker is asked when one fails, and who failed is tried ever more rarely', async () => {
  const { clock, list, asked } = listOf([['a'], ['b'], ['c']], { a: 'refuses', b: 0, c: 1 })
  list.start()
  await clock.advance(4 * MINUTE_MS)
  const ofA = asked.filter(([url]) => url === 'a').map(([, second]) => second)
  assert.deepEqual(ofA, [0, 15, 45, 105, 225])
  assert.deepEqual(
    asked.filter(([url]) => url !== 'a'),
    [['b', 0]],
  )
  await clock.run(list.stop())
})

test('within a tier the one that answers comes first from then on', async () => {
  const manners: Record<string, Manner> = { a: 'refuses', b: 'refuses', c: 3, d: 'refuses' }
  const { clock, list } = listOf([['a', 'b', 'c', 'd'], ['e']], manners)
  list.start()
  await clock.advance(SECOND_MS)
  assert.equal(list.all[0]?.url, 'c')
  assert.equal(list.all.at(-1)?.url, 'e')
  await clock.run(list.stop())
})

test('the order within a tier is drawn', () => {
  const tier = ['a', 'b', 'c', 'd', 'e', 'f']
  const { list } = listOf([tier], {})
  const order = list.all.map(({ url }) => url)
  assert.notDeepEqual(order, tier)
  assert.deepEqual(order.toSorted(), tier)
})

test('A12: who waits alone asks one more tracker each second, also behind a silent one', async () => {
  const manners: Record<string, Manner> = { a: 'silent', b: 0, c: 2, d: 2 }
  const { clock, list, asked } = listOf([['a'], ['b'], ['c'], ['d']], manners)
  list.start()
  for (let tick = 0; tick < 10; tick++) {
    await clock.advance(250)
    // Somebody is found by the third: nobody waits alone any more.
    if (!asked.some(([url]) => url === 'c')) list.hurry()
  }
  assert.deepEqual(asked, [
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ])
  await clock.run(list.stop())
})

test('a tracker that comes back and knows somebody sends those behind it to rest', async () => {
  const { clock, list, asked, manners } = listOf([['a'], ['b']], { a: 'refuses', b: 1 })
  list.start()
  await clock.advance(10 * SECOND_MS)
  manners['a'] = 5
  await clock.advance(3 * HOUR_MS)
  assert.equal(asked.filter(([url]) => url === 'b').length, 1)
  assert.equal(list.all[1]?.state.kind, 'waiting')
  await clock.run(list.stop())
  assert.equal(clock.pendingTimers, 0)
})
