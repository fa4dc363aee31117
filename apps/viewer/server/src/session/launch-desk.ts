import { digestOf, newSecret } from './secret.ts'

/** More unused launch codes than anybody needs; the oldest goes first. */
const MAX_CODES = 16

/** W11: gives out launch codes and takes each of them once. */
export class LaunchDesk {
  readonly #digests = new Set<string>()

  /** A new code, to be put into the fragment of the launch address. */
  issue(): string {
    const code = newSecret()
    this.#digests.add(digestOf(code))
    const [oldest] = this.#digests
    if (this.#digests.size > MAX_CODES && oldest !== undefined) this.#digests.delete(oldest)
    return code
  }

  /** Whether the code was given out and not taken yet. It is now. */
  redeem(code: string): boolean {
    return this.#digests.delete(digestOf(code))
  }
}
