import { createHash } from 'node:crypto'
import { entryName, valueText, type ShelfEntry } from './shelf-entries.ts'

/** Texts of a summary: two shelves that differ in one thing send each other a 256th of what they hold. */
export const SUMMARY_PLACES = 256
/** Characters of each: 64 bits, against chance alone; who is linked needs no collision to say what he likes. */
export const SUMMARY_CHARACTERS = 16

/** At which place of a summary an entry counts, by its name alone. */
export function summaryPlace(entry: Pick<ShelfEntry, 'kind' | 'key'>): number {
  return createHash('sha256').update(entryName(entry)).digest()[0] ?? 0
}

/** What a shelf knows, as texts that are the same for the same, in whatever order the entries come. */
export function summarise(entries: readonly ShelfEntry[]): string[] {
  const places = Array.from({ length: SUMMARY_PLACES }, (): string[] => [])
  for (const entry of entries)
    places[summaryPlace(entry)]?.push(
      JSON.stringify([entryName(entry), entry.atMs, valueText(entry)]),
    )
  return places.map((lines) =>
    createHash('sha256')
      .update(lines.toSorted().join('\n'))
      .digest('hex')
      .slice(0, SUMMARY_CHARACTERS),
  )
}

/** Where two summaries differ. */
export function differences(mine: readonly string[], theirs: readonly string[]): number[] {
  return mine.flatMap((text, place) => (theirs[place] === text ? [] : [place]))
}
