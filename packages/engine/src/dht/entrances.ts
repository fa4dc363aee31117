import {
  MINUTE_MS,
  SECOND_MS,
  messageOf,
  sleep,
  type Clock,
  type Log,
  type Resolver,
  type SocketAddress,
} from '@matinee/base'

/** Names are looked up anew after this time, successfully or not. */
const GOOD_FOR_MS = 10 * MINUTE_MS
/** Remembered nodes have so long to answer before somebody's server is asked. */
const REMEMBERED_FIRST_MS = 1 * SECOND_MS

/** Where who knows nobody begins: nodes that somebody runs for that, by name. Asked only when nobody else answers. */
export class Entrances {
  readonly #names: readonly string[]
  readonly #resolver: Resolver
  readonly #clock: Clock
  readonly #log: Log
  #found: { readonly addresses: Promise<readonly SocketAddress[]>; readonly atMs: number } | null =
    null

  /** @param names `host:port` */
  constructor(parts: {
    readonly names: readonly string[]
    readonly resolver: Resolver
    readonly clock: Clock
    readonly log: Log
  }) {
    this.#names = parts.names
    this.#resolver = parts.resolver
    this.#clock = parts.clock
    this.#log = parts.log
  }

  /**
   * Calls `enter` for each of them: at once when nobody is remembered, else when nobody has answered for a
   * second. Never rejects.
   */
  async open(parts: {
    readonly isRemembering: boolean
    readonly hasAnswer: () => boolean
    readonly enter: (address: SocketAddress) => void
    readonly signal: AbortSignal
  }): Promise<void> {
    if (parts.isRemembering) {
      try {
        await sleep(this.#clock, REMEMBERED_FIRST_MS, parts.signal)
      } catch {
        // The search is over: nobody needs to be asked.
        return
      }
    }
    if (parts.hasAnswer()) return
    const addresses = await this.#addresses()
    if (parts.signal.aborted) return
    for (const address of addresses) parts.enter(address)
  }

  #addresses(): Promise<readonly SocketAddress[]> {
    const nowMs = this.#clock.nowMs()
    if (!this.#found || nowMs - this.#found.atMs > GOOD_FOR_MS)
      this.#found = { addresses: this.#resolveAll(), atMs: nowMs }
    return this.#found.addresses
  }

  async #resolveAll(): Promise<readonly SocketAddress[]> {
    const all = await Promise.all(this.#names.map((name) => this.#resolve(name)))
    return all.flat()
  }

  async #resolve(name: string): Promise<readonly SocketAddress[]> {
    const { host, port } = splitName(name)
    try {
      const hosts = await this.#resolver.resolve(host)
      return hosts.map((one) => ({ host: one, port }))
    } catch (error) {
      this.#log.debug('dht entrance not found', { reason: messageOf(error) })
      return []
    }
  }
}

/** `router.example:6881`, `[2001:db8::1]:6881`. */
function splitName(name: string): { readonly host: string; readonly port: number } {
  const colon = name.lastIndexOf(':')
  return {
    host: name.slice(0, colon).replaceAll(/^\[|\]$/gu, ''),
    port: Number(name.slice(colon + 1)),
  }
}
