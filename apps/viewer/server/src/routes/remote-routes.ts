import { paths, remoteRequestSchema, remoteTurnSchema } from '#api'
import type { Done, RemoteCode, RemoteNews, RemoteOpened } from '#api'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import type { RemoteDesk } from '../remote/remote-desk.ts'

/** A phone as the remote control of a player, as the player's own page sees it. */
export function remoteRoutes(desk: RemoteDesk): Hono {
  const routes = new Hono()
  routes.post(paths.remotes, async (context) => {
    const request = await readJson(context.req.raw, remoteRequestSchema)
    if (request === null) return failureAnswer(400, 'bad-request')
    return context.json((await desk.open(request.host)) satisfies RemoteOpened)
  })
  routes.post('/api/remotes/:id/code', (context) => {
    const code = desk.newCode(context.req.param('id'))
    if (code === 'over') return failureAnswer(404, 'not-found')
    return context.json({ code } satisfies RemoteCode)
  })
  routes.post('/api/remotes/:id/turn', async (context) => {
    const turn = await readJson(context.req.raw, remoteTurnSchema)
    if (turn === null) return failureAnswer(400, 'bad-request')
    const { signal } = context.req.raw
    const news = await desk.turn(context.req.param('id'), turn.state, signal)
    return context.json(news satisfies RemoteNews)
  })
  routes.delete('/api/remotes/:id', async (context) => {
    await desk.end(context.req.param('id'))
    return context.json({ done: true } satisfies Done)
  })
  return routes
}
