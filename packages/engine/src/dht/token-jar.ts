import {
  MINUTE_MS,
  concatBytes,
  equalBytes,
  latin1Bytes,
  type Hash,
  type Random,
} from '@matinee/base'

/** BEP 5: a token is good for five to ten minutes. */
const SECRET_MS = 5 * MINUTE_MS
const TOKEN_BYTES = 8

/** Tokens that show that an address is its sender's: who has one was there to receive it (BEP 5). */
export class TokenJar {
  readonly #hash: Hash
  readonly #random: Random
  #secret: Uint8Array
  #before: Uint8Array
  #sinceMs = 0

  constructor(hash: Hash, random: Random) {
    this.#hash = hash
    this.#random = random
    this.#secret = random.bytes(20)
    this.#before = random.bytes(20)
  }

  tokenFor(host: string, nowMs: number): Uint8Array {
    this.#turn(nowMs)
    return this.#make(this.#secret, host)
  }

  isRight(token: Uint8Array, host: string, nowMs: number): boolean {
    this.#turn(nowMs)
    return [this.#secret, this.#before].some((one) => equalBytes(token, this.#make(one, host)))
  }

  #turn(nowMs: number): void {
    if (nowMs - this.#sinceMs < SECRET_MS) return
    // After a long pause both are old.
    this.#before = nowMs - this.#sinceMs < 2 * SECRET_MS ? this.#secret : this.#random.bytes(20)
    this.#secret = this.#random.bytes(20)
    this.#sinceMs = nowMs
  }

  #make(secret: Uint8Array, host: string): Uint8Array {
    return this.#hash.sha256(concatBytes([secret, latin1Bytes(host)])).subarray(0, TOKEN_BYTES)
  }
}
