import { readFileSync } from 'node:fs'
import type { WorkCard } from '#api'
import { createSay } from '../src/i18n/say.ts'
import type { Words } from '../src/words/card-words.ts'

/** The page's words without a page: the catalogue's own strings, plurals and values put in. */
export function spokenWords(language: 'en' | 'fr'): Words {
  const text = readFileSync(new URL(`../src/i18n/${language}.json`, import.meta.url), 'utf8')
  const strings = new Map(Object.entries(JSON.parse(text) as Record<string, string>))
  return { language, say: createSay(language, strings) }
}

/** A card of a work that doesn't exist. */
export function madeCard(id: string, facts: Partial<WorkCard> = {}): WorkCard {
  return {
    id,
    kind: 'feature',
    title: id,
    titleLanguage: 'en',
    originalTitle: null,
    makers: ['Odile Marchevent'],
    year: 1926,
    endYear: null,
    durationSeconds: 5400,
    episodeCount: 0,
    countries: ['FR'],
    languages: ['fr'],
    genres: ['drama'],
    posterUrl: null,
    stillUrl: null,
    watch: { fraction: null, watched: false, favourite: false },
    ...facts,
  }
}
