import { paths, settingsSchema, type SettingsPage } from '#api'
import { COUNTRIES } from '@matinee/rights'
import { Hono } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import { canKeepFilms, diskBytesOf, freeBytesAt } from '../settings/media-folder.ts'
import type { OwnSettings } from '../profiles/own-settings.ts'
import type { ProfileStore } from '../profiles/profile-store.ts'
import type { SettingsStore } from '../settings/settings-store.ts'

/** What the viewer decided, and what is proposed before that. */
export function settingsRoutes(
  store: SettingsStore,
  own: OwnSettings,
  profiles: ProfileStore,
): Hono {
  const routes = new Hono()
  const page = async (): Promise<SettingsPage> => ({
    settings: own.current,
    profile: own.profile(profiles.all.length),
    isSettled: store.isSettled,
    freeBytes: await freeBytesAt(store.current.mediaFolder),
    usedBytes: await diskBytesOf(store.mediaFolder),
    countries: [...COUNTRIES],
    needsRestart: store.needsRestart,
  })
  routes.get(paths.settings, async (context) => context.json(await page()))
  routes.put(paths.settings, async (context) => {
    const settings = await readJson(context.req.raw, settingsSchema)
    if (settings === null) return failureAnswer(400, 'bad-request')
    if (settings.country !== null && !COUNTRIES.some((known) => known === settings.country))
      return failureAnswer(400, 'bad-request')
    if (!(await canKeepFilms(settings.mediaFolder))) return failureAnswer(422, 'folder')
    await own.save(settings)
    return context.json(await page())
  })
  return routes
}
