import { SeededRandom } from '@matinee/testkit'
import type { MadeFeed } from './made-feed.ts'

/** Texts as people type them on the way to a title or a name, of three letters at least. */
export function madeSearches(feed: MadeFeed, seed: string, count: number): readonly string[] {
  const random = new SeededRandom(seed)
  return Array.from({ length: count }, () => {
    const whole = random.chance(0.6) ? random.pick(feed.titles) : random.pick(feed.names)
    const least = Math.min(whole.length, 3)
    return whole.slice(0, least + random.below(whole.length - least + 1))
  }).filter((text) => text.trim().length >= 3)
}

/** Whole words with one letter wrong, left out, or swapped, long enough that a typo may be one. */
export function misspeltSearches(feed: MadeFeed, seed: string, count: number): readonly string[] {
  const random = new SeededRandom(seed)
  const long = [...feed.titles, ...feed.names].filter((text) => /[a-z]{6}/u.test(text))
  return Array.from({ length: count }, () => misspelt(random, random.pick(long)))
}

function misspelt(random: SeededRandom, text: string): string {
  const word = /[a-z]{6,}/u.exec(text)
  const at = (word?.index ?? 0) + 1 + random.below(4)
  const rest = text.slice(at + 1)
  if (random.chance(0.4)) return text.slice(0, at) + rest
  if (random.chance(0.5)) return `${text.slice(0, at)}q${rest}`
  return text.slice(0, at) + rest.slice(0, 1) + text.slice(at, at + 1) + rest.slice(1)
}
