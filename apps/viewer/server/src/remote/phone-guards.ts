import type { MiddlewareHandler } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'

/** What a request of the phone's listener is known by besides itself. */
export interface PhoneBindings {
  readonly Bindings: {
    /** The address that it came from. */
    readonly peer: string
  }
}

/** The policy of the phone's page: its one script, its one style sheet, its own address; nothing is embedded or framed. */
export const PHONE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * What every answer carries. There is no `Cross-Origin-Opener-Policy`: browsers know none at an address without TLS, and
 * complain of it.
 */
export function phoneHeaders(): MiddlewareHandler {
  return async (context, next) => {
    await next()
    const { headers } = context.res
    headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('x-frame-options', 'DENY')
    headers.set('content-security-policy', PHONE_POLICY)
    headers.set('cache-control', 'no-store')
  }
}

/**
 * W6: the listener answers to the one address that stands in the QR code, and to a page from there. A page with a name that
 * was rebound to us sends its own `Host`; a page of another origin sends its own `Origin`, also where it asks for a channel.
 * A change says where it comes from, and is JSON, which no form can send.
 *
 * @param authority asked at each request, because the port is known after the guard is made
 */
export function phoneGuard(authority: () => string): MiddlewareHandler {
  return async (context, next) => {
    const own = authority()
    const { method } = context.req
    const isReading = method === 'GET' || method === 'HEAD'
    const origin = context.req.header('origin') ?? (isReading ? `http://${own}` : '')
    if (context.req.header('host') !== own) return failureAnswer(403, 'foreign')
    if (origin !== `http://${own}`) return failureAnswer(403, 'foreign')
    const type = context.req.header('content-type') ?? ''
    if (!isReading && !/^application\/json(?:;\s*charset=utf-8)?$/iu.test(type))
      return failureAnswer(403, 'foreign')
    return next()
  }
}
