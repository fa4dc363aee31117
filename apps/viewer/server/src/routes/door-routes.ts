import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import type { Houses } from '../library/houses.ts'
import { mayChildAsk } from '../profiles/child-routes.ts'
import { profileRoutes, sessionOf, type ProfileCounter } from './profile-routes.ts'

/**
 * Leads each request to the house of whoever watches in its browser. Who that is was said to the server, with a PIN where there
 * is one; nothing in the request itself says it.
 *
 * @param onGone a profile was deleted; called before its house is
 */
export function doorRoutes(
  counter: Omit<ProfileCounter, 'onChange'>,
  houses: Houses,
  onGone: (id: string) => Promise<void>,
): Hono {
  const routes = new Hono()
  const onChange: ProfileCounter['onChange'] = async (id, now) => {
    if (now !== null) return houses.review(now)
    await onGone(id)
    return houses.close(id, true)
  }
  routes.route('/', profileRoutes({ ...counter, onChange }))
  routes.all('/api/*', async (context) => {
    const profile = counter.sessions.of(sessionOf(context))
    if (profile === null) return failureAnswer(403, 'no-profile')
    const { method, path } = context.req
    if (profile.ageLimit !== null && !mayChildAsk(method, path))
      return failureAnswer(403, 'grown-ups')
    return (await houses.routesOf(profile)).fetch(context.req.raw)
  })
  return routes
}
