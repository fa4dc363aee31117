import type { MiddlewareHandler } from 'hono'
import { failureAnswer } from '../failure-answer.ts'
import { ownHosts } from './host-guard.ts'

const READING = new Set(['GET', 'HEAD'])

/**
 * W2: whatever isn't GET or HEAD must be JSON and must come from our own page, by what the browser says
 * itself. `Origin` decides when it's there; without one `Sec-Fetch-Site` must be there. `same-site` is
 * a stranger: every port of 127.0.0.1 is the same site.
 */
export function stateChangeGuard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    if (READING.has(context.req.method)) return next()
    const site = context.req.header('sec-fetch-site')
    const origin = context.req.header('origin')
    const siteIsOurs = site === 'same-origin' || site === 'none'
    const originIsOurs =
      origin !== undefined && ownHosts(port()).some((host) => origin === `http://${host}`)
    const ours =
      origin === undefined ? siteIsOurs : originIsOurs && (site === undefined || siteIsOurs)
    const json = /^application\/json(?:;\s*charset=utf-8)?$/iu.test(
      context.req.header('content-type') ?? '',
    )
    if (!ours || !json) return failureAnswer(403, 'foreign')
    return next()
  }
}
