import { MAX_PHONES } from '#api'
import { MINUTE_MS } from '@matinee/base'
import { digestOf, newSecret } from '../session/secret.ts'

/** Nobody takes longer from the screen to the phone in his hand. */
export const CODE_LASTS_MS = 2 * MINUTE_MS

/** The phones that may work one player: each was let in by a secret of its own, once (W11). */
export class PhoneBook {
  #code: { readonly digest: string; readonly untilMs: number } | null = null
  /** By the digest of its token, the address that the phone came from. */
  readonly #phones = new Map<string, string>()

  get count(): number {
    return this.#phones.size
  }

  /** A secret for one more phone; the one before is worth nothing. Null = there are as many as may be. */
  issue(nowMs: number): string | null {
    this.#code = null
    if (this.#phones.size >= MAX_PHONES) return null
    const secret = newSecret()
    this.#code = { digest: digestOf(secret), untilMs: nowMs + CODE_LASTS_MS }
    return secret
  }

  /** Whether a secret is about that some phone could still use. */
  isCodeGood(nowMs: number): boolean {
    return this.#code !== null && nowMs < this.#code.untilMs
  }

  /** A token for the phone at `host`, or null. The secret is used up; a wrong one costs the right one nothing. */
  pair(secret: string, host: string, nowMs: number): string | null {
    const code = this.#code
    if (code === null || digestOf(secret) !== code.digest) return null
    this.#code = null
    if (nowMs >= code.untilMs) return null
    const token = newSecret()
    this.#phones.set(digestOf(token), host)
    return token
  }

  /** Whether a phone at `host` was given this token. */
  knows(token: string, host: string): boolean {
    return this.#phones.get(digestOf(token)) === host
  }

  /** The phone is done. */
  forget(token: string): void {
    this.#phones.delete(digestOf(token))
  }
}
