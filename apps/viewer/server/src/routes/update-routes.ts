import { paths, updateRequestSchema, type Done, type Update } from '#api'
import { Hono, type Context } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import type { UpdateDesk } from '../library/update/update-desk.ts'
import type { Viewer } from '../library/viewer.ts'
import { languageOf } from './viewer-language.ts'

/** Whether there is a newer version, "not now", and what is fetched of it. */
export function updateRoutes(desk: UpdateDesk, viewerFor: (language: string) => Viewer): Hono {
  const routes = new Hono()
  routes.onError((error) => {
    if (!('syscall' in error)) throw error
    const isFull = 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
    return failureAnswer(507, isFull ? 'disk-full' : 'disk')
  })
  const done = (context: Context): Response => context.json({ done: true } satisfies Done)
  routes.get(paths.update, async (context) => {
    const { languages } = viewerFor(languageOf(context))
    return context.json((await desk.look(languages)) satisfies Update)
  })
  routes.post(paths.updatePutOff, async (context) => {
    const body = await readJson(context.req.raw, updateRequestSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    await desk.putOff(body.version)
    return done(context)
  })
  routes.post(paths.updateFetch, async (context) => {
    const body = await readJson(context.req.raw, updateRequestSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    return (await desk.fetch(body.version)) ? done(context) : failureAnswer(404, 'not-found')
  })
  routes.put(paths.updateFetch, async (context) => {
    await desk.pause()
    return done(context)
  })
  routes.delete(paths.updateFetch, async (context) => {
    await desk.drop()
    return done(context)
  })
  return routes
}
