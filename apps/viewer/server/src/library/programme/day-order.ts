import type { CalendarDate } from '@matinee/rights'

/** A number from 0 up to (not including) 1 that a day gives a text: the same all day, another tomorrow. */
export function dayChance(day: CalendarDate, text: string): number {
  // FNV-1a, then a last stir: days differ in one digit, and their numbers mustn't be neighbours.
  let state = 0x811c9dc5
  for (const character of `${day} ${text}`)
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
  state = Math.imul(state ^ (state >>> 12), 0x297a2d39)
  return ((state ^ (state >>> 15)) >>> 0) / 2 ** 32
}

/** The same things in an order of the day. */
export function dayOrder<Thing>(
  things: readonly Thing[],
  day: CalendarDate,
  nameOf: (thing: Thing) => string,
): Thing[] {
  return things
    .map((thing) => ({ thing, chance: dayChance(day, nameOf(thing)) }))
    .toSorted((a, b) => a.chance - b.chance)
    .map(({ thing }) => thing)
}
