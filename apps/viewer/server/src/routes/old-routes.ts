import { paths, type OpenedStream, type Works } from '#api'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readReelRecord } from '../library/reel-record.ts'
import type { ProjectionRoom } from '../library/projection-room.ts'
import type { ShopWindow } from '../library/shop-window.ts'
import type { Viewer } from '../library/viewer.ts'

const REEL = 'starter.test-reel'

/** What pages asked before there was a catalogue: the test reel, by its own record. */
export function oldRoutes(
  window: ShopWindow,
  room: ProjectionRoom,
  reelFolder: string,
  viewerFor: (language: string) => Viewer,
): Hono {
  const routes = new Hono()
  routes.get(paths.works, async (context, next) => {
    if (new URL(context.req.url).search !== '') return next()
    const { captions, id, title, by, year, synopsis, durationSeconds, licence, inks, chapters } =
      await readReelRecord(reelFolder)
    const reel = await window.work(REEL, viewerFor('en'))
    const work = {
      id,
      title,
      by,
      year,
      synopsis,
      durationSeconds,
      licence,
      inks,
      chapters,
      lengthBytes: reel?.releases[0]?.lengthBytes ?? 0,
      posterUrl: reel?.card.posterUrl ?? null,
      captions: captions.map(({ language, label }) => ({ language, label })),
    }
    return context.json({ works: [work] } satisfies Works)
  })
  routes.post('/api/works/test-reel/open', async (context) => {
    const film = await room.play(REEL, { episodeId: null, releaseId: null }, viewerFor('en'))
    if (film === null) return failureAnswer(404, 'not-found')
    if (film === 'busy') return failureAnswer(429, 'busy')
    const { streamId, mediaUrl, captions } = film
    return context.json({ streamId, mediaUrl, captions } satisfies OpenedStream)
  })
  return routes
}
