/** What the ids of other catalogues look like (feed-format 4.7). None of them is a link. */
export const EXTERNAL_IDS = {
  imdb: /^(?:tt|nm)\d{7,10}$/u,
  wikidata: /^Q[1-9]\d{0,11}$/u,
  eidr: /^10\.5240\/[0-9A-F]{4}(?:-[0-9A-F]{4}){4}-[0-9A-Z]$/u,
  isan: /^[0-9A-F]{16}(?:[0-9A-F]{8})?$/u,
  internetArchive: /^[A-Za-z0-9_.-]{1,100}$/u,
  isni: /^\d{15}[\dX]$/u,
} as const

/** A catalogue whose ids a record may carry. */
export type ExternalCatalogue = keyof typeof EXTERNAL_IDS
