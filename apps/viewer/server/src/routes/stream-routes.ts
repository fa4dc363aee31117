import {
  playRequestSchema,
  warmRequestSchema,
  type Done,
  type Film,
  type SeekPictures,
  type StreamStatistics,
  type StreamStatus,
  type WorkHealth,
} from '#api'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import type { House } from '../library/house.ts'
import type { OpenStreams } from '../library/streams/open-streams.ts'
import { SoundDesk } from '../machine/sound-desk.ts'
import { languageOf } from './viewer-language.ts'
import { wayRoutes } from './way-routes.ts'

/** The films that are being watched, and those got ready. */
export function streamRoutes(
  { room, warm, next, viewerFor }: Pick<House, 'room' | 'warm' | 'next' | 'viewerFor'>,
  streams: OpenStreams,
): Hono {
  const routes = new Hono()
  routes.post('/api/works/:id/play', async (context) => {
    const wish = await readJson(context.req.raw, playRequestSchema)
    if (wish === null) return failureAnswer(400, 'bad-request')
    const film = await room.play(context.req.param('id'), wish, viewerFor(languageOf(context)))
    if (film === null) return failureAnswer(404, 'not-found')
    if (film === 'busy') return failureAnswer(429, 'busy')
    return context.json(film satisfies Film)
  })
  routes.post('/api/works/:id/warm', async (context) => {
    const wish = await readJson(context.req.raw, warmRequestSchema)
    if (wish === null) return failureAnswer(400, 'bad-request')
    const id = context.req.param('id')
    const found = await warm.warm(id, wish, viewerFor(languageOf(context)))
    if (!found) return failureAnswer(404, 'not-found')
    return context.json({ done: true } satisfies Done)
  })
  routes.delete('/api/works/:id/warm', async (context) => {
    await warm.cool(context.req.param('id'))
    return context.json({ done: true } satisfies Done)
  })
  routes.get('/api/works/:id/health', (context) =>
    context.json(warm.health(context.req.param('id')) satisfies WorkHealth),
  )
  routes.get('/api/streams/:id/status', (context) => {
    const status = streams.status(context.req.param('id'))
    if (status === null) return failureAnswer(404, 'not-found')
    return context.json(status satisfies StreamStatus)
  })
  routes.get('/api/streams/:id/statistics', (context) => {
    const statistics = streams.statistics(context.req.param('id'))
    if (statistics === null) return failureAnswer(404, 'not-found')
    return context.json(statistics satisfies StreamStatistics)
  })
  routes.post('/api/streams/:id/next', (context) => {
    const isOpen = next.fetch(context.req.param('id'), viewerFor(languageOf(context)))
    if (!isOpen) return failureAnswer(404, 'not-found')
    return context.json({ done: true } satisfies Done)
  })
  routes.delete('/api/streams/:id/next', async (context) => {
    await next.leave(context.req.param('id'))
    return context.json({ done: true } satisfies Done)
  })
  routes.get('/api/streams/:id/pictures', async (context) => {
    const pictures = await streams.pictures(context.req.param('id'))
    if (pictures === null) return failureAnswer(404, 'not-found')
    return context.json(pictures satisfies SeekPictures)
  })
  routes.route('/', wayRoutes(streams, new SoundDesk()))
  routes.delete('/api/streams/:id', async (context) => {
    const closed = await streams.close(context.req.param('id'))
    if (!closed) return failureAnswer(404, 'not-found')
    return context.json({ done: true } satisfies Done)
  })
  return routes
}
