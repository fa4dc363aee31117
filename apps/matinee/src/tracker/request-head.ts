import { concatBytes, latin1 } from '@matinee/base'
import { TRACKER_LIMITS } from './tracker-limits.ts'

/** What has come of the head of an HTTP request (RFC 9112). */
export type HeadState =
  | { readonly kind: 'more' }
  | { readonly kind: 'request'; readonly method: string; readonly target: string }
  /** `status` to answer with before closing. */
  | { readonly kind: 'bad'; readonly status: 400 | 431 | 505 }

/** Collects the head of one request, at most 8 KiB, and reads its first line: nothing else matters. */
export class RequestHead {
  readonly #chunks: Uint8Array[] = []
  #length = 0

  /** `bytes` are copied. */
  push(bytes: Uint8Array): HeadState {
    this.#length += bytes.length
    if (this.#length > TRACKER_LIMITS.headBytes) return { kind: 'bad', status: 431 }
    this.#chunks.push(bytes.slice())
    const text = latin1(concatBytes(this.#chunks))
    if (!text.includes('\r\n\r\n')) return { kind: 'more' }
    const line = text.slice(0, text.indexOf('\r\n'))
    const match = /^([!-~]+) ([!-~]+) HTTP\/(\d)\.\d$/u.exec(line)
    const [, method, target, major] = match ?? []
    if (method === undefined || target === undefined) return { kind: 'bad', status: 400 }
    return major === '1' ? { kind: 'request', method, target } : { kind: 'bad', status: 505 }
  }
}
