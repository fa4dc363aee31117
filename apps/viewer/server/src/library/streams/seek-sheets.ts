import type { SeekPicture as PagePicture } from '#api'
import { KIB, MIB, concatBytes, messageOf, type Log } from '@matinee/base'
import { SubtitleError, parseSeekPictures, type SeekPicture } from '@matinee/media'
import type { MediaFile } from '../../media/media-file.ts'
import type { FilmStream } from './film-stream.ts'

/** The file in a release that says which part of which sheet shows what (docs/feed-format.md, section 5). */
const SHEETS_FILE = 'thumbnails.vtt'
const SHEETS_FILE_BYTES = 256 * KIB
const SHEET_BYTES = 4 * MIB
const MOST_SHEETS = 40

/** Small pictures of a film for its time line. */
export interface SeekSheets {
  /** `sheet` is a place in `sheets`. */
  readonly pictures: PagePicture[]
  readonly sheets: readonly MediaFile[]
}

/**
 * Finds a release's own pictures for the time line. `null` = it has none, or none that can be read. Throws what reading
 * the torrent throws, and the signal's reason.
 *
 * @param episode `null` = the work is one film
 */
export async function findSeekSheets(
  stream: Pick<FilmStream, 'beside'>,
  episode: string | null,
  log: Log,
  signal: AbortSignal,
): Promise<SeekSheets | null> {
  const prefix = episode === null ? '' : `${episode}.`
  const source = await stream.beside(`${prefix}${SHEETS_FILE}`, signal)
  if (source === null || source.lengthBytes > SHEETS_FILE_BYTES) return null
  const chunks: Uint8Array[] = []
  for await (const chunk of source.read({ start: 0, end: source.lengthBytes }, signal))
    // What a reader hands out may be used again by it.
    chunks.push(chunk.slice())
  try {
    return await sheetsOf(parseSeekPictures(concatBytes(chunks)), stream, signal)
  } catch (error) {
    if (!(error instanceof SubtitleError)) throw error
    log.info('pictures of the time line left out', { reason: messageOf(error) })
    return null
  }
}

async function sheetsOf(
  found: readonly SeekPicture[],
  stream: Pick<FilmStream, 'beside'>,
  signal: AbortSignal,
): Promise<SeekSheets | null> {
  const names = [...new Set(found.map(({ sheet }) => sheet))].slice(0, MOST_SHEETS)
  const sheets: MediaFile[] = []
  const places = new Map<string, number>()
  for (const name of names) {
    const file = await stream.beside(name, signal)
    if (file === null || file.lengthBytes > SHEET_BYTES) continue
    places.set(name, sheets.length)
    sheets.push(file)
  }
  const pictures = found.flatMap(({ sheet, ...picture }): PagePicture[] => {
    const place = places.get(sheet)
    return place === undefined ? [] : [{ ...picture, sheet: place }]
  })
  return pictures.length === 0 ? null : { pictures, sheets }
}
