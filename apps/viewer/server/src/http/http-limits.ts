import { KIB, MIB, SECOND_MS } from '@matinee/base'

/** How much a client of the local server may take (threats.md W7, W8). */
export interface HttpLimits {
  /** From the connection, or the end of the last request, to the end of the headers. */
  readonly headersTimeoutMs: number
  /** To the end of a request's body. */
  readonly requestTimeoutMs: number
  /** How often the two above are looked at. */
  readonly checkEveryMs: number
  /** A client that takes nothing of what waits for it for this long is cut off. */
  readonly stallMs: number
  readonly connections: number
  readonly headerBytes: number
  readonly bodyBytes: number
  /** Of a file that a page of ours sends: a shelf of 200 000 films. */
  readonly fileBytes: number
  readonly targetCharacters: number
}

/** The limits of the product; only tests give others. */
export const HTTP_LIMITS: HttpLimits = {
  headersTimeoutMs: 10 * SECOND_MS,
  requestTimeoutMs: 30 * SECOND_MS,
  checkEveryMs: 1 * SECOND_MS,
  stallMs: 60 * SECOND_MS,
  connections: 256,
  headerBytes: 16 * KIB,
  bodyBytes: 16 * KIB,
  fileBytes: 64 * MIB,
  targetCharacters: 2 * KIB,
}
