import { Hono } from 'hono'
import { mediaAnswer, type OtherTypes } from '../media/media-answer.ts'
import type { MediaShelf } from '../media/media-shelf.ts'

/** `/media/<token>/<number>`, and the same with a file name behind it for players that show one. */
export function mediaRoutes(shelf: MediaShelf, otherTypes: OtherTypes): Hono {
  const routes = new Hono()
  for (const path of ['/media/:token/:number', '/media/:token/:number/:name'] as const)
    routes.all(path, (context) =>
      mediaAnswer(
        context.req.raw,
        shelf,
        { token: context.req.param('token'), number: context.req.param('number') },
        otherTypes,
      ),
    )
  return routes
}
