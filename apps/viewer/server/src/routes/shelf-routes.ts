import {
  MAX_PAGE,
  favouriteSchema,
  listNameSchema,
  paths,
  progressSchema,
  sealRequestSchema,
  watchedSchema,
  type Done,
  type History,
  type Imported,
  type OwnList,
  type Shelf as ShelfPage,
  type MergeAnswer,
  type WorkCard,
} from '#api'
import { Hono, type Context } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import { carryOn } from '../shelf/carry-on.ts'
import type { ShelfCatalogue } from '../shelf/shelf-catalogue.ts'
import { ShelfError, type Shelf } from '../shelf/shelf-store.ts'

/** Works that were begun, the newest, which are looked through for those that were withdrawn. */
const MOST_BEGUN = 50

const JSON_TYPE = { 'content-type': 'application/json' }

/** A name that several lists may not share: what looks the same is the same. */
function cleanName(name: string): string {
  return name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
}

function done(context: Context): Response {
  return context.json({ done: true } satisfies Done)
}

/**
 * The viewer's own shelf: what was begun, watched and kept. It keeps ids; the catalogue knows the works.
 *
 * @param isLimited under an age limit: what the catalogue doesn't show has no name either
 */
export function shelfRoutes(shelf: Shelf, catalogue: ShelfCatalogue, isLimited: boolean): Hono {
  const routes = new Hono()
  const languageOf = (context: Context): string => context.req.query('language') ?? 'en'

  routes.onError((error) => {
    if (!(error instanceof ShelfError)) throw error
    return failureAnswer(507, error.code === 'disk-full' ? 'disk-full' : 'disk')
  })

  routes.get(paths.shelf, async (context) => {
    const language = languageOf(context)
    const favourites = await shelf.favourites()
    const lists = await shelf.lists()
    const wanted = new Set([...favourites, ...lists.flatMap(({ workIds }) => workIds)])
    const cards = await catalogue.cards([...wanted], language)
    const begun = (await shelf.latest(MOST_BEGUN)).map(({ workId }) => workId)
    const gone = [...wanted, ...begun].filter((workId) => !cards.has(workId))
    const withdrawn = await catalogue.withdrawn(gone, language)
    return context.json({
      carryOn: await carryOn(shelf, catalogue, language),
      favourites: cardsIn(favourites, cards),
      lists: lists.map(({ id, name, workIds }): OwnList => {
        const works = cardsIn(workIds, cards)
        return { id, name, works, missing: workIds.length - works.length }
      }),
      watchedCount: await shelf.watchedCount(),
      withdrawn: [...withdrawn].map(([workId, work]) => ({
        workId,
        ...work,
        isFavourite: favourites.includes(workId),
      })),
    } satisfies ShelfPage)
  })

  routes.put(paths.shelfProgress, async (context) => {
    const progress = await readJson(context.req.raw, progressSchema)
    if (progress === null) return failureAnswer(400, 'bad-request')
    const card = await cardOf(catalogue, progress.workId, languageOf(context))
    if (card === null) return failureAnswer(404, 'not-found')
    const { workId, episodeId, seconds, durationSeconds } = progress
    await shelf.recordProgress({ workId, episodeId }, seconds, durationSeconds, card.title)
    return done(context)
  })

  routes.put(paths.shelfWatched, async (context) => {
    const marked = await readJson(context.req.raw, watchedSchema)
    if (marked === null) return failureAnswer(400, 'bad-request')
    const { workId, episodeId, seasonId, watched } = marked
    const card = await cardOf(catalogue, workId, languageOf(context))
    if (card === null) return failureAnswer(404, 'not-found')
    const episodes = await catalogue.episodes(workId, languageOf(context))
    const episodeIds =
      card.kind !== 'series'
        ? [null]
        : episodes
            .filter(({ id }) => episodeId === null || id === episodeId)
            .filter((episode) => seasonId === null || episode.seasonId === seasonId)
            .map(({ id }) => id)
    if (episodeIds.length === 0) return failureAnswer(404, 'not-found')
    await shelf.setWatched(
      episodeIds.map((id) => ({ workId, episodeId: id, title: card.title })),
      watched,
    )
    return done(context)
  })

  routes.put(paths.shelfFavourite, async (context) => {
    const marked = await readJson(context.req.raw, favouriteSchema)
    if (marked === null) return failureAnswer(400, 'bad-request')
    // A work that went may be taken off, not put on.
    if (marked.favourite && (await cardOf(catalogue, marked.workId, 'en')) === null)
      return failureAnswer(404, 'not-found')
    await shelf.setFavourite(marked.workId, marked.favourite)
    return done(context)
  })

  routes.post(paths.shelfLists, async (context) => {
    const body = await readJson(context.req.raw, listNameSchema)
    const name = cleanName(body?.name ?? '')
    if (name === '') return failureAnswer(400, 'bad-request')
    const id = await shelf.addList(name)
    if (id === null) return failureAnswer(409, 'taken')
    return context.json({ id, name, works: [], missing: 0 } satisfies OwnList)
  })
  routes.put('/api/shelf/lists/:id', async (context) => {
    const body = await readJson(context.req.raw, listNameSchema)
    const name = cleanName(body?.name ?? '')
    if (name === '') return failureAnswer(400, 'bad-request')
    const outcome = await shelf.renameList(context.req.param('id'), name)
    if (outcome === 'taken') return failureAnswer(409, 'taken')
    return outcome === 'unknown' ? failureAnswer(404, 'not-found') : done(context)
  })
  routes.delete('/api/shelf/lists/:id', async (context) => {
    const removed = await shelf.removeList(context.req.param('id'))
    return removed ? done(context) : failureAnswer(404, 'not-found')
  })
  routes.put('/api/shelf/lists/:id/works/:work', async (context) => {
    const workId = context.req.param('work')
    if ((await cardOf(catalogue, workId, 'en')) === null) return failureAnswer(404, 'not-found')
    const put = await shelf.putOnList(context.req.param('id'), workId)
    return put ? done(context) : failureAnswer(404, 'not-found')
  })
  routes.delete('/api/shelf/lists/:id/works/:work', async (context) => {
    const taken = await shelf.takeOffList(context.req.param('id'), context.req.param('work'))
    return taken ? done(context) : failureAnswer(404, 'not-found')
  })

  routes.get(paths.shelfHistory, async (context) => {
    const offset = wholeNumber(context.req.query('offset'), 0)
    const limit = Math.min(MAX_PAGE, wholeNumber(context.req.query('limit'), 50))
    const { total, entries } = await shelf.history(offset, limit)
    const language = languageOf(context)
    const workIds = entries.map(({ workId }) => workId)
    const cards = await catalogue.cards(workIds, language)
    const gone = workIds.filter((workId) => !cards.has(workId))
    const withdrawn = await catalogue.withdrawn(gone, language)
    return context.json({
      total,
      entries: entries
        .filter(({ workId }) => !isLimited || cards.has(workId))
        .map(({ workId, ...entry }) => ({
          ...entry,
          withdrawal: withdrawn.get(workId)?.withdrawal ?? null,
          work: cards.get(workId) ?? null,
        })),
    } satisfies History)
  })
  routes.delete(paths.shelfHistory, async (context) => {
    await shelf.forgetHistory()
    return done(context)
  })
  routes.delete('/api/shelf/history/:id', async (context) => {
    const forgotten = await shelf.forgetSitting(context.req.param('id'))
    return forgotten ? done(context) : failureAnswer(404, 'not-found')
  })

  // NOTE: files stay bytes here: the shelf's worker reads and writes them.
  routes.get(paths.shelfFile, async (context) =>
    context.body(await shelf.exportFile(), 200, JSON_TYPE),
  )
  routes.post(paths.shelfFile, async (context) => {
    const imported = await shelf.importFile(await context.req.raw.bytes())
    if (imported === null) return failureAnswer(400, 'bad-request')
    return context.json(imported satisfies Imported)
  })
  routes.post(paths.shelfSealed, async (context) => {
    const body = await readJson(context.req.raw, sealRequestSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    return context.body(await shelf.seal(body.passphrase), 200, JSON_TYPE)
  })
  routes.post(paths.shelfMerge, async (context) => {
    const changed = await shelf.mergeSealed(await context.req.raw.bytes())
    if (typeof changed === 'string')
      return failureAnswer(changed === 'passphrase' ? 403 : 400, changed)
    return context.json({ changed } satisfies MergeAnswer)
  })
  return routes
}

async function cardOf(
  catalogue: ShelfCatalogue,
  workId: string,
  language: string,
): Promise<WorkCard | null> {
  return (await catalogue.cards([workId], language)).get(workId) ?? null
}

function cardsIn(workIds: readonly string[], cards: ReadonlyMap<string, WorkCard>): WorkCard[] {
  return workIds.flatMap((id) => cards.get(id) ?? [])
}

/** A search parameter as a whole number from 0, or the one that stands for it. */
function wholeNumber(text: string | undefined, otherwise: number): number {
  return text !== undefined && /^\d{1,7}$/u.test(text) ? Number(text) : otherwise
}
