import type { WorkCard } from '#api'
import { languageName } from '../i18n/display-names.ts'
import { listText } from '../i18n/list-text.ts'
import type { Text } from '../i18n/text.tsx'

/** What these functions need of the page's words. */
export type Words = Pick<Text, 'say' | 'language'>

/** Whole minutes, one at least; null = nobody knows. */
export function minutesOf({ durationSeconds }: Pick<WorkCard, 'durationSeconds'>): number | null {
  return durationSeconds === null ? null : Math.max(1, Math.round(durationSeconds / 60))
}

/** `1922`, of a series `2022 to 2024` or `since 2022`; empty when nobody knows. */
export function yearsText({ kind, year, endYear }: WorkCard, { say }: Words): string {
  if (year === null) return ''
  if (kind !== 'series' || endYear === year) return String(year)
  return endYear === null
    ? say('card.since', { year })
    : say('card.years', { from: year, to: endYear })
}

/** `94 min`, of a series `18 episodes`; empty when nobody knows. */
export function lengthText(card: WorkCard, { say }: Words): string {
  if (card.kind === 'series') return say('card.episodes', { count: card.episodeCount })
  const count = minutesOf(card)
  return count === null ? '' : say('card.short-minutes', { count })
}

/** Under a poster: `1922, 94 min`. */
export function captionText(card: WorkCard, words: Words): string {
  return joined([yearsText(card, words), lengthText(card, words)])
}

/** In a programme line: `Andy Goralczyk, 2019`. */
export function makerText(card: WorkCard, words: Words): string {
  return joined([makersText(card, words), yearsText(card, words)])
}

/** Under a hero's title: `Mathieu Auvray, 2015. 12 minutes, in English.` */
export function factsText(card: WorkCard, words: Words): string {
  const { say } = words
  const count = minutesOf(card)
  const length =
    card.kind === 'series'
      ? say('card.episodes', { count: card.episodeCount })
      : count === null
        ? ''
        : say('card.minutes', { count })
  return [makerText(card, words), joined([length, spokenText(card, words)])]
    .filter((sentence) => sentence !== '')
    .map((sentence) => (sentence.endsWith('.') ? sentence : `${sentence}.`))
    .join(' ')
}

/** `in English and French`, or `without words`. */
function spokenText({ languages, genres }: WorkCard, { say, language }: Words): string {
  if (languages.includes('zxx') || (languages.length === 0 && genres.includes('silent')))
    return say(genres.includes('silent') ? 'card.silent' : 'card.wordless')
  if (languages.length === 0) return ''
  const names = languages.slice(0, 3).map((tag) => languageName(tag, language))
  return say('card.spoken', { languages: listText(names, language) })
}

function makersText({ makers }: WorkCard, { say, language }: Words): string {
  const [first, ...others] = makers
  if (first === undefined) return ''
  if (others.length > 1) return say('card.and-others', { name: first, count: others.length })
  return listText(makers, language)
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ')
}
