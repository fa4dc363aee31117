import type { CatalogueStore } from '@matinee/catalogue/node'
import type { Viewer } from '../viewer.ts'

/** Where an answer is given, and when: all that it may depend on beside the catalogue itself. */
export type Place = Pick<Viewer, 'territory' | 'today'>

/** What was worked out of the whole catalogue, kept until it or the day changes. */
export class KeptAnswer<T> {
  readonly #store: Pick<CatalogueStore, 'revision'>
  readonly #make: (place: Place) => Promise<T>
  #kept: { readonly key: string; readonly answer: Promise<T> } | null = null

  constructor(store: Pick<CatalogueStore, 'revision'>, make: (place: Place) => Promise<T>) {
    this.#store = store
    this.#make = make
  }

  /** Rejects as `make` does; what was rejected is not kept. */
  async in({ territory, today }: Place): Promise<T> {
    const key = `${await this.#store.revision()} ${today} ${territory ?? ''}`
    if (this.#kept?.key === key) return this.#kept.answer
    const kept = { key, answer: this.#make({ territory, today }) }
    this.#kept = kept
    kept.answer.catch(() => {
      if (this.#kept === kept) this.#kept = null
    })
    return kept.answer
  }
}
