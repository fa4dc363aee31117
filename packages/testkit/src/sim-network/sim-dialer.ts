import { NetworkError, SECOND_MS, addressKey } from '@matinee/base'
import type { ByteStream, DialOptions, SocketAddress, Timer } from '@matinee/base'
import type { SimHost } from './sim-host.ts'
import { listenerFor } from './sim-listener.ts'
import type { SimNetwork } from './sim-network.ts'
import { SimStream } from './sim-stream.ts'

const DEFAULT_TIMEOUT_MS = 8 * SECOND_MS
/** A lost SYN is sent again after 1, 3 and 7 seconds (RFC 6298 section 5.7, as Linux does). */
const SYN_AT_MS = [0, 1, 3, 7].map((seconds) => seconds * SECOND_MS)

/**
 * Connects in one round trip. A port nobody listens on is `unreachable` after a round trip; an address
 * nobody has, or one that is cut off, is silent until the timeout.
 */
export async function dialFrom(
  sim: SimNetwork,
  from: SimHost,
  target: SocketAddress,
  options: DialOptions,
): Promise<ByteStream> {
  options.signal?.throwIfAborted()
  const verdict = from.mayDial(target, options.learnedFrom)
  sim.record({
    kind: 'dial',
    from: from.address,
    to: addressKey(target),
    learnedFrom: options.learnedFrom,
    isRefused: verdict.kind === 'no',
  })
  if (verdict.kind === 'no') {
    throw new NetworkError('policy', `may not dial ${addressKey(target)}: ${verdict.reason}`)
  }
  return new Promise((resolve, reject) => {
    const timers: Timer[] = []
    const after = (ms: number, run: () => void): void => {
      timers.push(sim.clock.setTimer(ms, run))
    }
    const finish = (): void => {
      for (const timer of timers) timer.cancel()
      options.signal?.removeEventListener('abort', onAbort)
    }
    const fail = (error: Error): void => {
      finish()
      reject(error)
    }
    const onAbort = (): void => fail(options.signal?.reason)
    options.signal?.addEventListener('abort', onAbort, { once: true })
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
    after(timeoutMs, () => {
      fail(new NetworkError('timeout', `no answer from ${addressKey(target)} in ${timeoutMs} ms`))
    })
    const sendSyn = (): void => {
      const to = isLoopback(target.host) ? from : sim.at(target.host)
      if (to === null || sim.isBlocked(from, to) || sim.isLost(from, to, 1)) return
      const oneWayMs = sim.oneWayMs(from, to)
      after(oneWayMs, () => {
        if (sim.isBlocked(from, to)) return
        const isHeard = listenerFor(to, target) !== null
        after(oneWayMs, () => {
          if (sim.isBlocked(from, to)) return
          if (!isHeard) {
            fail(new NetworkError('unreachable', `${addressKey(target)} refused the connection`))
            return
          }
          finish()
          resolve(connect(sim, from, to, target))
        })
      })
    }
    for (const ms of SYN_AT_MS) {
      if (ms === 0) sendSyn()
      else after(ms, sendSyn)
    }
  })
}

function connect(sim: SimNetwork, from: SimHost, to: SimHost, target: SocketAddress): ByteStream {
  const local = {
    host: isLoopback(target.host) ? target.host : ownAddressFor(from, target.host),
    port: from.freePort(),
  }
  const { dialed, accepted } = SimStream.pair(
    sim,
    { host: from, address: local },
    { host: to, address: target },
  )
  // The third step of the handshake: the other side's program hears of it half a round trip later.
  sim.clock.setTimer(sim.oneWayMs(from, to), () => {
    const listener = listenerFor(to, target)
    if (listener === null || sim.isBlocked(from, to)) accepted.destroy()
    else listener.onStream(accepted)
  })
  return dialed
}

function ownAddressFor(host: SimHost, target: string): string {
  const wantsV6 = target.includes(':')
  return host.addresses.find((own) => own.includes(':') === wantsV6) ?? host.address
}

function isLoopback(host: string): boolean {
  return host.startsWith('127.') || host === '::1'
}
