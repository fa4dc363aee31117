/**
 * Why a screen doesn't do as it's told; `code` is stable.
 * - `away`: it doesn't answer, or the connection is gone
 * - `nonsense`: what it said isn't the protocol
 * - `refused`: it answered that it won't
 * - `film`: it can't play this film
 * - `taken`: somebody else shows something on it now
 */
export type CastErrorCode = 'away' | 'nonsense' | 'refused' | 'film' | 'taken'

/** A screen didn't do as it was told. */
export class CastError extends Error {
  override readonly name = 'CastError'
  readonly code: CastErrorCode
  constructor(code: CastErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
