import { KIB, type ByteStream } from '@matinee/base'
import { FakeClock } from '../fake-clock.ts'
import { FakeDisk } from '../fake-disk/fake-disk.ts'
import { SimNetwork } from '../sim-network/sim-network.ts'
import type { SimHostOptions } from '../sim-network/sim-host.ts'
import { checkByteStreams, checkDisks, checkTransports, type StreamPair } from './index.ts'

async function simPair(options: SimHostOptions, segmentBytes: number): Promise<StreamPair> {
  const clock = new FakeClock()
  const sim = new SimNetwork({ clock, segmentBytes })
  const [a, b] = [sim.host('203.0.113.1', options), sim.host('203.0.113.2', options)]
  const accepted = Promise.withResolvers<ByteStream>()
  const target = { host: b.address, port: 1 }
  await b.network.listener.listen(target, accepted.resolve)
  const left = await clock.run(a.network.dialer.dial(target, { learnedFrom: 'own' }))
  return {
    left,
    right: await clock.run(accepted.promise),
    until: (promise) => clock.run(promise),
    pass: (ms) => clock.advance(ms),
    dispose: async () => {},
  }
}

checkByteStreams('simulated stream', () => simPair({}, 16 * KIB))
checkByteStreams('simulated stream without limits', () =>
  simPair({ rateBytesPerSecond: Infinity, latencyMs: 0 }, 64 * KIB),
)
checkByteStreams('simulated stream over a bad line', () =>
  simPair({ rateBytesPerSecond: 2_000_000, latencyMs: 5, lossFraction: 0.01 }, 1460),
)

checkTransports('simulated network', async () => {
  const clock = new FakeClock()
  const { network, address } = new SimNetwork({ clock }).host('203.0.113.1')
  const until = <T>(promise: Promise<T>): Promise<T> => clock.run(promise)
  return { network, host: address, until, dispose: async () => {} }
})

checkDisks('fake disk', async () => {
  const disk = new FakeDisk()
  await disk.makeFolder('/place')
  return { disk, folder: '/place', dispose: async () => {} }
})
