import {
  castActSchema,
  castCaptionsSchema,
  castRequestSchema,
  paths,
  type CastStatus,
  type Screens,
} from '#api'
import { Hono, type Context } from 'hono'
import type { CastDesk } from '../casting/cast-desk.ts'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import type { OpenStreams } from '../library/streams/open-streams.ts'

/** A film that is open, on another screen. */
export function castRoutes(desk: CastDesk, streams: OpenStreams): Hono {
  const routes = new Hono()
  const said = (context: Context, status: CastStatus | null): Response =>
    status === null ? failureAnswer(404, 'not-found') : context.json(status satisfies CastStatus)

  routes.get(paths.castScreens, async (context) =>
    context.json((await desk.screens()) satisfies Screens),
  )
  routes.post('/api/streams/:id/cast', async (context) => {
    const request = await readJson(context.req.raw, castRequestSchema)
    if (request === null) return failureAnswer(400, 'bad-request')
    const streamId = context.req.param('id')
    const opened = streams.opened(streamId)
    return said(context, opened === null ? null : await desk.begin(streamId, opened, request))
  })
  routes.get('/api/streams/:id/cast', (context) =>
    said(context, desk.status(context.req.param('id'))),
  )
  routes.post('/api/streams/:id/cast/act', async (context) => {
    const act = await readJson(context.req.raw, castActSchema)
    if (act === null) return failureAnswer(400, 'bad-request')
    return said(context, await desk.act(context.req.param('id'), act))
  })
  routes.put('/api/streams/:id/cast/captions', async (context) => {
    const wish = await readJson(context.req.raw, castCaptionsSchema)
    if (wish === null) return failureAnswer(400, 'bad-request')
    return said(context, await desk.showCaptions(context.req.param('id'), wish.captions))
  })
  routes.delete('/api/streams/:id/cast', async (context) =>
    said(context, await desk.end(context.req.param('id'))),
  )
  return routes
}
