import type { Film } from '#api'
import { ownKey } from '../session/own-key.ts'

const KEY = 'matinee.audio-description'

/**
 * The audio description that is heard with a film; null = its own sound. Who chose one before hears one: in the same
 * language where there is one, else the first.
 */
export function pickDescription(
  descriptions: Film['descriptions'],
  wished: string | null,
): Film['descriptions'][number] | null {
  if (wished === null) return null
  return descriptions.find(({ language }) => language === wished) ?? descriptions[0] ?? null
}

/** The language in which this browser's viewer wants films described; null = they don't. */
export function wishedDescription(): string | null {
  return localStorage.getItem(ownKey(KEY))
}

/** Remembers it for the films to come. */
export function keepDescription(language: string | null): void {
  if (language === null) localStorage.removeItem(ownKey(KEY))
  else localStorage.setItem(ownKey(KEY), language)
}
