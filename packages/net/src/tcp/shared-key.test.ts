import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import type { ByteStream } from '@matinee/base'
import type { Duplex } from 'node:stream'
import { until } from '../../test/collector.ts'
import { REAL_CLOCK } from '../../test/real-clock.ts'
import { createNetwork } from '../network.ts'
import { secureShared } from './shared-key.ts'
import { streamDuplex } from './stream-duplex.ts'

const KEY = new Uint8Array(32).fill(7)

/** Two ends of one TCP connection on loopback. */
async function openPair(): Promise<AsyncDisposable & { dialer: Duplex; listener: Duplex }> {
  const network = createNetwork({ clock: REAL_CLOCK })
  const { promise, resolve } = Promise.withResolvers<ByteStream>()
  const listening = await network.listener.listen({ host: '127.0.0.1', port: 0 }, resolve)
  const dialed = await network.dialer.dial(listening.address, { learnedFrom: 'own' })
  return {
    dialer: streamDuplex(dialed),
    listener: streamDuplex(await promise),
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  }
}

function proved(connection: Duplex, side: 'dialer' | 'listener', key: Uint8Array): Promise<Duplex> {
  return secureShared(connection, { key, side, clock: REAL_CLOCK, timeoutMs: 2000 })
}

test('two who know a key hear each other, more than a buffer at once, to the end', async () => {
  await using pair = await openPair()
  const [near, far] = await Promise.all([
    proved(pair.dialer, 'dialer', KEY),
    proved(pair.listener, 'listener', KEY),
  ])
  const sent = Buffer.alloc(3_000_000, 'x')
  const heard: Buffer[] = []
  far.on('data', (chunk: Buffer) => heard.push(chunk))
  near.end(sent)
  await once(far, 'end')
  assert.deepEqual(Buffer.concat(heard), sent)
  far.end('goodbye')
})

test('both ends are gone, also where one is closed long after the other', async () => {
  await using pair = await openPair()
  const [near, far] = await Promise.all([
    proved(pair.dialer, 'dialer', KEY),
    proved(pair.listener, 'listener', KEY),
  ])
  near.resume().end('goodbye')
  await once(far.resume(), 'end')
  await until(() => pair.dialer.destroyed, 'one is gone')
  far.end('said to nobody')
  await until(() => pair.listener.destroyed, 'the other is gone')
})

test('L11: another key proves nothing to either side', async () => {
  await using pair = await openPair()
  const outcomes = await Promise.allSettled([
    proved(pair.dialer, 'dialer', new Uint8Array(32)),
    proved(pair.listener, 'listener', KEY),
  ])
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  await until(() => pair.dialer.destroyed && pair.listener.destroyed, 'both are gone')
})

test('L11: garbage and silence end without a word of ours being taken for one', async () => {
  await using garbled = await openPair()
  garbled.dialer.write(Buffer.alloc(5000, 0xa5))
  await assert.rejects(proved(garbled.listener, 'listener', KEY), { name: 'NetworkError' })
  await using silent = await openPair()
  await assert.rejects(
    secureShared(silent.listener, { key: KEY, side: 'listener', clock: REAL_CLOCK, timeoutMs: 50 }),
    { name: 'NetworkError', code: 'timeout' },
  )
})
