import type { FilmProgress, WorkIdList } from './film-progress.ts'
import type { Shelf } from './shelf-store.ts'

/** Under which ids the shelf knows works, at one moment. */
export interface ShelfIds {
  /** The ids in the shelf of the same work, whichever feed's; the id itself among them, also when it isn't there. */
  allOf(workId: string): readonly string[]
  /** By which id the work is shown now; itself when nothing else stands for it. */
  shownFor(workId: string): string
  /** Ids in the shelf that are one work, by twos and more. */
  readonly groups: readonly (readonly string[])[]
}

/** What finds that out. */
export interface ShelfAliases {
  now(): Promise<ShelfIds>
  /** The shelf knows a work from now on. */
  note(workId: string): void
  /** The shelf may know any work from now on. */
  forget(): void
}

/**
 * A shelf on which a work that several feeds have is one: what was noted under one feed's id holds whichever record is shown.
 * It's kept under the id that it was noted by, so that nothing is lost when feeds come, go or change places. Where two ids
 * say something of one film, the newer word counts.
 */
export function mergedShelf(shelf: Shelf, aliases: ShelfAliases): Shelf {
  /** What is brought from elsewhere may name any work; 0 = nothing came of it. */
  const brought =
    <Outcome>(act: (bytes: Uint8Array) => Promise<Outcome>) =>
    async (bytes: Uint8Array): Promise<Outcome> => {
      const outcome = await act(bytes)
      if (outcome !== 0) aliases.forget()
      return outcome
    }
  return {
    ...shelf,
    async recordProgress(film, ...rest) {
      aliases.note(film.workId)
      await shelf.recordProgress(film, ...rest)
    },
    async setWatched(films, watched) {
      for (const { workId } of films) aliases.note(workId)
      await shelf.setWatched(films, watched)
    },
    async progressOf(workIds) {
      const ids = await aliases.now()
      const known = await shelf.progressOf([...new Set(workIds.flatMap((id) => ids.allOf(id)))])
      const byId = Map.groupBy(known, ({ workId }) => workId)
      return [...new Set(workIds)].flatMap((workId) =>
        newest(ids.allOf(workId).flatMap((id) => byId.get(id) ?? [])).map((film) => ({
          ...film,
          workId,
        })),
      )
    },
    async latest(limit) {
      const ids = await aliases.now()
      const latest: FilmProgress[] = []
      const seen = new Set<string>()
      for (const film of await shelf.latest(limit)) {
        const workId = ids.shownFor(film.workId)
        if (seen.has(workId)) continue
        seen.add(workId)
        const all = ids.allOf(film.workId)
        const films = all.length === 1 ? [film] : newest(await shelf.progressOf(all))
        const last = films.filter(({ seconds, watched }) => seconds > 0 || watched).toSorted(later)
        latest.push(...last.slice(0, 1).map((each) => ({ ...each, workId })))
      }
      return latest
    },
    async watchedCount() {
      const { groups } = await aliases.now()
      let count = await shelf.watchedCount()
      for (const group of groups) {
        const films = await shelf.progressOf(group)
        count += watchedOf(newest(films)) - watchedOf(films)
      }
      return count
    },
    async setFavourite(workId, favourite) {
      aliases.note(workId)
      const all = (await aliases.now()).allOf(workId)
      if (!favourite) {
        for (const id of new Set([workId, ...all])) await shelf.setFavourite(id, false)
        return
      }
      const known = await shelf.favourites()
      if (!all.some((id) => known.includes(id))) await shelf.setFavourite(workId, true)
    },
    async favourites() {
      const ids = await aliases.now()
      return shownIds(ids, await shelf.favourites())
    },
    async favouritesAmong(workIds) {
      const ids = await aliases.now()
      const kept = new Set(await shelf.favouritesAmong(workIds.flatMap((id) => ids.allOf(id))))
      return workIds.filter((workId) => ids.allOf(workId).some((id) => kept.has(id)))
    },
    async lists() {
      const ids = await aliases.now()
      const lists = await shelf.lists()
      return lists.map((list): WorkIdList => ({ ...list, workIds: shownIds(ids, list.workIds) }))
    },
    async putOnList(listId, workId) {
      aliases.note(workId)
      const all = (await aliases.now()).allOf(workId)
      const list = (await shelf.lists()).find(({ id }) => id === listId)
      return (list?.workIds.some((id) => all.includes(id)) ?? false)
        ? true
        : shelf.putOnList(listId, workId)
    },
    async takeOffList(listId, workId) {
      const all = (await aliases.now()).allOf(workId)
      let wasThere = false
      for (const id of new Set([workId, ...all]))
        wasThere = (await shelf.takeOffList(listId, id)) || wasThere
      return wasThere
    },
    async history(offset, limit) {
      const ids = await aliases.now()
      const { total, entries } = await shelf.history(offset, limit)
      const shown = entries.map((entry) => ({ ...entry, workId: ids.shownFor(entry.workId) }))
      return { total, entries: shown }
    },
    merge: brought(shelf.merge),
    mergeSealed: brought(shelf.mergeSealed),
    importFile: brought(shelf.importFile),
  }
}

function shownIds(ids: ShelfIds, workIds: readonly string[]): string[] {
  return [...new Set(workIds.map((id) => ids.shownFor(id)))]
}

/** Of each film or episode what was said last. */
function newest(films: readonly FilmProgress[]): FilmProgress[] {
  const byEpisode = Map.groupBy(films, ({ episodeId }) => episodeId)
  return [...byEpisode.values()].flatMap((same) => same.toSorted(later).slice(0, 1))
}

function later(a: FilmProgress, b: FilmProgress): number {
  return b.changedAtMs - a.changedAtMs
}

function watchedOf(films: readonly FilmProgress[]): number {
  return films.filter(({ watched }) => watched).length
}
