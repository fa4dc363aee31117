/**
 * Why nothing can be packed; stable.
 *
 * - `place`: the folder isn't empty, can't hold links or programs, or has too little room
 * - `pages`, `packages`, `system`: this copy of Matinee can't be packed as it is
 * - `choice`: there is no such list or work, or none of its films is here
 * - `start`: what was packed doesn't start
 */
export type PackErrorCode = 'place' | 'pages' | 'packages' | 'system' | 'choice' | 'start'

/** A stick can't be made; the message says what to do, in lower case. */
export class PackError extends Error {
  override readonly name = 'PackError'
  readonly code: PackErrorCode
  constructor(code: PackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
