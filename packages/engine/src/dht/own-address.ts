import { LIMITS } from '@matinee/base'
import { addressBlock } from './address-block.ts'

/** Networks that must agree before we believe where we are. */
const ENOUGH_VOTERS = 5

/**
 * Our address as others see it (BEP 42): believed when more than half of the last twenty networks that
 * told one, and at least five, tell the same. One liar, or one network of liars, has one vote (threats.md T5).
 */
export class OwnAddress {
  readonly #votes = new Map<string, string>()
  #host: string | null = null

  /** `null` = not known yet. */
  get host(): string | null {
    return this.#host
  }

  /** Somebody says that we are at `host`. True = what we believe has changed. */
  heard(host: string, voter: string): boolean {
    const block = addressBlock(voter)
    if (block === null || addressBlock(host) === null) return false
    this.#votes.delete(block)
    this.#votes.set(block, host)
    const [oldest] = this.#votes.keys()
    if (this.#votes.size > LIMITS.dhtVoters && oldest !== undefined) this.#votes.delete(oldest)
    const agreeing = [...this.#votes.values()].filter((one) => one === host).length
    const isBelieved = agreeing >= ENOUGH_VOTERS && 2 * agreeing > this.#votes.size
    if (!isBelieved || host === this.#host) return false
    this.#host = host
    return true
  }
}
