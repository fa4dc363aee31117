import type { TextKey } from './text-key.ts'

const KEYS = new Map<string, TextKey>([
  ['action', 'genre.action'],
  ['adventure', 'genre.adventure'],
  ['animation', 'genre.animation'],
  ['biography', 'genre.biography'],
  ['comedy', 'genre.comedy'],
  ['crime', 'genre.crime'],
  ['documentary', 'genre.documentary'],
  ['drama', 'genre.drama'],
  ['experimental', 'genre.experimental'],
  ['family', 'genre.family'],
  ['fantasy', 'genre.fantasy'],
  ['history', 'genre.history'],
  ['horror', 'genre.horror'],
  ['music', 'genre.music'],
  ['musical', 'genre.musical'],
  ['mystery', 'genre.mystery'],
  ['nature', 'genre.nature'],
  ['noir', 'genre.noir'],
  ['romance', 'genre.romance'],
  ['satire', 'genre.satire'],
  ['science-fiction', 'genre.science-fiction'],
  ['silent', 'genre.silent'],
  ['sport', 'genre.sport'],
  ['thriller', 'genre.thriller'],
  ['war', 'genre.war'],
  ['western', 'genre.western'],
  ['test', 'genre.test'],
])

/** The word for a genre of docs/feed-format.md 4.9; null = one that came later, shown as it's written. */
export function genreKey(token: string): TextKey | null {
  return KEYS.get(token) ?? null
}
