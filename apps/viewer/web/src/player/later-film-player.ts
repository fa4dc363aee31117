import { later } from '../parts/later.tsx'

/** The player and its words. Nobody needs them before something plays: the first page stays light. */
export const LaterFilmPlayer = later(async () => (await import('./film-player.tsx')).FilmPlayer, {
  hasWords: true,
})
