import { LINK_PORT, type Link, type LinkProblem, type Links } from '#api'
import type { TextKey } from '../../i18n/text-key.ts'
import { wallText } from '../../player/time-text.ts'
import type { Words } from '../../words/card-words.ts'
import { dayText } from '../../words/day-text.ts'
import { profileName } from '../profiles/profile-words.ts'

const PROBLEMS: Readonly<Record<LinkProblem, TextKey>> = {
  code: 'links.problem-code',
  'own-code': 'links.problem-own-code',
  address: 'links.problem-address',
  'not-found': 'links.problem-not-found',
  'not-let-in': 'links.problem-not-let-in',
  'other-kind': 'links.problem-other-kind',
  full: 'links.problem-full',
  'other-version': 'links.problem-other-version',
  'too-large': 'links.problem-too-large',
  broken: 'links.problem-broken',
  'no-network': 'links.problem-no-network',
  disk: 'links.problem-disk',
}

/** Why it didn't work, and what to do. */
export function linkProblem(problem: LinkProblem, { say }: Pick<Words, 'say'>): string {
  return say(PROBLEMS[problem], { port: LINK_PORT })
}

/** When a link's shelves were last the same. */
export function syncedText({ syncedAtMs, isBusy }: Link, { say, language }: Words): string {
  if (isBusy) return say('links.busy')
  if (syncedAtMs === null) return say('links.never')
  const at = new Date(syncedAtMs)
  return say('links.synced', { when: `${dayText(at, language)}, ${wallText(at, language)}` })
}

/** What a profile is called where somebody chooses among several. */
export function profileText(profile: Links['profiles'][number], words: Words): string {
  const name = profileName(profile, words)
  return profile.isChild ? words.say('links.child', { name }) : name
}
