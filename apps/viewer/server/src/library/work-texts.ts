import type { Chapter, Episode, Season, WorkRecord } from '@matinee/catalogue'
import { bestLanguage } from './language-choice.ts'
import type { Viewer } from './viewer.ts'
import { serverText } from './words/server-words.ts'
import type { Part } from '#api'

/** A text and the language it's in. */
export interface LocalText {
  readonly text: string
  readonly language: string
}

/** The synopsis that suits a viewer best; any other when none suits. */
export function synopsisFor(
  { translations }: Pick<WorkRecord, 'translations'>,
  viewer: Viewer,
): LocalText | null {
  return textIn(translations, (each) => each.synopsis, viewer.languages)
}

/** Title of an episode; one without a title has its number. */
export function episodeTitle(
  { translations, number }: Pick<Episode, 'translations' | 'number'>,
  viewer: Viewer,
): string {
  const found = textIn(translations, (each) => each.title, viewer.languages)
  return found?.text ?? serverText(viewer.language, 'episode.number', { number: String(number) })
}

/** Synopsis of an episode, or null. */
export function episodeSynopsis(
  { translations }: Pick<Episode, 'translations'>,
  viewer: Viewer,
): string | null {
  return textIn(translations, (each) => each.synopsis, viewer.languages)?.text ?? null
}

/** Title of a season, or null when it has only its number. */
export function seasonTitle(
  { translations }: Pick<Season, 'translations'>,
  viewer: Viewer,
): string | null {
  return textIn(translations, (each) => each.title, viewer.languages)?.text ?? null
}

/** A season's title, or its number in words. */
export function seasonName(
  season: Pick<Season, 'translations' | 'number'>,
  viewer: Viewer,
): string {
  const title = seasonTitle(season, viewer)
  if (title !== null) return title
  return season.number === 0
    ? serverText(viewer.language, 'season.specials')
    : serverText(viewer.language, 'season.number', { number: String(season.number) })
}

/** Parts with the titles that suit a viewer. */
export function partsFor(chapters: readonly Chapter[], viewer: Viewer): Part[] {
  return chapters.map(({ startSeconds, titles }) => ({
    startSeconds,
    title: textIn(titles, (title) => title, viewer.languages)?.text ?? '',
  }))
}

function textIn<Texts>(
  all: Readonly<Record<string, Texts>>,
  textOf: (texts: Texts) => string | undefined,
  wanted: readonly string[],
): LocalText | null {
  const there = Object.entries(all).flatMap(([language, texts]) => {
    const text = textOf(texts)
    return text === undefined ? [] : [{ language, text }]
  })
  const best = bestLanguage(
    there.map(({ language }) => language),
    wanted,
  )
  return there.find(({ language }) => language === best) ?? there[0] ?? null
}
