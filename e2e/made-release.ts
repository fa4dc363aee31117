import { join } from 'node:path'
import { toHex } from '@matinee/base'
import type { CreatedTorrent } from '@matinee/engine/create'
import type { MadeJson } from '@matinee/testkit'
import { readFilmFacts } from '../apps/matinee/src/release/film-facts.ts'
import { filmFaults, indexEnd } from '../apps/matinee/src/release/film-fault.ts'
import { MADE_FILM_SIZE, type MadeFilm, type MadeFilms } from './made-films.ts'

/** The part of a film that its first seconds need, in bytes, at most. */
const HEAD_BYTES = 128 * 1024

/** The release of a made-up work as its record names it: docs/feed-format.md, section 5. */
export async function madeRelease(
  { folder, films }: MadeFilms,
  { metainfo }: Pick<CreatedTorrent, 'metainfo'>,
  trackers: readonly string[],
): Promise<MadeJson> {
  const { v1, v2 } = metainfo.infoHashes
  const fileOf = (name: string): MadeJson & { readonly length: number } => {
    const file = metainfo.files.find(({ path }) => path.join('/') === name)
    const root = file?.piecesRoot ?? null
    if (file === undefined || root === null) throw new Error(`${name} is not in its torrent`)
    return { path: name, length: file.length, root: toHex(root) }
  }
  const videoOf = async (film: MadeFilm): Promise<MadeJson> => {
    const file = fileOf(film.name)
    return {
      ...file,
      ...episodeOf(film),
      durationSeconds: film.seconds,
      ...(film.size ?? MADE_FILM_SIZE),
      frameRate: 24,
      languages: [film.language],
      ...(await filmFields(join(folder, film.name))),
    }
  }
  return {
    kind: 'release',
    id: 'main',
    label: '180p',
    infoHashes: { ...(v1 === null ? {} : { v1 }), v2 },
    trackers,
    videos: await Promise.all(films.map(videoOf)),
    audios: films.flatMap((film) =>
      film.described === undefined
        ? []
        : [
            {
              ...fileOf(film.described.name),
              ...episodeOf(film),
              language: film.described.language,
              use: 'description',
              codecs: ['opus'],
              container: 'webm',
            },
          ],
    ),
    subtitles: films.flatMap((film) =>
      film.subtitles.map(({ name, language }) => ({
        ...fileOf(name),
        ...episodeOf(film),
        language,
        format: name.endsWith('.ass') ? 'ass' : 'webvtt',
      })),
    ),
  }
}

function episodeOf({ episode }: MadeFilm): MadeJson {
  return episode === null ? {} : { episode }
}

/** Container and codecs of a film, and where its index lies when that comes first. */
async function filmFields(path: string): Promise<MadeJson> {
  const film = await readFilmFacts(path, new AbortController().signal)
  const { container, video, sounds, lengthBytes } = film
  if (video === null) throw new Error(`${path} is no film`)
  const codecs = [video.codec, ...sounds.map(({ codec }) => codec)]
  if (filmFaults(film).length > 0) return { container, codecs }
  const end = indexEnd(film)
  return {
    container,
    codecs,
    index: { start: 0, end },
    head: { start: end, end: Math.min(lengthBytes, end + HEAD_BYTES) },
  }
}
