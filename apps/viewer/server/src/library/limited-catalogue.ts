import type { AgeLimit } from '@matinee/catalogue'
import type { CatalogueStore } from '@matinee/catalogue/node'

/** What pages may ask the catalogue. */
export type AskedCatalogue = Pick<
  CatalogueStore,
  | 'feeds'
  | 'revision'
  | 'search'
  | 'suggest'
  | 'work'
  | 'works'
  | 'sameWorks'
  | 'person'
  | 'lists'
  | 'row'
  | 'counts'
>

/**
 * The catalogue as a profile sees it: whoever is handed this can't ask for what is above its age.
 *
 * @param ages null = for everybody
 */
export function limitedCatalogue(store: AskedCatalogue, ages: AgeLimit | null): AskedCatalogue {
  return {
    feeds: (signal) => store.feeds(signal),
    revision: (signal) => store.revision(signal),
    search: (query, signal) => store.search({ ...query, ages }, signal),
    suggest: (request, signal) => store.suggest({ ...request, ages }, signal),
    work: (request, signal) => store.work({ ...request, ages }, signal),
    works: (request, signal) => store.works({ ...request, ages }, signal),
    sameWorks: (request, signal) => store.sameWorks({ ...request, ages }, signal),
    person: (request, signal) => store.person({ ...request, ages }, signal),
    lists: (audience, signal) => store.lists({ ...audience, ages }, signal),
    row: (request, signal) => store.row({ ...request, ages }, signal),
    counts: (audience, signal) => store.counts({ ...audience, ages }, signal),
  }
}
