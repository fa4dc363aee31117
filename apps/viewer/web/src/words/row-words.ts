import type { RowHeading } from '#api'
import { capitalised, countryName } from '../i18n/display-names.ts'
import { genreKey } from '../i18n/genre-key.ts'
import type { TextKey } from '../i18n/text-key.ts'
import type { Words } from './card-words.ts'

/** What stands beside a row. */
export interface RowWords {
  readonly heading: string
  /** A sentence in the programme editor's voice, or null. */
  readonly note: string | null
}

const GENRE_NOTES = new Map<string, TextKey>([
  ['animation', 'home.note-animation'],
  ['comedy', 'home.note-comedy'],
  ['documentary', 'home.note-documentary'],
  ['horror', 'home.note-horror'],
  ['noir', 'home.note-noir'],
  ['science-fiction', 'home.note-science-fiction'],
])

/** The words of a row; lists bring their own. */
export function rowWords(heading: RowHeading, words: Words): RowWords {
  const { say, language } = words
  switch (heading.kind) {
    case 'new':
      return { heading: say('home.row-new'), note: say('home.note-new') }
    case 'silent':
      return { heading: say('home.row-silent'), note: say('home.note-silent') }
    case 'series':
      return { heading: say('home.row-series'), note: say('home.note-series') }
    case 'list':
      return { heading: heading.title, note: heading.note }
    case 'genre': {
      const note = GENRE_NOTES.get(heading.genre)
      return {
        heading: genreText(heading.genre, words),
        note: note === undefined ? null : say(note),
      }
    }
    case 'place': {
      const { country, decade } = heading
      const name = country === null ? '' : capitalised(countryName(country, language), language)
      if (decade === null) return { heading: name, note: null }
      return {
        heading:
          country === null
            ? say('home.row-decade', { decade })
            : say('home.row-place', { country: name, decade }),
        note: null,
      }
    }
  }
}

/** A genre in words; as it's written when we have none. */
export function genreText(token: string, { say, language }: Words): string {
  const key = genreKey(token)
  return key === null ? capitalised(token.replaceAll('-', ' '), language) : say(key)
}
