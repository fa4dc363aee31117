import { ownKey } from '../session/own-key.ts'

const MOST_TITLES = 200
const KEY = 'matinee.night-sound'

/** The titles that are watched with night sound, by id; the oldest first. */
export function parseTitles(text: string | null): readonly string[] {
  const titles = (text ?? '').split('\n').filter((id) => id !== '' && id.length <= 300)
  return titles.slice(-MOST_TITLES)
}

/** With a title that is to be remembered, or without it. */
export function withTitle(
  titles: readonly string[],
  workId: string,
  isOn: boolean,
): readonly string[] {
  const others = titles.filter((id) => id !== workId)
  return isOn ? [...others.slice(1 - MOST_TITLES), workId] : others
}

/** Whether this browser remembers night sound for a title. */
export function isNightTitle(workId: string): boolean {
  return parseTitles(localStorage.getItem(ownKey(KEY))).includes(workId)
}

/** Remembers it, or forgets it. */
export function keepNightTitle(workId: string, isOn: boolean): void {
  const titles = withTitle(parseTitles(localStorage.getItem(ownKey(KEY))), workId, isOn)
  localStorage.setItem(ownKey(KEY), titles.join('\n'))
}
