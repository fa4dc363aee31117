import { readFileSync } from 'node:fs'
import type { WorkCard } from '#api'
import type { Words } from '../src/words/card-words.ts'

/** The page's words without a page: the catalogue's own strings, plurals and values put in. */
export function spokenWords(language: 'en' | 'fr'): Words {
  const text = readFileSync(new URL(`../src/i18n/${language}.json`, import.meta.url), 'utf8')
  const strings = new Map(Object.entries(JSON.parse(text) as Record<string, string>))
  const plurals = new Intl.PluralRules(language)
  return {
    language,
    say(key, values = {}) {
      const { count } = values
      const form = typeof count === 'number' ? strings.get(`${key}_${plurals.select(count)}`) : null
      const string = form ?? strings.get(key) ?? key
      return string.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => String(values[name]))
    },
  }
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
