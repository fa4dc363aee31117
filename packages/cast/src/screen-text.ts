import { CAST_LIMITS } from './cast-limits.ts'

/**
 * A name that a device gave itself, as it may be shown: text without controls and without marks that turn the direction
 * of what stands around it (L3), one line, at most 80 characters. Empty when nothing is left.
 */
export function screenText(text: string): string {
  return (
    text
      .slice(0, 4 * CAST_LIMITS.nameCharacters)
      .normalize('NFC')
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\p{Cc}\p{Cs}\p{Co}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, ' ')
      .replaceAll(/\s+/gu, ' ')
      .trim()
      .slice(0, CAST_LIMITS.nameCharacters)
      .trim()
  )
}
