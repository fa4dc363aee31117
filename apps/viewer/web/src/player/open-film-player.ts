import { openLaterStrings } from '../i18n/catalogue-parts.ts'

/** Fetches the player and its words: when something plays, or where something probably will. */
export async function openFilmPlayer(): Promise<typeof import('./film-player.tsx')> {
  const [player] = await Promise.all([import('./film-player.tsx'), openLaterStrings()])
  return player
}
