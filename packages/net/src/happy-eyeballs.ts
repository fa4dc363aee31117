import { assert, NetworkError } from '@matinee/base'
import type { Clock } from '@matinee/base'

/** How long one address has the field for itself before the next is tried too (RFC 8305 §5). */
export const STAGGER_MS = 250
/** A name with more addresses than this is not more reachable; a hostile one could hold thousands. */
export const MAX_ATTEMPTS = 6

export interface FirstOptions<T> {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Gets what won too late. */
  readonly discard: (late: T) => void
}

/**
 * Dials several addresses of one name, one after another with a head start each, and gives the first
 * that answers (RFC 8305). A failure brings the next one forward. Throws the last failure when all
 * fail, or the signal's reason.
 *
 * @param dial must obey its signal
 */
export async function dialFirst<T>(
  hosts: readonly string[],
  dial: (host: string, signal: AbortSignal) => Promise<T>,
  options: FirstOptions<T>,
): Promise<T> {
  assert(hosts.length > 0, 'there is an address to dial')
  options.signal.throwIfAborted()
  const waiting = interleaveFamilies(hosts).slice(0, MAX_ATTEMPTS)
  const losers = new AbortController()
  const signal = AbortSignal.any([losers.signal, options.signal])
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  let isWon = false
  let underWay = 0

  const next = (): void => {
    const host = waiting.shift()
    if (host === undefined) return
    underWay++
    const stagger = options.clock.setTimer(STAGGER_MS, next)
    signal.addEventListener('abort', () => stagger.cancel(), { once: true })
    dial(host, signal).then(
      (won) => {
        if (isWon || signal.aborted) {
          options.discard(won)
          return
        }
        isWon = true
        losers.abort(OVER)
        resolve(won)
      },
      (error: unknown) => {
        stagger.cancel()
        underWay--
        if (waiting.length > 0 && !signal.aborted) next()
        else if (underWay === 0) reject(error as Error)
      },
    )
  }
  const onAbort = (): void => reject(options.signal.reason as Error)
  options.signal.addEventListener('abort', onAbort, { once: true })
  next()
  try {
    return await promise
  } finally {
    options.signal.removeEventListener('abort', onAbort)
    // Also when all have failed: ends what listens to the joined signal, which would live on otherwise.
    losers.abort(OVER)
  }
}

const OVER = new NetworkError('closed', 'another address answered first')

/** IPv6 and IPv4 in turn, IPv6 first; within a family the resolver's order (RFC 8305 §4). */
export function interleaveFamilies(hosts: readonly string[]): string[] {
  const ipv6 = hosts.filter((host) => host.includes(':'))
  const ipv4 = hosts.filter((host) => !host.includes(':'))
  const out: string[] = []
  for (let at = 0; at < Math.max(ipv6.length, ipv4.length); at++) {
    out.push(...ipv6.slice(at, at + 1), ...ipv4.slice(at, at + 1))
  }
  return out
}
