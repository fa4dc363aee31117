import { MINUTE_MS, networkKey, SECOND_MS, type SocketAddress } from '@matinee/base'
import { KeyedWindows } from './keyed-windows.ts'
import { RateWindow } from './rate-window.ts'

/** Dials to strangers' addresses in any second: lists of addresses must not make us a flood (P14). */
export const DIALS_PER_SECOND = 30
/** Dials to one address in {@link TRIES_WINDOW_MS}, whatever the port: a named victim gets three SYNs (P14). */
export const TRIES_PER_ADDRESS = 3
/** The same for one IPv6 /64, which is one customer with 2^64 addresses. Four housemates still get in. */
export const TRIES_PER_IPV6_NETWORK = 12
export const TRIES_WINDOW_MS = 10 * MINUTE_MS
/** Ten seconds' worth. Who asks for more at once holds a list that needs thinning, not a longer queue. */
export const MAX_WAITING_DIALS = 300
/** More than can be dialed in one window, so that nobody is forgotten early. */
const MAX_TRIED_ADDRESSES = 20_000

/** When a dial may go out. */
export type Turn =
  | { readonly kind: 'go'; readonly waitMs: number }
  | { readonly kind: 'no'; readonly reason: 'tried-too-often' | 'too-many-waiting' }

/** The pace of dials to addresses that strangers named. */
export class DialPace {
  readonly #all = new RateWindow(DIALS_PER_SECOND, SECOND_MS)
  readonly #addresses = new KeyedWindows({
    limit: TRIES_PER_ADDRESS,
    windowMs: TRIES_WINDOW_MS,
    maxKeys: MAX_TRIED_ADDRESSES,
  })
  readonly #networks = new KeyedWindows({
    limit: TRIES_PER_IPV6_NETWORK,
    windowMs: TRIES_WINDOW_MS,
    maxKeys: MAX_TRIED_ADDRESSES,
  })

  /**
   * Takes the next turn. The caller waits `waitMs` before it dials.
   *
   * @param hasAnswered it is known to be a peer: tries at its address aren't counted
   */
  next(target: SocketAddress, nowMs: number, hasAnswered = false): Turn {
    const network = target.host.includes(':') ? networkKey(target.host) : null
    const isFree =
      this.#addresses.has(target.host, nowMs) &&
      (network === null || this.#networks.has(network, nowMs))
    if (!isFree && !hasAnswered) return { kind: 'no', reason: 'tried-too-often' }
    if (this.#all.waitMs(nowMs) > (MAX_WAITING_DIALS / DIALS_PER_SECOND) * SECOND_MS) {
      return { kind: 'no', reason: 'too-many-waiting' }
    }
    this.#addresses.take(target.host, nowMs)
    if (network !== null) this.#networks.take(network, nowMs)
    return { kind: 'go', waitMs: this.#all.reserve(nowMs) }
  }
}
