import type { MiddlewareHandler } from 'hono'
import { failureAnswer } from '../failure-answer.ts'

/**
 * W6: a page of any origin may ask for a WebSocket, and the browser lets it read what comes. There is none here, and
 * asking for one is refused whatever the address.
 */
export function upgradeGuard(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.header('sec-websocket-key') !== undefined) return failureAnswer(403, 'foreign')
    return next()
  }
}
