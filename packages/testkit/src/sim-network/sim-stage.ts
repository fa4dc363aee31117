import { NetworkError, type ByteStream } from '@matinee/base'
import { FakeClock } from '../fake-clock.ts'
import type { SimHost, SimHostOptions } from './sim-host.ts'
import { SimNetwork } from './sim-network.ts'

/** Two hosts, 100 ms apart and back. */
export interface World {
  readonly clock: FakeClock
  readonly sim: SimNetwork
  readonly a: SimHost
  readonly b: SimHost
}

/** Makes a {@link World}. */
export function world(options: SimHostOptions = {}, segmentBytes = 16_384): World {
  const clock = new FakeClock()
  const sim = new SimNetwork({ clock, segmentBytes })
  const a = sim.host('203.0.113.1', { latencyMs: 25, ...options })
  const b = sim.host('203.0.113.2', { latencyMs: 25, ...options })
  return { clock, sim, a, b }
}

/** What one end of a connection was told. */
export interface Heard {
  readonly stream: ByteStream
  readonly bytes: Uint8Array[]
  readonly log: string[]
}

/** Starts a stream and writes down what it tells. */
export function hear(stream: ByteStream): Heard {
  const heard: Heard = { stream, bytes: [], log: [] }
  stream.start({
    onBytes: (bytes) => heard.bytes.push(bytes.slice()),
    onDrain: () => heard.log.push('drain'),
    onEnd: () => heard.log.push('end'),
    onFailure: (error) => heard.log.push(error instanceof NetworkError ? error.code : 'failure'),
  })
  return heard
}

/** Connects `a` to `b`. */
export async function connected({ clock, a, b }: World): Promise<{ left: Heard; right: Heard }> {
  const accepted = Promise.withResolvers<Heard>()
  await b.network.listener.listen({ host: '203.0.113.2', port: 6881 }, (stream) => {
    accepted.resolve(hear(stream))
  })
  const dial = a.network.dialer.dial({ host: '203.0.113.2', port: 6881 }, { learnedFrom: 'own' })
  const left = hear(await clock.run(dial))
  return { left, right: await clock.run(accepted.promise) }
}
