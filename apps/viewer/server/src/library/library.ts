import { paths, type Work } from '#api'
import type { MediaShelf } from '../media/media-shelf.ts'
import type { LibraryWork } from './film-source.ts'

/** The works on offer, by id, with their pictures on the shelf for as long as the server runs. */
export class Library {
  readonly #works = new Map<string, LibraryWork>()
  readonly works: readonly Work[]

  constructor(works: readonly LibraryWork[], shelf: MediaShelf) {
    this.works = works.map((entry) => {
      this.#works.set(entry.work.id, entry)
      const place = entry.poster === null ? null : shelf.place(entry.poster, 0)
      return { ...entry.work, posterUrl: place === null ? null : paths.media(place.token, 0) }
    })
  }

  find(id: string): LibraryWork | null {
    return this.#works.get(id) ?? null
  }

  async close(): Promise<void> {
    await Promise.all([...this.#works.values()].map((entry) => entry.source.close()))
  }
}
