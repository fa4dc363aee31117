import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SECOND_MS } from '@matinee/base'
import { FakeClock } from '@matinee/testkit'
import { OpenList } from './open-list.ts'
import { SystemResolver } from './resolver.ts'
import type { Lookup } from './resolver.ts'

function create(lookup: Lookup): { resolver: SystemResolver; clock: FakeClock; list: OpenList } {
  const clock = new FakeClock()
  const list = new OpenList(clock)
  return { resolver: new SystemResolver(list, clock, lookup), clock, list }
}

test('addresses answer themselves, in their one spelling', async () => {
  const { resolver } = create(() => assert.fail('asked'))
  assert.deepEqual(await resolver.resolve('192.0.2.1'), ['192.0.2.1'])
  assert.deepEqual(await resolver.resolve('::FFFF:192.0.2.1'), ['192.0.2.1'])
  assert.deepEqual(await resolver.resolve('2001:DB8::0'), ['2001:db8::'])
})

test('what is no name is not asked for', async () => {
  const { resolver } = create(() => assert.fail('asked'))
  for (const host of ['', 'a b', 'a/b', '[::1]', 'ä.test', 'a\0.test', `${'a.'.repeat(130)}test`]) {
    await assert.rejects(resolver.resolve(host), { code: 'name-not-found' })
  }
})

test('answers are canonical, once each, and only addresses', async () => {
  const found = ['1.2.3.4', '::ffff:1.2.3.4', 'FE80::1%eth0', '2A00::0', 'nonsense']
  const { resolver } = create(async () => found)
  assert.deepEqual(await resolver.resolve('name.test'), ['1.2.3.4', '2a00::'])
  const empty = create(async () => ['nonsense'])
  await assert.rejects(empty.resolver.resolve('name.test'), { code: 'name-not-found' })
})

test('many who ask for one name at a time cost one look-up, and the answer serves a while', async () => {
  const asked: string[] = []
  const { resolver, clock } = create(async (name) => {
    asked.push(name)
    return ['1.2.3.4']
  })
  await Promise.all(['a.test', 'A.test', 'a.TEST', 'b.test'].map((name) => resolver.resolve(name)))
  await clock.advance(29 * SECOND_MS)
  await resolver.resolve('a.test')
  assert.deepEqual(asked, ['a.test', 'b.test'])
  await clock.advance(1 * SECOND_MS)
  await resolver.resolve('a.test')
  assert.deepEqual(asked, ['a.test', 'b.test', 'a.test'])
})

test('a resolver that is silent, an abort and the switch each end the waiting', async () => {
  const silent = new Promise<never>(() => undefined)
  const { resolver, clock, list } = create(() => silent)
  const slow = assert.rejects(resolver.resolve('a.test'), { code: 'timeout' })
  await clock.advance(10 * SECOND_MS)
  await slow
  const stop = new AbortController()
  const aborted = assert.rejects(resolver.resolve('b.test', stop.signal), { message: 'enough' })
  stop.abort(new Error('enough'))
  await aborted
  const closed = assert.rejects(resolver.resolve('c.test'), { code: 'closed' })
  assert.deepEqual(new Set(list.now().map(({ kind }) => kind)), new Set(['lookup']))
  await list.closeAll('test')
  await closed
  await assert.rejects(resolver.resolve('d.test'), { code: 'closed' })
  assert.equal(clock.pendingTimers, 0)
})

test('a failed look-up names the name, and is not repeated at once', async () => {
  let asked = 0
  const { resolver } = create(async () => {
    asked++
    throw new Error('ENOTFOUND')
  })
  for (let i = 0; i < 3; i++) {
    const refusal = { code: 'name-not-found', message: 'cannot resolve a.test: ENOTFOUND' }
    await assert.rejects(resolver.resolve('a.test'), refusal)
  }
  assert.equal(asked, 1)
})
