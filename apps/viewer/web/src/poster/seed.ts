/**
 * What makes a poster the same everywhere and for ever: every choice is a hash of the work's id. The salt
 * belongs to version 1 of the drawings and never changes; a new look is a new version with its own.
 */
const SALT = 'matinee-45158/'
const UTF_8 = new TextEncoder()

/** 32 bits, spread evenly: FNV-1a over UTF-8, then the finaliser of murmur3. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of UTF_8.encode(text)) value = Math.imul(value ^ byte, 0x01000193)
  value ^= value >>> 16
  value = Math.imul(value, 0x85ebca6b)
  value ^= value >>> 13
  value = Math.imul(value, 0xc2b2ae35)
  value ^= value >>> 16
  return value >>> 0
}

/** The choice of one of `count` that belongs to a work, for one purpose. */
export function seededChoice(
  purpose: 'layout' | 'ink' | 'side',
  id: string,
  count: number,
): number {
  return hash(`${SALT}${purpose}/${id}`) % count
}

/** Numbers that belong to a work: each call gives the next one in [min, max). mulberry32. */
export type SeededNumbers = (min: number, max: number) => number

export function seededNumbers(id: string): SeededNumbers {
  let state = hash(SALT + id)
  return (min, max) => {
    state = (state + 0x6d2b79f5) | 0
    let value = Math.imul(state ^ (state >>> 15), 1 | state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return min + (((value ^ (value >>> 14)) >>> 0) / 4294967296) * (max - min)
  }
}
