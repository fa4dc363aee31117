import type { WorkCard } from '#api'

/** What a poster is drawn from: facts of a work's record and nothing else. A card of a list has them all. */
export type PosterRecord = Pick<
  WorkCard,
  'id' | 'title' | 'makers' | 'year' | 'kind' | 'durationSeconds' | 'episodeCount'
> &
  Partial<Pick<WorkCard, 'titleLanguage'>>
