import { messageOf, type Log } from '@matinee/base'
import { Hono } from 'hono'
import { failureAnswer } from './failure-answer.ts'
import { answerHeaders } from './guards/answer-headers.ts'
import { hostGuard } from './guards/host-guard.ts'
import { stateChangeGuard } from './guards/state-change-guard.ts'
import { upgradeGuard } from './guards/upgrade-guard.ts'
import { workerGuard } from './guards/worker-guard.ts'

/**
 * A site with the guards that every route has, whatever it does: headers first (they must be on refusals,
 * too), then Host, then what no page of ours asks for, then the origin of changes.
 *
 * @param port the port that was bound; asked at each request, because it's known after the site is made
 */
export function createSite(port: () => number, log: Log): Hono {
  const site = new Hono()
  site.use('*', answerHeaders())
  site.use('*', hostGuard(port))
  site.use('*', upgradeGuard())
  site.use('*', workerGuard())
  site.use('*', stateChangeGuard(port))
  site.notFound(() => failureAnswer(404, 'not-found'))
  site.onError((error, context) => {
    // A client that left has aborted its own request: nobody reads the answer, and nothing is wrong.
    if (!context.req.raw.signal.aborted)
      log.error('request failed', { method: context.req.method, reason: messageOf(error) })
    return failureAnswer(500, 'internal')
  })
  return site
}
