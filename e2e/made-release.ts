import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toHex } from '@matinee/base'
import type { CreatedTorrent } from '@matinee/engine/create'
import type { MadeJson } from '@matinee/testkit'
import { MADE_FILM_SIZE, type MadeFilm, type MadeFilms } from './made-films.ts'

/** The part of a film that its first seconds need, in bytes, at most. */
const HEAD_BYTES = 128 * 1024

/** The release of a made-up work as its record names it: docs/feed-format.md, section 5. */
export async function madeRelease(
  { folder, films }: MadeFilms,
  { metainfo }: CreatedTorrent,
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
      ...MADE_FILM_SIZE,
      frameRate: 24,
      languages: [film.language],
      ...(film.name.endsWith('.webm')
        ? { container: 'webm', codecs: ['vp09.00.10.08', 'opus'] }
        : mp4Facts(await readFile(join(folder, film.name)))),
    }
  }
  return {
    kind: 'release',
    id: 'main',
    label: '180p',
    infoHashes: { ...(v1 === null ? {} : { v1 }), v2 },
    trackers,
    videos: await Promise.all(films.map(videoOf)),
    subtitles: films.flatMap((film) =>
      film.subtitles.map(({ name, language }) => ({
        ...fileOf(name),
        ...episodeOf(film),
        language,
        format: 'webvtt',
      })),
    ),
  }
}

function episodeOf({ episode }: MadeFilm): MadeJson {
  return episode === null ? {} : { episode }
}

/** Codecs by RFC 6381, and where the index lies, of an MP4 whose index comes first. */
function mp4Facts(bytes: Buffer): MadeJson {
  const ftypLength = bytes.readUInt32BE(0)
  const index = { start: ftypLength, end: ftypLength + bytes.readUInt32BE(ftypLength) }
  const isIndex = bytes.toString('latin1', ftypLength + 4, ftypLength + 8) === 'moov'
  const avcC = bytes.indexOf('avcC')
  if (!isIndex || avcC < 0) throw new Error('the film is no MP4 with its index first')
  return {
    container: 'mp4',
    codecs: [`avc1.${bytes.toString('hex', avcC + 5, avcC + 8)}`, 'mp4a.40.2'],
    index,
    head: { start: index.end, end: Math.min(bytes.length, index.end + HEAD_BYTES) },
  }
}
