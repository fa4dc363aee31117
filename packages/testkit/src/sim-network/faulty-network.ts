import { NetworkError, type ByteStream, type HttpResponse, type Network } from '@matinee/base'
import type { StreamEvents } from '@matinee/base'

/** The acts of a network that can fail. `body`: the next part of an HTTP answer; `write`: on a connection. */
export type NetworkCallKind =
  | 'dial'
  | 'listen'
  | 'accept'
  | 'bind'
  | 'send'
  | 'resolve'
  | 'get'
  | 'body'
  | 'write'

/** The rung of an error ladder: which call fails, and whether those after it do too. */
export interface NetworkFailure {
  /** Counted from 1, over the calls after this failure was set. */
  readonly n: number
  readonly times: 'once' | 'forever'
}

/** A network whose n-th call fails; see {@link faultyNetwork}. */
export interface FaultyNetwork {
  readonly network: Network
  /** Every call since the beginning, in order. */
  readonly calls: readonly NetworkCallKind[]
  fail(failure: NetworkFailure): void
  /** Takes back what was set. */
  clear(): void
}

class Faults {
  readonly calls: NetworkCallKind[] = []
  #failure: NetworkFailure | null = null
  #count = 0

  set(failure: NetworkFailure | null): void {
    this.#failure = failure
    this.#count = 0
  }

  /** Whether this call is to fail. */
  enter(kind: NetworkCallKind): boolean {
    this.calls.push(kind)
    if (this.#failure === null) return false
    this.#count++
    const { n, times } = this.#failure
    return this.#count === n || (this.#count > n && times === 'forever')
  }
}

/**
 * A network of which one call fails on purpose, and all after it when it's for ever: dialing, listening, binding,
 * looking up and fetching throw, a connection that is taken or written to breaks, a datagram is lost, a body ends early.
 */
export function faultyNetwork(network: Network): FaultyNetwork {
  const faults = new Faults()
  const failing = async <T>(kind: NetworkCallKind, act: () => Promise<T>): Promise<T> => {
    if (!faults.enter(kind)) return act()
    // As with any real network, nothing has happened when the call returns.
    await Promise.resolve()
    throw new NetworkError(kind === 'resolve' ? 'name-not-found' : 'closed', failed(kind))
  }
  return {
    calls: faults.calls,
    fail: (failure) => faults.set(failure),
    clear: () => faults.set(null),
    network: {
      dialer: {
        dial: (target, options) =>
          failing('dial', async () => {
            return new FaultyStream(await network.dialer.dial(target, options), faults)
          }),
      },
      listener: {
        listen: (at, onStream) =>
          failing('listen', () =>
            network.listener.listen(at, (stream) => {
              if (faults.enter('accept')) stream.destroy()
              else onStream(new FaultyStream(stream, faults))
            }),
          ),
      },
      datagrams: {
        bind: (at, onMessage) =>
          failing('bind', async () => {
            const socket = await network.datagrams.bind(at, onMessage)
            return {
              address: socket.address,
              send: (bytes, to, learnedFrom) => {
                if (!faults.enter('send')) socket.send(bytes, to, learnedFrom)
              },
              close: () => socket.close(),
            }
          }),
      },
      resolver: {
        resolve: (host, signal) => failing('resolve', () => network.resolver.resolve(host, signal)),
      },
      http: {
        get: (request) =>
          failing('get', async () => withFaultyBody(await network.http.get(request), faults)),
      },
    },
  }
}

function failed(kind: NetworkCallKind): string {
  return `${kind} failed on purpose`
}

function withFaultyBody(response: HttpResponse, faults: Faults): HttpResponse {
  async function* body(): AsyncGenerator<Uint8Array> {
    for await (const bytes of response.body) {
      if (faults.enter('body')) throw new NetworkError('closed', failed('body'))
      yield bytes
    }
  }
  return { ...response, body: body() }
}

/** A connection that breaks when a write of it is to fail: both sides are told, this one a turn later. */
class FaultyStream implements ByteStream {
  readonly remote: ByteStream['remote']
  readonly local: ByteStream['local']
  readonly #stream: ByteStream
  readonly #faults: Faults
  #events: StreamEvents | null = null
  #isOver = false

  constructor(stream: ByteStream, faults: Faults) {
    this.#stream = stream
    this.#faults = faults
    this.remote = stream.remote
    this.local = stream.local
  }

  get bufferedBytes(): number {
    return this.#stream.bufferedBytes
  }

  start(events: StreamEvents): void {
    this.#events = events
    this.#stream.start(events)
  }

  write(chunks: readonly Uint8Array[]): boolean {
    if (this.#isOver) return false
    if (!this.#faults.enter('write')) return this.#stream.write(chunks)
    this.#isOver = true
    this.#stream.destroy()
    queueMicrotask(() => {
      const events = this.#events
      this.#events = null
      events?.onFailure(new NetworkError('closed', failed('write')))
    })
    return false
  }

  pause(): void {
    this.#stream.pause()
  }

  resume(): void {
    this.#stream.resume()
  }

  close(): void {
    this.#stream.close()
  }

  destroy(): void {
    this.#isOver = true
    this.#events = null
    this.#stream.destroy()
  }
}
