import {
  TOKEN_HEADER,
  paths,
  sessionRequestSchema,
  type Done,
  type Health,
  type Session,
} from '#api'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { presentedToken } from '../http/guards/session-guard.ts'
import { readJson } from '../http/json-body.ts'
import type { LaunchDesk } from '../session/launch-desk.ts'
import type { TokenStore } from '../session/token-store.ts'

/**
 * How a page gets in, stays in and leaves.
 *
 * @param quit asks whoever started the server to end it
 */
export function sessionRoutes(desk: LaunchDesk, tokens: TokenStore, quit: () => void): Hono {
  const routes = new Hono()
  routes.get(paths.health, (context) => context.json({ ok: true } satisfies Health))
  routes.post(paths.session, async (context) => {
    const body = await readJson(context.req.raw, sessionRequestSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    // W11: a launch address that was read off a screen or a history is worth nothing any more.
    if (!desk.redeem(body.code)) return failureAnswer(403, 'launch-code')
    return context.json({ token: await tokens.grant() } satisfies Session)
  })
  routes.delete(paths.session, async (context) => {
    await tokens.revoke(presentedToken(context.req.header(TOKEN_HEADER)))
    return context.json({ done: true } satisfies Done)
  })
  routes.post(paths.quit, (context) => {
    quit()
    return context.json({ done: true } satisfies Done)
  })
  return routes
}
