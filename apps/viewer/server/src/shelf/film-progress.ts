/** A film, or an episode of a series. */
export interface FilmKey {
  readonly workId: string
  /** Null = the work is one film. */
  readonly episodeId: string | null
}

/** Where the viewer is in a film. */
export interface FilmProgress extends FilmKey {
  /** Where it was left; 0 = from the start. */
  readonly seconds: number
  /** As the player measured it; 0 = it was only marked, never played. */
  readonly durationSeconds: number
  /** Seen to its end, or marked so. */
  readonly watched: boolean
  /** What it was called then, in the language of then. */
  readonly title: string
  /** Milliseconds since 1970. */
  readonly changedAtMs: number
}

/** One sitting. */
export interface HistoryEntry extends FilmKey {
  readonly id: string
  readonly title: string
  /** Milliseconds since 1970. */
  readonly watchedAtMs: number
}

/** A list of the viewer's own, works in the order in which they were put on it. */
export interface WorkIdList {
  readonly id: string
  readonly name: string
  readonly workIds: readonly string[]
}
