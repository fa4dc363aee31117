import assert from 'node:assert/strict'
import { MINUTE_MS } from '@matinee/base'
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
  const origin = viewer.url.slice(0, -1)
  const headers: Record<string, string> = { origin, 'content-type': 'application/json' }
  const ask = async (method: string, path: string, body: object): Promise<unknown> => {
    const response = await fetch(origin + path, { method, headers, body: JSON.stringify(body) })
    assert.ok(response.ok, `${method} ${path} ${response.status}`)
    return response.json().catch(() => null)
  }
  const code = new URL(viewer.newLaunchUrl()).hash.replace('#launch=', '')
  const { token } = (await ask('POST', '/api/session', { code })) as { token: string }
  headers['authorization'] = `Bearer ${token}`
  const progress = (workId: string, episodeId: string | null, seen: number, of: number) =>
    ask('PUT', '/api/shelf/progress', {
      workId,
      episodeId,
      seconds: seen * MINUTE_SECONDS,
      durationSeconds: of * MINUTE_SECONDS,
    })
  for (const workId of FINISHED) await progress(workId, null, 20, 20)
  for (const [workId, episodeId, seen, of] of BEGUN) await progress(workId, episodeId, seen, of)
  for (const workId of FAVOURITES)
    await ask('PUT', '/api/shelf/favourite', { workId, favourite: true })
  const { id } = (await ask('POST', '/api/shelf/lists', { name: 'Rainy Sundays' })) as {
    id: string
  }
  for (const workId of FAVOURITES.slice(1))
    await ask('PUT', `/api/shelf/lists/${id}/works/${workId}`, {})
}
