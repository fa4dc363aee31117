import { KIB, MIB, type ByteSpan } from '@matinee/base'
import { spanOfSeconds } from '@matinee/media'
import { readFilmIndex } from '../media/film-index.ts'
import type { FilmChoice } from './film-choice.ts'
import type { FilmStream } from './streams/film-stream.ts'

/** The first seconds that are fetched. */
const START_SECONDS = 2
const LEAST_HEAD_BYTES = 256 * KIB
/** Whatever the record says, no more than this is fetched before Play. */
const MOST_BYTES = 8 * MIB
/** Of these, for the index, when the record doesn't say where it is or the film goes on somewhere. */
const MOST_INDEX_BYTES = 3 * MIB

/** A film that will be played, as far as its start goes. */
export interface StartingFilm {
  readonly choice: FilmChoice
  readonly stream: Pick<FilmStream, 'durationSeconds' | 'mediaFile' | 'warm'>
}

/**
 * Fetches what a player asks for first of a film that will be played: its index and its first seconds, or those where it
 * goes on (`resumeSeconds`; null = at its beginning). Resolves when they are here. Throws OtherFileError, TorrentError,
 * or the signal's reason, and fetches nothing from then on.
 */
export async function fetchStart(
  { stream, choice }: StartingFilm,
  resumeSeconds: number | null,
  signal: AbortSignal,
): Promise<void> {
  const begin = await beginOf({ stream, choice }, resumeSeconds, signal)
  const spans = startSpans(choice, stream.durationSeconds, begin)
  await stream.warm(spans, MOST_BYTES - MOST_INDEX_BYTES, signal)
}

/** The first seconds from where the film goes on; null = they can't be told, or are its beginning. */
async function beginOf(
  { stream, choice: { video } }: StartingFilm,
  resumeSeconds: number | null,
  signal: AbortSignal,
): Promise<ByteSpan | null> {
  // At the beginning the record's word is enough, if it has one; reading the index fetches it.
  if (resumeSeconds === null && video.index !== undefined) return null
  const index = await readFilmIndex(stream.mediaFile(video), MOST_INDEX_BYTES, signal)
  if (index === null || resumeSeconds === null) return null
  return spanOfSeconds(index, resumeSeconds, resumeSeconds + START_SECONDS, video.length)
}

/** The parts of a film that a player asks for first: its index, and what the first seconds need. `begin`: those of a film that goes on. */
function startSpans(
  { video }: Pick<FilmChoice, 'video'>,
  durationSeconds: number | null,
  begin: ByteSpan | null,
): ByteSpan[] {
  const { length, index, head } = video
  const firstSeconds =
    durationSeconds === null ? 0 : Math.ceil((length / durationSeconds) * START_SECONDS)
  const start = { start: 0, end: Math.min(length, Math.max(LEAST_HEAD_BYTES, firstSeconds)) }
  return [index, begin ?? head ?? start].filter((span) => span !== undefined)
}
