import type { WatchState, WorkCard } from '#api'
import type { WorkSummary } from '@matinee/catalogue'
import type { FilmProgress } from '../shelf/film-progress.ts'
import type { Shelf } from '../shelf/shelf-store.ts'
import { bestLanguage } from './language-choice.ts'
import type { PictureShelf } from './picture-shelf.ts'
import type { Viewer } from './viewer.ts'
import { addressOf } from './work-address.ts'

/** What the makers of cards ask the shelf. */
export type CardShelf = Pick<Shelf, 'progressOf' | 'favouritesAmong'>

/** The shelf is asked about so many at once. */
const AT_ONCE = 200

/** Makes cards of works, with what the shelf knows of them. */
export class WorkCards {
  readonly #shelf: CardShelf
  readonly #pictures: PictureShelf

  constructor(shelf: CardShelf, pictures: PictureShelf) {
    this.#shelf = shelf
    this.#pictures = pictures
  }

  /** Cards of any number of works, in their order. */
  async all(works: readonly WorkSummary[], viewer: Viewer): Promise<WorkCard[]> {
    const cards: WorkCard[] = []
    for (let at = 0; at < works.length; at += AT_ONCE)
      cards.push(...(await this.of(works.slice(at, at + AT_ONCE), viewer)))
    return cards
  }

  /** Cards in the order of the works, which are at most 200. */
  async of(works: readonly WorkSummary[], viewer: Viewer): Promise<WorkCard[]> {
    if (works.length === 0) return []
    const ids = works.map(addressOf)
    const [progress, favourites] = await Promise.all([
      this.#shelf.progressOf(ids),
      this.#shelf.favouritesAmong(ids),
    ])
    const places = Map.groupBy(progress, ({ workId }) => workId)
    const kept = new Set(favourites)
    return works.map((work) => {
      const id = addressOf(work)
      const watch = watchStateOf(work.episodeCount, places.get(id) ?? [], kept.has(id))
      return this.#card(work, viewer, watch)
    })
  }

  #card(work: WorkSummary, viewer: Viewer, watch: WatchState): WorkCard {
    const { title, titleLanguage, originalTitle } = titleFor(work, viewer)
    const { kind, makers, year, endYear, durationSeconds, episodeCount } = work
    return {
      id: addressOf(work),
      kind,
      title,
      titleLanguage,
      originalTitle,
      makers: [...makers],
      year,
      endYear,
      durationSeconds,
      episodeCount,
      countries: [...work.countries],
      languages: [...work.languages],
      genres: [...work.genres],
      posterUrl: work.poster === null ? null : this.#pictures.urlOf(work.feedId, work.poster),
      stillUrl: work.still === null ? null : this.#pictures.urlOf(work.feedId, work.still),
      watch,
    }
  }
}

/** What a work is called. */
export interface WorkTitles {
  readonly title: WorkSummary['title']
  /** Translations by language. */
  readonly titles: Readonly<Record<string, string>>
}

/** The title that a viewer reads, and the original beside a translated one. */
export function titleFor(
  { title, titles }: WorkTitles,
  viewer: Viewer,
): Pick<WorkCard, 'title' | 'titleLanguage' | 'originalTitle'> {
  const original = title.language ?? null
  // The original is a translation into its own language: who reads that gets it before a later wish.
  const there = [...(original === null ? [] : [original]), ...Object.keys(titles)]
  const tag = bestLanguage(there, viewer.languages)
  const translated = tag === null ? undefined : titles[tag]
  if (tag === null || translated === undefined || translated === title.text)
    return { title: title.text, titleLanguage: original, originalTitle: null }
  return { title: translated, titleLanguage: tag, originalTitle: title.text }
}

/** Where the viewer is in a work; `episodeCount` 0 = a film. */
export function watchStateOf(
  episodeCount: number,
  places: readonly FilmProgress[],
  favourite: boolean,
): WatchState {
  const watchedCount = places.filter(({ watched }) => watched).length
  const last = places
    .filter(({ seconds, durationSeconds }) => seconds > 0 && durationSeconds > 0)
    .toSorted((a, b) => b.changedAtMs - a.changedAtMs)[0]
  return {
    fraction: last === undefined ? null : Math.min(1, last.seconds / last.durationSeconds),
    watched: episodeCount === 0 ? watchedCount > 0 : watchedCount >= episodeCount,
    favourite,
  }
}
