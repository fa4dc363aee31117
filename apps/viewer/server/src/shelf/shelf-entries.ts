import * as z from 'zod/mini'
import { decodeShelfJson, encodeShelfJson } from './shelf-json.ts'

/** Longest key or text of an entry: a name of a list with the id of a work, twice over. */
const text = z.string().check(z.maxLength(600))
/** Milliseconds since 1970, up to the end of what a calendar holds. */
const timeMs = z.number().check(z.int(), z.gte(0), z.lte(8.64e15))

const VALUES = {
  /** Where somebody is in a film; `key` is work and episode. Never removed, only begun anew. */
  progress: z.object({
    seconds: z.number().check(z.gte(0), z.lte(604_800)),
    durationSeconds: z.number().check(z.gte(0), z.lte(604_800)),
    watched: z.boolean(),
    title: text,
  }),
  /** `key` is the work. */
  favourite: z.object({ addedAtMs: timeMs }),
  /** `key` is the list's name: two lists that are called alike are one. */
  list: z.object({}),
  /** A work on a list; `key` is the list's name and the work. */
  listed: z.object({ place: z.number().check(z.int(), z.gte(0), z.lte(1e9)) }),
  /** One sitting; `key` is chance, so that one that was forgotten says nothing of what was watched. */
  sitting: z.object({ workId: text, episodeId: text, title: text, watchedAtMs: timeMs }),
} as const

const keys = z.array(text).check(z.minLength(1), z.maxLength(2))
function entryOf<Kind extends keyof typeof VALUES>(kind: Kind) {
  return z.object({
    kind: z.literal(kind),
    key: keys,
    /** When it was last changed, by the clock of whoever did. */
    atMs: timeMs,
    /** Null = removed: remembered, so that it isn't brought back. */
    value: z.nullable(VALUES[kind]),
  })
}

/** One thing that a shelf knows, and since when. */
export const shelfEntrySchema = z.discriminatedUnion('kind', [
  entryOf('progress'),
  entryOf('favourite'),
  entryOf('list'),
  entryOf('listed'),
  entryOf('sitting'),
])
export type ShelfEntry = z.infer<typeof shelfEntrySchema>

/** What a whole shelf knows. */
const shelfEntriesSchema = z.object({
  type: z.literal('matinee-shelf-entries'),
  version: z.literal(1),
  entries: z.readonly(z.array(shelfEntrySchema).check(z.maxLength(500_000))),
})

/** Entries as another device reads them. */
export function encodeShelfEntries(entries: readonly ShelfEntry[]): Uint8Array<ArrayBuffer> {
  return encodeShelfJson({ type: 'matinee-shelf-entries', version: 1, entries } satisfies z.infer<
    typeof shelfEntriesSchema
  >)
}

/**
 * What another device of one's own says that its shelf knows, however it came; null = it's none. What was never removed here isn't
 * removed by another device either.
 */
export function decodeShelfEntries(bytes: Uint8Array): readonly ShelfEntry[] | null {
  const value = decodeShelfJson(bytes)
  const parsed = shelfEntriesSchema.safeParse(value)
  if (!parsed.success) return null
  const { entries } = parsed.data
  return entries.some((entry) => entry.kind === 'progress' && entry.value === null) ? null : entries
}

/** Under what an entry is known. */
export function entryName({ kind, key }: Pick<ShelfEntry, 'kind' | 'key'>): string {
  return JSON.stringify([kind, ...key])
}

/**
 * Two shelves as one: of each thing the word that was said last. Of two words of one moment the same one wins wherever they
 * meet, so that the order of merging, and doing it twice, changes nothing. In the order of their names.
 */
export function mergeEntries(
  mine: readonly ShelfEntry[],
  theirs: readonly ShelfEntry[],
): ShelfEntry[] {
  const merged = new Map<string, ShelfEntry>()
  for (const entry of [...mine, ...theirs]) {
    const name = entryName(entry)
    const known = merged.get(name)
    if (known === undefined || isLater(entry, known)) merged.set(name, entry)
  }
  return [...merged].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, entry]) => entry)
}

function isLater(entry: ShelfEntry, known: ShelfEntry): boolean {
  if (entry.atMs !== known.atMs) return entry.atMs > known.atMs
  return valueText(entry) > valueText(known)
}

/** A value as a text that is the same for the same value; one that was removed comes before all others. */
export function valueText({ value }: Pick<ShelfEntry, 'value'>): string {
  if (value === null) return ''
  return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
