import {
  linkCodeRequestSchema,
  linkRequestSchema,
  paths,
  syncRequestSchema,
  type Link,
  type LinkAnswer,
  type LinkProblem,
  type Links,
} from '#api'
import { SECOND_MS } from '@matinee/base'
import { Hono, type Context } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import type { LinkDesk } from '../links/link-desk.ts'
import { aheadMinutes } from '../links/link-standings.ts'
import type { StoredProfile } from '../profiles/profile-file.ts'
import type { ProfileStore } from '../profiles/profile-store.ts'

/**
 * Computers of one's own whose shelves are kept the same. A grown-up links and unlinks their own profile and children's; another
 * grown-up's isn't even named.
 *
 * @param own whose browser it is
 */
export function linkRoutes(desk: LinkDesk, profiles: Pick<ProfileStore, 'all'>, own: string): Hono {
  const routes = new Hono()
  const mine = (): readonly StoredProfile[] =>
    profiles.all.filter(({ id, ageLimit }) => id === own || ageLimit !== null)
  const isMine = (profile: string): boolean => mine().some(({ id }) => id === profile)
  const view = (): Links => {
    const { current: code, lastsMs } = desk.codes
    return {
      name: desk.name,
      addresses: [...desk.addresses],
      links: desk.links
        .filter(({ profile }) => isMine(profile))
        .map(({ id, name, profile, syncedAtMs }): Link => {
          const { busy, problem, aheadMs } = desk.standingOf(id)
          const rest = { isBusy: busy > 0, problem, aheadMinutes: aheadMinutes(aheadMs) }
          return { id, name, profile, syncedAtMs, ...rest }
        }),
      profiles: mine().map(({ id, name, ageLimit }) => ({ id, name, isChild: ageLimit !== null })),
      code:
        code === null || !isMine(code.profile)
          ? null
          : {
              code: code.code,
              profile: code.profile,
              lastsSeconds: Math.ceil(lastsMs / SECOND_MS),
            },
    }
  }
  const answer = (context: Context, problem: LinkProblem | null): Response =>
    context.json({ problem, links: view() } satisfies LinkAnswer)
  const hasLink = (id: string): boolean =>
    desk.links.some((link) => link.id === id && isMine(link.profile))

  routes.get(paths.links, (context) => context.json(view()))
  routes.post(paths.linkCode, async (context) => {
    const body = await readJson(context.req.raw, linkCodeRequestSchema)
    if (body === null || !isMine(body.profile)) return failureAnswer(400, 'bad-request')
    return answer(context, await desk.show(body.profile))
  })
  routes.delete(paths.linkCode, async (context) => {
    await desk.hide()
    return answer(context, null)
  })
  routes.post(paths.links, async (context) => {
    const body = await readJson(context.req.raw, linkRequestSchema)
    if (body === null || !isMine(body.profile)) return failureAnswer(400, 'bad-request')
    return answer(context, await desk.join(body.code, body.profile, body.address))
  })
  routes.post('/api/links/:id/sync', async (context) => {
    const body = await readJson(context.req.raw, syncRequestSchema)
    if (body === null) return failureAnswer(400, 'bad-request')
    const id = context.req.param('id')
    if (!hasLink(id)) return failureAnswer(404, 'not-found')
    return answer(context, await desk.sync(id, body.address))
  })
  routes.delete('/api/links/:id', async (context) => {
    const id = context.req.param('id')
    if (!hasLink(id)) return failureAnswer(404, 'not-found')
    await desk.unlink(id)
    return answer(context, null)
  })
  return routes
}
