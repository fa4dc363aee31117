import { TOKEN_HEADER, paths } from '#api'
import type { MiddlewareHandler } from 'hono'
import type { TokenStore } from '../../session/token-store.ts'
import { failureAnswer } from '../failure-answer.ts'

/** The token that a request carries, or an empty text. */
export function presentedToken(header: string | undefined): string {
  return /^Bearer ([\w-]{1,64})$/u.exec(header ?? '')?.[1] ?? ''
}

/**
 * Every route of the API wants the session's token but the two by which a page finds out that the server
 * is there and gets in. Reading without it is 401; changing is 403 (W2).
 */
export function sessionGuard(tokens: TokenStore): MiddlewareHandler {
  return async (context, next) => {
    const { method, path } = context.req
    if (path === paths.health && (method === 'GET' || method === 'HEAD')) return next()
    if (path === paths.session && method === 'POST') return next()
    if (tokens.knows(presentedToken(context.req.header(TOKEN_HEADER)))) return next()
    return failureAnswer(method === 'GET' || method === 'HEAD' ? 401 : 403, 'no-session')
  }
}
