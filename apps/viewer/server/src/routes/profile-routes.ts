import {
  TOKEN_HEADER,
  paths,
  pinChangeSchema,
  profileChangeSchema,
  profileChoiceSchema,
  profileDraftSchema,
  profileRemovalSchema,
  type Profile,
  type ProfileDraft,
  type Profiles,
} from '#api'
import { SECOND_MS } from '@matinee/base'
import { Hono, type Context } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { presentedToken } from '../http/guards/session-guard.ts'
import { readJson } from '../http/json-body.ts'
import { FIRST_PROFILE, type StoredProfile } from '../profiles/profile-file.ts'
import type { ProfileStore } from '../profiles/profile-store.ts'
import type { SessionProfiles } from '../profiles/session-profiles.ts'
import { digestOf } from '../session/secret.ts'
import type { SettingsStore } from '../settings/settings-store.ts'

/** What the counter where profiles are made and chosen works with. */
export interface ProfileCounter {
  readonly profiles: ProfileStore
  readonly sessions: SessionProfiles
  readonly settings: SettingsStore
  /** Ends what a profile has open; called when it's another one now, and when it's gone (`null`). */
  readonly onChange: (id: string, now: StoredProfile | null) => Promise<void>
}

/** Under which key a browser's choice is known. */
export function sessionOf(context: Context): string {
  return digestOf(presentedToken(context.req.header(TOKEN_HEADER)))
}

/** Who watches, and whose profiles there are. Only grown-ups change them, and another grown-up's only with its PIN. */
export function profileRoutes(counter: ProfileCounter): Hono {
  const { profiles, sessions, settings, onChange } = counter
  const routes = new Hono()
  const all = (context: Context): Response =>
    context.json({
      profiles: profiles.all.map((each) => profileOf(each, counter)),
      current: sessions.of(sessionOf(context))?.id ?? null,
    } satisfies Profiles)

  routes.get(paths.profiles, all)

  routes.post(paths.profileChoice, async (context) => {
    const choice = await readJson(context.req.raw, profileChoiceSchema)
    if (choice === null) return failureAnswer(400, 'bad-request')
    if (profiles.find(choice.id) === null) return failureAnswer(404, 'not-found')
    const answer = await profiles.tryPin(choice.id, choice.pin)
    if (answer !== 'right') return failureAnswer(403, answer)
    sessions.choose(sessionOf(context), choice.id)
    return all(context)
  })
  routes.delete(paths.profileChoice, (context) => {
    sessions.leave(sessionOf(context))
    return all(context)
  })

  routes.post(paths.profiles, async (context) => {
    const refused = refusalOf(context)
    if (refused !== null) return refused
    const draft = clean(await readJson(context.req.raw, profileDraftSchema))
    if (draft === null || draft.name === '') return failureAnswer(400, 'bad-request')
    if (isTaken(draft.name, null)) return failureAnswer(409, 'taken')
    // A lone profile was nobody's choice; now that there are two, it is.
    const current = sessions.of(sessionOf(context))
    if (current !== null) sessions.choose(sessionOf(context), current.id)
    return (await profiles.add(draft)) === null ? failureAnswer(409, 'busy') : all(context)
  })

  routes.put('/api/profiles/:id', async (context) => {
    const change = await readJson(context.req.raw, profileChangeSchema)
    const draft = clean(change?.draft ?? null)
    if (change === null || draft === null) return failureAnswer(400, 'bad-request')
    const id = context.req.param('id')
    const refused = refusalOf(context) ?? (await foreignRefusal(context, id, change.pin))
    if (refused !== null) return refused
    const isFirst = id === FIRST_PROFILE
    if (draft.name === '' && !isFirst) return failureAnswer(400, 'bad-request')
    if (isTaken(draft.name, id)) return failureAnswer(409, 'taken')
    const { languages, subtitles } = draft
    const changed = await profiles.change(
      id,
      isFirst ? { ...draft, languages: [], subtitles: [] } : draft,
    )
    if (changed === null) return failureAnswer(400, 'bad-request')
    if (isFirst) await settings.save({ ...settings.current, languages, subtitles })
    await onChange(id, changed)
    return all(context)
  })

  routes.put('/api/profiles/:id/pin', async (context) => {
    const change = await readJson(context.req.raw, pinChangeSchema)
    if (change === null) return failureAnswer(400, 'bad-request')
    const id = context.req.param('id')
    const refused = refusalOf(context)
    if (refused !== null) return refused
    const known = profiles.find(id)
    if (known === null) return failureAnswer(404, 'not-found')
    // A grown-up may give a child another PIN without the old one.
    const answer = known.ageLimit === null ? await profiles.tryPin(id, change.pin) : 'right'
    if (answer !== 'right') return failureAnswer(403, answer)
    const session = sessionOf(context)
    const current = sessions.of(session)
    if (current !== null) sessions.choose(session, current.id)
    await profiles.setPin(id, change.next)
    sessions.dismiss(id, session)
    return all(context)
  })

  routes.post('/api/profiles/:id/removal', async (context) => {
    const removal = await readJson(context.req.raw, profileRemovalSchema)
    if (removal === null) return failureAnswer(400, 'bad-request')
    const id = context.req.param('id')
    const refused = refusalOf(context) ?? (await foreignRefusal(context, id, removal.pin))
    if (refused !== null) return refused
    const isOwn = sessions.of(sessionOf(context))?.id === id
    if (isOwn || !(await profiles.remove(id))) return failureAnswer(400, 'bad-request')
    sessions.dismiss(id, '')
    await onChange(id, null)
    return all(context)
  })
  return routes

  /** A child, or whoever didn't say who they are, changes nothing. */
  function refusalOf(context: Context): Response | null {
    const current = sessions.of(sessionOf(context))
    if (current === null) return failureAnswer(403, 'no-profile')
    return current.ageLimit === null ? null : failureAnswer(403, 'grown-ups')
  }

  /** Another grown-up's profile with a PIN is theirs. */
  async function foreignRefusal(
    context: Context,
    id: string,
    pin: string | null,
  ): Promise<Response | null> {
    const known = profiles.find(id)
    if (known === null) return failureAnswer(404, 'not-found')
    if (known.ageLimit !== null || sessions.of(sessionOf(context))?.id === id) return null
    const answer = await profiles.tryPin(id, pin)
    return answer === 'right' ? null : failureAnswer(403, answer)
  }

  function isTaken(name: string, id: string | null): boolean {
    return profiles.all.some((each) => each.id !== id && each.name === name)
  }
}

function profileOf(profile: StoredProfile, { profiles, settings }: ProfileCounter): Profile {
  const { id, name, picture, ageLimit, withUnrated, pin } = profile
  const isFirst = id === FIRST_PROFILE
  const { languages, subtitles } = isFirst ? settings.current : profile
  return {
    id,
    name,
    picture,
    ageLimit,
    withUnrated,
    languages,
    subtitles,
    isFirst,
    hasPin: pin !== null,
    waitSeconds: Math.ceil(profiles.waitMs(profile) / SECOND_MS),
  }
}

/** What looks the same is the same name. */
function clean(draft: ProfileDraft | null): ProfileDraft | null {
  if (draft === null) return null
  return { ...draft, name: draft.name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim() }
}
