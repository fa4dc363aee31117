import { test } from 'node:test'
import assert from 'node:assert/strict'
import type { ByteStream, Network } from '@matinee/base'

/** A network and an address of its own at which the checks may listen and dial. */
export interface TransportPlace {
  readonly network: Pick<Network, 'dialer' | 'listener'>
  readonly host: string
  /** Awaits a promise while time moves; rejects when it never settles. */
  readonly until: <T>(promise: Promise<T>) => Promise<T>
  readonly dispose: () => Promise<void>
}

const OWN = { learnedFrom: 'own' } as const

/**
 * The contract of {@link import('@matinee/base').Dialer} and {@link import('@matinee/base').Listener} as tests: call
 * it at the top of a test file of each transport, beside {@link import('./index.ts').checkByteStreams}.
 *
 * @param name stands before every test's name
 */
export function checkTransports(name: string, openPlace: () => Promise<TransportPlace>): void {
  const check = (sentence: string, run: (place: TransportPlace) => Promise<void>): void => {
    test(`${name}: ${sentence}`, async () => {
      const place = await openPlace()
      try {
        await run(place)
      } finally {
        await place.dispose()
      }
    })
  }

  check('whoever dials is heard, and both know where the other is', async (place) => {
    const { network, host, until } = place
    const heard = Promise.withResolvers<ByteStream>()
    const { address } = await until(network.listener.listen({ host, port: 0 }, heard.resolve))
    assert.equal(address.host, host)
    assert.ok(address.port > 0, 'a free port is told')
    const dialed = await until(network.dialer.dial(address, OWN))
    const accepted = await until(heard.promise)
    assert.deepEqual(dialed.remote, address)
    assert.deepEqual(accepted.local, address)
    assert.deepEqual(accepted.remote, dialed.local)
    dialed.destroy()
    accepted.destroy()
  })

  check('a port has one listener at a time', async ({ network, host, until }) => {
    const first = await until(network.listener.listen({ host, port: 0 }, () => {}))
    await assert.rejects(until(network.listener.listen(first.address, () => {})), {
      name: 'NetworkError',
      code: 'address-in-use',
    })
    await until(first.close())
    const second = await until(network.listener.listen(first.address, () => {}))
    await until(second.close())
  })

  check('where nobody listens any more a dial is refused', async ({ network, host, until }) => {
    const listening = await until(network.listener.listen({ host, port: 0 }, () => {}))
    await until(listening.close())
    await assert.rejects(until(network.dialer.dial(listening.address, OWN)), {
      name: 'NetworkError',
      code: 'unreachable',
    })
  })

  check('a connection outlives its listener', async ({ network, host, until }) => {
    const heard = Promise.withResolvers<ByteStream>()
    const listening = await until(network.listener.listen({ host, port: 0 }, heard.resolve))
    const dialed = await until(network.dialer.dial(listening.address, OWN))
    const accepted = await until(heard.promise)
    await until(listening.close())
    const came = Promise.withResolvers<Uint8Array>()
    const others = { onDrain: () => {}, onEnd: () => {}, onFailure: came.reject }
    dialed.start({ ...others, onBytes: (bytes) => came.resolve(bytes.slice()) })
    accepted.start({ ...others, onBytes: () => {} })
    accepted.write([Uint8Array.of(1, 2, 3)])
    assert.deepEqual(await until(came.promise), Uint8Array.of(1, 2, 3))
    dialed.destroy()
    accepted.destroy()
  })

  check('a dial that is called off ends with the reason', async ({ network, host, until }) => {
    const { address } = await until(
      network.listener.listen({ host, port: 0 }, (stream) => stream.destroy()),
    )
    const reason = new Error('called off')
    const before = AbortSignal.abort(reason)
    await assert.rejects(until(network.dialer.dial(address, { ...OWN, signal: before })), reason)
    const calling = new AbortController()
    const dialing = network.dialer.dial(address, { ...OWN, signal: calling.signal })
    calling.abort(reason)
    await assert.rejects(until(dialing), reason)
  })
}
