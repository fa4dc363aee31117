import type { TextKey } from '../i18n/text-key.ts'
import type { Words } from './card-words.ts'

const KEYS = new Map<string, TextKey>([
  ['director', 'person.role-director'],
  ['writer', 'person.role-writer'],
  ['dialogue', 'person.role-dialogue'],
  ['story', 'person.role-story'],
  ['producer', 'person.role-producer'],
  ['cast', 'person.role-cast'],
  ['voice', 'person.role-voice'],
  ['narrator', 'person.role-narrator'],
  ['self', 'person.role-self'],
  ['composer', 'person.role-composer'],
  ['cinematographer', 'person.role-cinematographer'],
  ['editor', 'person.role-editor'],
  ['animator', 'person.role-animator'],
  ['designer', 'person.role-designer'],
  ['sound', 'person.role-sound'],
  ['effects', 'person.role-effects'],
  ['creator', 'person.role-creator'],
  ['restorer', 'person.role-restorer'],
  ['translator', 'person.role-translator'],
])

/** What somebody did, by a role of docs/feed-format.md 4.2; a later one as it's written. */
export function roleText(role: string, { say }: Words): string {
  const key = KEYS.get(role)
  return key === undefined ? role.replaceAll('-', ' ') : say(key)
}
