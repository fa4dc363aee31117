import type { MiddlewareHandler } from 'hono'
import { failureAnswer } from '../failure-answer.ts'

/**
 * W10: our pages have no service worker, so whoever asks for the script of one was left behind on this port by
 * another program, and may stand between the browser and us. The browser is told to forget it, with all it
 * has kept for this origin. A page can't send this header by itself.
 */
export function workerGuard(): MiddlewareHandler {
  return async (context, next) => {
    if (context.req.header('service-worker') === undefined) return next()
    const answer = failureAnswer(404, 'not-found')
    answer.headers.set('clear-site-data', '"cache", "storage"')
    return answer
  }
}
