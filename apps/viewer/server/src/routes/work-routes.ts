import { paths, type Done, type OpenedStream, type StreamStatus, type Works } from '#api'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import type { Library } from '../library/library.ts'
import type { OpenStreams } from '../library/open-streams.ts'

/** What is on, and the films that are being watched. */
export function workRoutes(library: Library, streams: OpenStreams): Hono {
  const routes = new Hono()
  routes.get(paths.works, (context) => context.json({ works: [...library.works] } satisfies Works))
  routes.post('/api/works/:id/open', async (context) => {
    const entry = library.find(context.req.param('id'))
    if (entry === null) return failureAnswer(404, 'not-found')
    const opened = await streams.open(entry)
    if (opened === 'busy') return failureAnswer(429, 'busy')
    return context.json(opened satisfies OpenedStream)
  })
  routes.get('/api/streams/:id/status', (context) => {
    const status = streams.status(context.req.param('id'))
    if (status === null) return failureAnswer(404, 'not-found')
    return context.json(status satisfies StreamStatus)
  })
  routes.delete('/api/streams/:id', async (context) => {
    const closed = await streams.close(context.req.param('id'))
    if (!closed) return failureAnswer(404, 'not-found')
    return context.json({ done: true } satisfies Done)
  })
  return routes
}
