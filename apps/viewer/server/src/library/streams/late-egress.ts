import type { Network } from '@matinee/base'
import type { EgressNetwork, NetworkOptions } from '@matinee/net'

/** The egress of the product, not even loaded before something is to be fetched: looking around needs none. */
export class LateEgress implements AsyncDisposable {
  readonly #options: NetworkOptions
  #opened: Promise<EgressNetwork> | null = null

  constructor(options: NetworkOptions) {
    this.#options = options
  }

  /** The one network, opened by the first who asks. */
  async network(): Promise<Network> {
    this.#opened ??= import('@matinee/net').then(({ createNetwork }) =>
      createNetwork(this.#options),
    )
    return this.#opened
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Who asked was told why it didn't open.
    await (await this.#opened?.catch(() => null))?.[Symbol.asyncDispose]()
  }
}
