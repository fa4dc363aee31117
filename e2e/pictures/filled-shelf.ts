import { MINUTE_MS } from '@matinee/base'
import { letIn } from '@matinee/testkit'
import type { ViewerServer } from '@matinee/viewer'

const MINUTE_SECONDS = MINUTE_MS / 1000

/** Works that were begun: id, episode, minutes seen, of minutes. */
const BEGUN = [
  ['made-up.market-day-on-mars', null, 37, 89],
  ['made-up.the-lock-keepers', 's2e3', 11, 30],
  ['made-up.symphony-of-a-canal', null, 22, 66],
] as const
const FINISHED = ['made-up.polyn', 'made-up.dust-orchestra', 'made-up.papierschatten'] as const
const FAVOURITES = [
  'made-up.the-orchard-engine',
  'made-up.szel-es-fonal',
  'made-up.meia-luz',
  'made-up.papierschatten',
] as const

/** Puts something on every page of a viewer's shelf. */
export async function fillShelf(viewer: ViewerServer): Promise<void> {
  const { askJson } = await letIn(viewer.newLaunchUrl())
  const progress = (workId: string, episodeId: string | null, seen: number, of: number) =>
    askJson('/api/shelf/progress', 'PUT', {
      workId,
      episodeId,
      seconds: seen * MINUTE_SECONDS,
      durationSeconds: of * MINUTE_SECONDS,
    })
  for (const workId of FINISHED) await progress(workId, null, 20, 20)
  for (const [workId, episodeId, seen, of] of BEGUN) await progress(workId, episodeId, seen, of)
  for (const workId of FAVOURITES)
    await askJson('/api/shelf/favourite', 'PUT', { workId, favourite: true })
  const { id } = (await askJson('/api/shelf/lists', 'POST', { name: 'Rainy Sundays' })) as {
    id: string
  }
  for (const workId of FAVOURITES.slice(1))
    await askJson(`/api/shelf/lists/${id}/works/${workId}`, 'PUT', {})
}
