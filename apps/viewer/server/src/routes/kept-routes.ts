import {
  keepWishSchema,
  keptChangeSchema,
  keptPauseSchema,
  keptRemovalSchema,
  paths,
  type Done,
  type KeepPrice,
  type KeptOfWork,
  type KeptPage,
  type KeptRoom,
} from '#api'
import { DiskError } from '@matinee/base'
import { Hono, type Context } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import type { OpenKept } from '../library/kept/open-kept.ts'
import type { ShopWindow } from '../library/shop-window.ts'
import type { Viewer } from '../library/viewer.ts'
import { languageOf } from './viewer-language.ts'

/** What is kept, and what may be. */
export function keptRoutes(
  { desk, counter }: Pick<OpenKept, 'desk' | 'counter'>,
  window: ShopWindow,
  viewerFor: (language: string) => Viewer,
): Hono {
  const routes = new Hono()
  routes.onError((error) => {
    if (!(error instanceof DiskError)) throw error
    return failureAnswer(507, error.code === 'full' ? 'disk-full' : 'disk')
  })
  const done = (context: Context, isDone: boolean): Response =>
    isDone ? context.json({ done: true } satisfies Done) : failureAnswer(404, 'not-found')
  routes.get(paths.kept, async (context) =>
    context.json((await counter.page(window, languageOf(context))) satisfies KeptPage),
  )
  routes.put(paths.kept, async (context) => {
    const body = await readJson(context.req.raw, keptPauseSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    if (!desk.isReadable) return failureAnswer(409, 'taken')
    await desk.pauseAll(body.isPaused)
    return done(context, true)
  })
  routes.get(paths.keptRoom, async (context) => {
    const budget = Number(context.req.query('budget'))
    if (!Number.isSafeInteger(budget) || budget < 0) return failureAnswer(400, 'bad-request')
    return context.json((await counter.room(budget)) satisfies KeptRoom)
  })
  routes.put('/api/kept/:id', async (context) => {
    const body = await readJson(context.req.raw, keptChangeSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    return done(context, await desk.change(context.req.param('id'), body))
  })
  routes.post('/api/kept/:id/removal', async (context) => {
    const body = await readJson(context.req.raw, keptRemovalSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    return done(context, await desk.remove(context.req.param('id'), body.withData))
  })
  routes.post('/api/kept/:id/return', async (context) =>
    done(context, await desk.giveBack(context.req.param('id'))),
  )
  const wished = async (context: Context, act: 'price' | 'keep'): Promise<Response> => {
    const wish = await readJson(context.req.raw, keepWishSchema)
    if (wish === null) return failureAnswer(400, 'bad-request')
    const viewer = viewerFor(languageOf(context))
    const workId = context.req.param('id') ?? ''
    const found = await window.find(workId, viewer)
    if (found === null) return failureAnswer(404, 'not-found')
    const price =
      act === 'price'
        ? await counter.price(found, wish, viewer)
        : await counter.keep(found, workId, wish, viewer)
    if (price === null) return failureAnswer(404, 'not-found')
    return context.json(price satisfies KeepPrice)
  }
  routes.post('/api/works/:id/keep/price', (context) => wished(context, 'price'))
  routes.post('/api/works/:id/keep', (context) => wished(context, 'keep'))
  routes.get('/api/works/:id/kept', (context) =>
    context.json(counter.ofWork(context.req.param('id')) satisfies KeptOfWork),
  )
  return routes
}
