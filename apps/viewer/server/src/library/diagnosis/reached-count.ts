import type { SwarmFacts } from '#api'
import type { Clock, SocketAddress } from '@matinee/base'
import { ipKind } from '@matinee/net'

/** Counts who dialed us since the start. No address is kept. */
export class ReachedCount {
  readonly #clock: Clock
  #fromOutside = 0
  #fromNear = 0
  #lastMs: number | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Somebody dialed us. */
  readonly note = ({ host }: SocketAddress): void => {
    // Only the Internet's addresses prove that the Internet gets through to us.
    if (ipKind(host) !== 'public') {
      this.#fromNear++
      return
    }
    this.#fromOutside++
    this.#lastMs = this.#clock.wallMs()
  }

  /** As the contract has it. */
  get facts(): SwarmFacts['reached'] {
    return {
      fromOutside: this.#fromOutside,
      fromNear: this.#fromNear,
      lastOn: this.#lastMs === null ? null : new Date(this.#lastMs).toISOString(),
    }
  }
}
