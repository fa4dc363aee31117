import {
  feedChangeSchema,
  feedFileSchema,
  feedLookSchema,
  feedOrderSchema,
  feedSourceRequestSchema,
  followRequestSchema,
  paths,
  type FeedOffer,
  type FollowedFeeds,
} from '#api'
import { Hono, type Context } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import type { FeedCounter } from '../library/following/feed-counter.ts'
import type { Viewer } from '../library/viewer.ts'
import { languageOf } from './viewer-language.ts'

/** What is followed, and what may be. Every change answers with all feeds as they stand then. */
export function feedRoutes(counter: FeedCounter, viewerFor: (language: string) => Viewer): Hono {
  const routes = new Hono()
  const all = async (context: Context): Promise<Response> =>
    context.json((await counter.list(viewerFor(languageOf(context)))) satisfies FollowedFeeds)
  routes.get(paths.feeds, all)
  routes.post(paths.feedLook, async (context) => {
    const body = await readJson(context.req.raw, feedLookSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    const viewer = viewerFor(languageOf(context))
    const offer = await counter.look(body.address, viewer, context.req.raw.signal)
    if (offer === null) return failureAnswer(404, 'no-feed')
    return context.json(offer satisfies FeedOffer)
  })
  routes.post(paths.feedFile, async (context) => {
    const body = await readJson(context.req.raw, feedFileSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    const offer = await counter.open(body.file, viewerFor(languageOf(context)))
    if (offer === null) return failureAnswer(404, 'no-feed')
    return context.json(offer satisfies FeedOffer)
  })
  routes.post(paths.feedFollow, async (context) => {
    const body = await readJson(context.req.raw, followRequestSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    const refused = await counter.follow(body.offer, body.fingerprint)
    if (refused !== null) return failureAnswer(refused === 'busy' ? 503 : 409, refused)
    return all(context)
  })
  routes.put(paths.feedOrder, async (context) => {
    const body = await readJson(context.req.raw, feedOrderSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    await counter.setOrder(body.ids)
    return all(context)
  })
  routes.post('/api/feeds/:id/refresh', async (context) =>
    counter.refresh(context.req.param('id')) ? all(context) : failureAnswer(404, 'not-found'),
  )
  routes.post('/api/feeds/:id/sources', async (context) => {
    const body = await readJson(context.req.raw, feedSourceRequestSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    const refused = await counter.addSource(
      context.req.param('id'),
      body.address,
      context.req.raw.signal,
    )
    if (refused !== null) return failureAnswer(refused === 'other-feed' ? 409 : 404, refused)
    return all(context)
  })
  routes.put('/api/feeds/:id', async (context) => {
    const body = await readJson(context.req.raw, feedChangeSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    const isKnown = await counter.setSafety(context.req.param('id'), body.decidesSafety)
    return isKnown ? all(context) : failureAnswer(404, 'not-found')
  })
  routes.delete('/api/feeds/:id', async (context) =>
    (await counter.remove(context.req.param('id')))
      ? all(context)
      : failureAnswer(404, 'not-found'),
  )
  return routes
}
