import type { WorkDetails } from '#api'
import type { TextKey } from '../i18n/text-key.ts'
import type { Words } from './card-words.ts'

const KINDS = new Map<string, TextKey>([
  ['violence', 'advisory.violence'],
  ['fear', 'advisory.fear'],
  ['sex', 'advisory.sex'],
  ['nudity', 'advisory.nudity'],
  ['language', 'advisory.language'],
  ['drugs', 'advisory.drugs'],
  ['discrimination', 'advisory.discrimination'],
  ['flashing', 'advisory.flashing'],
  ['self-harm', 'advisory.self-harm'],
  ['animal-harm', 'advisory.animal-harm'],
])

const DEGREES = {
  mild: 'advisory.mild',
  moderate: 'advisory.moderate',
  strong: 'advisory.strong',
} as const

/** `violence, mild`: a warning of docs/feed-format.md 4.4; a kind of a later version as it's written. */
export function advisoryText(
  { kind, degree }: WorkDetails['advisories'][number],
  { say }: Words,
): string {
  const key = KINDS.get(kind)
  return say(DEGREES[degree], { what: key === undefined ? kind.replaceAll('-', ' ') : say(key) })
}
