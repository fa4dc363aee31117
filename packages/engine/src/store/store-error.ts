/**
 * Why the store refused; `code` is stable. `missing`: the file is not there or ends before the bytes
 * asked for. `in-place`: the files belong to somebody else and are only read. `closed`: too late.
 */
export type StoreErrorCode = 'missing' | 'in-place' | 'closed'

/** The store can't do what was asked, and the disk isn't to blame. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
