import { writeMadeFeed } from '@matinee/testkit'
import type { Metainfo } from '@matinee/protocol'
import { madeRelease } from '../../../e2e/made-release.ts'
import type { MeasuredFilm } from './measured-film.ts'

/** The work that has the film. */
export const FILM_WORK = 'made-up.the-salt-clock'
/** As the made-up book names it. */
const FILM_NAME = 'the-salt-clock'

/** Writes a bundled feed in which one work is the film, found by a tracker. */
export async function writeFilmFeed(
  folder: string,
  { folder: films, name, seconds }: MeasuredFilm,
  { metainfo, trackerUrl }: { readonly metainfo: Metainfo; readonly trackerUrl: string },
): Promise<void> {
  const size = { width: 1920, height: 1080 }
  const film = { name, seconds, size, language: 'en', episode: null, subtitles: [] }
  const made = { workId: FILM_WORK, folder: films, films: [film] }
  const release = await madeRelease(made, { metainfo }, [trackerUrl])
  await writeMadeFeed(folder, {
    releases: new Map([[FILM_NAME, [{ ...release, label: '1080p' }]]]),
  })
}
