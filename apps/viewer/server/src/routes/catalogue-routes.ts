import {
  paths,
  type BrowsePage,
  type ListPage,
  type PersonPage,
  type Programme,
  type Suggestions,
  type Tonight,
  type WorkDetails,
} from '#api'
import type { Clock } from '@matinee/base'
import { CatalogueStoreError } from '@matinee/catalogue/node'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import type { ProgrammeDesk } from '../library/programme/programme-desk.ts'
import type { ShopWindow } from '../library/shop-window.ts'
import type { Viewer } from '../library/viewer.ts'
import { parseBrowseQuery } from './browse-query.ts'
import { lookPatiently } from './patient-look.ts'
import { languageOf } from './viewer-language.ts'

/** A half-typed text is never longer. */
const TEXT_CHARACTERS = 200
/** A film that was refused so often is as good as any other. */
const MOST_SKIPPED = 100

/**
 * What is on: the programme, lists of works, people.
 *
 * @param loading whether works are being loaded now, and the clock that waiting for them goes by
 * @param reload loads the feeds anew that aren't there any more; called when a file of the catalogue was found damaged
 */
export function catalogueRoutes(
  window: ShopWindow,
  programme: ProgrammeDesk,
  viewerFor: (language: string) => Viewer,
  loading: { readonly isLoading: () => boolean; readonly clock: Clock },
  reload: () => Promise<void>,
): Hono {
  const routes = new Hono()
  routes.onError((error) => {
    // The catalogue is a cache of the feeds: what it threw away is made again.
    if (error instanceof CatalogueStoreError && error.code === 'damaged') void reload()
    throw error
  })
  routes.get(paths.programme, async (context) => {
    // Asked before the answer is made: what ends meanwhile may not be in it.
    const isComing = loading.isLoading()
    const answer = await programme.programme(viewerFor(languageOf(context)))
    return context.json({ ...answer, isLoading: isComing } satisfies Programme)
  })
  routes.get(paths.tonight, async (context) => {
    const skip = (context.req.query('skip') ?? '').split(',').slice(0, MOST_SKIPPED)
    const tonight = await programme.tonight(viewerFor(languageOf(context)), skip)
    return context.json(tonight satisfies Tonight)
  })
  routes.get(paths.works, async (context) => {
    const query = parseBrowseQuery(new URL(context.req.url).searchParams)
    if (query === null) return failureAnswer(400, 'bad-request')
    const page = await window.browse(query, viewerFor(languageOf(context)))
    return context.json(page satisfies BrowsePage)
  })
  routes.get(paths.suggest, async (context) => {
    const text = (context.req.query('text') ?? '').slice(0, TEXT_CHARACTERS)
    const suggestions = await window.suggest(text, viewerFor(languageOf(context)))
    return context.json(suggestions satisfies Suggestions)
  })
  routes.get('/api/works/:id', async (context) => {
    const viewer = viewerFor(languageOf(context))
    const look = () => window.work(context.req.param('id'), viewer)
    const work = await lookPatiently(look, loading, context.req.raw.signal)
    if (work === null) return failureAnswer(404, 'not-found')
    return context.json(work satisfies WorkDetails)
  })
  routes.get('/api/people/:id', async (context) => {
    const viewer = viewerFor(languageOf(context))
    const look = () => window.person(context.req.param('id'), viewer)
    const person = await lookPatiently(look, loading, context.req.raw.signal)
    if (person === null) return failureAnswer(404, 'not-found')
    return context.json(person satisfies PersonPage)
  })
  routes.get('/api/lists/:id', async (context) => {
    const viewer = viewerFor(languageOf(context))
    const look = () => window.list(context.req.param('id'), viewer)
    const list = await lookPatiently(look, loading, context.req.raw.signal)
    if (list === null) return failureAnswer(404, 'not-found')
    return context.json(list satisfies ListPage)
  })
  return routes
}
