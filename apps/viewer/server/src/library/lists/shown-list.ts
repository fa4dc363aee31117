import type { CuratedList, FeedId, ListId, WorkSummary } from '@matinee/catalogue'

/** What is known of a list because it's followed by itself. */
export interface Chosen {
  /** What its curator is called. */
  readonly curator: string
  /** Titles and notes as the curator wrote them, by language. */
  readonly words: CuratedList['translations']
  /** What the curator says of a work: by the work's address, by language. */
  readonly notes: ReadonlyMap<string, Readonly<Record<string, string>>>
  /** Works that it names. */
  readonly named: number
  /** Works that no feed has which the viewer follows. */
  readonly missing: number
  /** Works that a followed feed has and doesn't offer to this viewer. */
  readonly notOffered: number
}

/** A list that is followed by itself, as one of the programme's: it may have no works on offer. */
export class ShownList implements CuratedList {
  readonly feedId: FeedId
  readonly id: ListId
  readonly kind = 'followed'
  readonly translations: CuratedList['translations']
  readonly works: readonly WorkSummary[]
  readonly chosen: Chosen

  /** @param translations its words as a row shows them, with the curator's name */
  constructor(
    { feedId, id }: { readonly feedId: FeedId; readonly id: ListId },
    translations: CuratedList['translations'],
    works: readonly WorkSummary[],
    chosen: Chosen,
  ) {
    this.feedId = feedId
    this.id = id
    this.translations = translations
    this.works = works
    this.chosen = chosen
  }

  get workCount(): number {
    return this.works.length
  }
}
