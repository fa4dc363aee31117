/** From this part of a film on it counts as watched: what is left are credits. */
export const WATCHED_FRACTION = 0.95

/** Less than this, or than a twentieth of a very short film, and it wasn't begun. */
const BEGUN_SECONDS = 5

/** What a place in a film means for the shelf. */
export type WatchPlace = 'not-begun' | 'begun' | 'watched'

/** Judges where somebody left a film. `durationSeconds` is above 0. */
export function watchPlace(seconds: number, durationSeconds: number): WatchPlace {
  if (seconds >= durationSeconds * WATCHED_FRACTION) return 'watched'
  return seconds >= Math.min(BEGUN_SECONDS, durationSeconds / 20) ? 'begun' : 'not-begun'
}
