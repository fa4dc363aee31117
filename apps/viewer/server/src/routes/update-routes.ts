import { paths, updateRequestSchema, type Done, type Update } from '#api'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import type { UpdateDesk } from '../library/update/update-desk.ts'
import type { Viewer } from '../library/viewer.ts'
import { languageOf } from './viewer-language.ts'

/** Whether there is a newer version, and "not now". */
export function updateRoutes(desk: UpdateDesk, viewerFor: (language: string) => Viewer): Hono {
  const routes = new Hono()
  routes.get(paths.update, async (context) => {
    const { languages } = viewerFor(languageOf(context))
    return context.json((await desk.look(languages)) satisfies Update)
  })
  routes.post(paths.updatePutOff, async (context) => {
    const body = await readJson(context.req.raw, updateRequestSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    await desk.putOff(body.version)
    return context.json({ done: true } satisfies Done)
  })
  return routes
}
