import type { ContinueCard } from '#api'
import type { FilmProgress } from './film-progress.ts'
import type { ShelfCatalogue, ShelfEpisode } from './shelf-catalogue.ts'
import type { Shelf } from './shelf-store.ts'

/** A row of "carry on" is never longer. */
const MAX_CARDS = 24

/**
 * What can be gone on with, newest first: films that were begun, and of a series the episode that was begun or
 * the next one that wasn't watched.
 */
export async function carryOn(
  shelf: Pick<Shelf, 'latest' | 'progressOf'>,
  catalogue: ShelfCatalogue,
  language: string,
): Promise<ContinueCard[]> {
  // Films that were watched to their end are among them and fall out.
  const latest = await shelf.latest(4 * MAX_CARDS)
  const cards = await catalogue.cards(
    latest.map(({ workId }) => workId),
    language,
  )
  const found: ContinueCard[] = []
  for (const progress of latest) {
    if (found.length === MAX_CARDS) break
    const work = cards.get(progress.workId)
    if (work === undefined) continue
    if (work.kind !== 'series') {
      if (progress.seconds > 0)
        found.push({
          work,
          episode: null,
          seconds: progress.seconds,
          durationSeconds: progress.durationSeconds,
        })
      continue
    }
    const next = episodeToSee(
      await catalogue.episodes(progress.workId, language),
      await shelf.progressOf([progress.workId]),
    )
    if (next !== null)
      found.push({
        work,
        episode: {
          id: next.episode.id,
          seasonNumber: next.episode.seasonNumber,
          number: next.episode.number,
          title: next.episode.title,
        },
        seconds: next.seconds,
        durationSeconds: next.episode.durationSeconds,
      })
  }
  return found
}

/**
 * The episode of a series to go on with: the one played or marked last when it was begun, else the first unwatched
 * one after it, else the first unwatched one at all. Null = all are watched.
 */
export function episodeToSee(
  episodes: readonly ShelfEpisode[],
  progress: readonly FilmProgress[],
): { readonly episode: ShelfEpisode; readonly seconds: number } | null {
  const known = new Map(progress.map((each) => [each.episodeId, each]))
  const last = progress
    .filter((each) => each.seconds > 0 || each.watched)
    .toSorted((a, b) => b.changedAtMs - a.changedAtMs)[0]
  const at = episodes.findIndex(({ id }) => id === last?.episodeId)
  const inOrder = at === -1 ? episodes : [...episodes.slice(at), ...episodes.slice(0, at)]
  for (const episode of inOrder) {
    const before = known.get(episode.id)
    if (before === undefined || before.seconds > 0 || !before.watched)
      return { episode, seconds: before?.seconds ?? 0 }
  }
  return null
}
