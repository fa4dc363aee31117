import type { WorkCard, Withdrawal } from '#api'

/** An episode, as far as the shelf has to know it. */
export interface ShelfEpisode {
  readonly id: string
  readonly seasonId: string
  readonly seasonNumber: number
  readonly number: number
  /** In the language that was asked for. */
  readonly title: string
  /** Null = nobody knows. */
  readonly durationSeconds: number | null
}

/** A work that its feed withdrew. */
export interface WithdrawnWork {
  /** In the language that was asked for. */
  readonly title: string
  /** The decision that acts. */
  readonly withdrawal: Withdrawal
}

/** What the shelf asks the catalogue: it keeps ids alone. */
export interface ShelfCatalogue {
  /** Cards of the works that are offered here; others are left out. Language is BCP 47. */
  cards(workIds: readonly string[], language: string): Promise<ReadonlyMap<string, WorkCard>>
  /** Which of these works were withdrawn; others are left out. */
  withdrawn(
    workIds: readonly string[],
    language: string,
  ): Promise<ReadonlyMap<string, WithdrawnWork>>
  /** The episodes of a series, in order; empty for a film, and for a work that isn't there. */
  episodes(workId: string, language: string): Promise<readonly ShelfEpisode[]>
}
