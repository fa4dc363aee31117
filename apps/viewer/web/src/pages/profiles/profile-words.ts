import type { Profile } from '#api'
import { codeOf, type ClientError } from '../../api/request.ts'
import type { TextKey } from '../../i18n/text-key.ts'
import type { Words } from '../../words/card-words.ts'

/** What a profile is called; the first one has no name until it's given one. */
export function profileName({ name }: Pick<Profile, 'name'>, { say }: Words): string {
  return name === '' ? say('profiles.unnamed') : name
}

/** Whether a change of it wants its PIN: of a grown-up's that has one. */
export function asksForPin({ hasPin, ageLimit }: Profile): boolean {
  return hasPin && ageLimit === null
}

/** Why something about a profile wasn't done, as a sentence. `profile`: whose PIN was wanted. */
export function profileProblem(error: Error, profile: Profile | null, { say }: Words): string {
  const code = codeOf(error)
  if (code === 'pin-wait') return waitText(profile?.waitSeconds ?? 0, { say })
  return say(PROBLEMS[code] ?? 'profiles.not-done')
}

const PROBLEMS: Partial<Readonly<Record<ClientError['code'], TextKey>>> = {
  pin: 'profiles.wrong-pin',
  taken: 'profiles.taken',
  busy: 'profiles.full',
  'grown-ups': 'profiles.grown-ups',
  'no-profile': 'profiles.grown-ups',
}

/** For how long the next PIN has to wait. */
export function waitText(seconds: number, { say }: Pick<Words, 'say'>): string {
  return seconds < 90
    ? say('profiles.wait-seconds', { count: Math.max(1, seconds) })
    : say('profiles.wait-minutes', { count: Math.ceil(seconds / 60) })
}
