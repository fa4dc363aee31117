/** A phone asks once a second, and a finger on a slider ten times. */
const REQUESTS_PER_SECOND = 15
const AT_ONCE = 40
/** More addresses than a home has phones; the one heard of longest ago goes first. */
const MAX_HOSTS = 32

/** How fast each address may ask, whatever it asks for. */
export class RequestPace {
  readonly #perSecond: number
  readonly #atOnce: number
  /** By address, what is left of a burst, and when that was. */
  readonly #left = new Map<string, { readonly requests: number; readonly atMs: number }>()

  constructor(perSecond = REQUESTS_PER_SECOND, atOnce = AT_ONCE) {
    this.#perSecond = perSecond
    this.#atOnce = atOnce
  }

  /** Whether one more request of `host` is answered. */
  allows(host: string, nowMs: number): boolean {
    const before = this.#left.get(host) ?? { requests: this.#atOnce, atMs: nowMs }
    const grown = before.requests + ((nowMs - before.atMs) / 1000) * this.#perSecond
    const requests = Math.min(this.#atOnce, grown)
    const isAllowed = requests >= 1
    this.#left.delete(host)
    this.#left.set(host, { requests: isAllowed ? requests - 1 : requests, atMs: nowMs })
    const [oldest] = this.#left.keys()
    if (this.#left.size > MAX_HOSTS && oldest !== undefined) this.#left.delete(oldest)
    return isAllowed
  }
}
