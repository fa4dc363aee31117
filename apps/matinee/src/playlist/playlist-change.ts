/** What a list becomes: the next one, with a higher serial. */
import type { FollowedList, JsonObject, JsonValue, ListedWork } from '@matinee/catalogue'

/** A work that a list is to have, and what is said of it. */
export interface ChosenWork extends Pick<ListedWork, 'feed' | 'work'> {
  /** In the language of the change; `null` = what was said before stays. */
  readonly note: string | null
}

/** What is said anew of a list; what is left out stays as it is. */
export interface PlaylistWords {
  readonly language: string
  readonly title?: string | undefined
  readonly by?: string | undefined
  readonly note?: string | undefined
  /** In the place of those that it has. */
  readonly mirrors?: readonly string[] | undefined
}

/** The first edition of a list, to be signed. */
export function newPlaylist(
  id: string,
  words: PlaylistWords & { readonly title: string; readonly by: string },
  works: readonly ChosenWork[],
  issued: string,
): JsonObject {
  const { language, title, note, by, mirrors = [] } = words
  return {
    id,
    serial: 1,
    issued,
    curator: by,
    translations: { [language]: { title, ...(note === undefined ? {} : { note }) } },
    mirrors: [...mirrors],
    works: works.map((work) => listed(work, {}, language)),
  }
}

/** Other words about a list. */
export function reworded(list: FollowedList, words: PlaylistWords, issued: string): JsonObject {
  const { language, title, note, by, mirrors } = words
  const all: Readonly<
    Record<string, { readonly title: string; readonly note?: string | undefined }>
  > = list.translations
  const before = all[language]
  // A list without a title in this language is told in it from now on only when it's given one.
  const isTold = title !== undefined || note !== undefined
  const next = {
    title: title ?? before?.title ?? '',
    ...withNote(note ?? before?.note),
  }
  return {
    ...unchanged(list),
    ...following(list, issued),
    curator: by ?? list.curator,
    translations: isTold ? { ...jsonOf(all), [language]: next } : jsonOf(all),
    mirrors: [...(mirrors ?? list.mirrors)],
  }
}

/** Works behind those that it has; of one that it has already, what is said. */
export function withWorks(
  list: FollowedList,
  works: readonly ChosenWork[],
  language: string,
  issued: string,
): JsonObject {
  const nextOf = (work: ListedWork): JsonObject => {
    const again = works.find((each) => isSame(each, work))
    return listed(again ?? { ...work, note: null }, work.notes, language)
  }
  const added = works.filter((work) => !list.works.some((each) => isSame(each, work)))
  return {
    ...unchanged(list),
    ...following(list, issued),
    works: [...list.works.map(nextOf), ...added.map((work) => listed(work, {}, language))],
  }
}

/** The list without some works. */
export function withoutWorks(
  list: FollowedList,
  works: readonly Pick<ListedWork, 'feed' | 'work'>[],
  issued: string,
): JsonObject {
  const left = list.works.filter((work) => !works.some((each) => isSame(each, work)))
  return { ...unchanged(list), ...following(list, issued), works: left.map((each) => jsonOf(each)) }
}

function unchanged({ id, curator, translations, mirrors, works }: FollowedList): JsonObject {
  return {
    id,
    curator,
    translations: jsonOf(translations),
    mirrors: [...mirrors],
    works: works.map((each) => jsonOf(each)),
  }
}

function following({ serial }: FollowedList, issued: string): JsonObject {
  return { serial: serial + 1, issued }
}

function listed(
  { feed, work, note }: ChosenWork,
  notes: Readonly<Record<string, string>>,
  language: string,
): JsonObject {
  return { feed, work, notes: note === null ? { ...notes } : { ...notes, [language]: note } }
}

function withNote(note: string | undefined): JsonObject {
  return note === undefined ? {} : { note }
}

function isSame(
  a: Pick<ListedWork, 'feed' | 'work'>,
  b: Pick<ListedWork, 'feed' | 'work'>,
): boolean {
  return a.feed === b.feed && a.work === b.work
}

/** Without the brands of its texts, and without fields that are undefined. */
function jsonOf(value: object): { readonly [key: string]: JsonValue } {
  return JSON.parse(JSON.stringify(value)) as { readonly [key: string]: JsonValue }
}
