import { ByteWindow, type Asking } from '../container/byte-window.ts'
import { MATROSKA_ID, readMatroskaFront, secondsPerTick } from '../container/matroska-segment.ts'
import { Refusal } from '../container/refusal.ts'
import { embeddedTracks, type EmbeddedTrack } from './embedded-track.ts'

/** What must be known of a Matroska film to read the subtitles in it. */
export interface FilmOutline {
  readonly tracks: readonly EmbeddedTrack[]
  /** Where the first cluster begins; `null` = none was come to. */
  readonly firstCluster: number | null
  readonly secondsPerTick: number
  /** Where attached files begin (an element's four bytes of ID). */
  readonly attachments: readonly number[]
}

/**
 * Reads what lies before the first cluster of a Matroska or WebM film of `fileBytes`: yields the spans that
 * it needs, and is given exactly their bytes. S4: attached files, such as fonts, are passed over unread.
 * `null` for whatever isn't one.
 */
export function* outlineFilm(fileBytes: number): Asking<FilmOutline | null> {
  const window = new ByteWindow(fileBytes)
  try {
    const wanted = [MATROSKA_ID.info, MATROSKA_ID.tracks]
    const { bodies, firstCluster, attachments } = yield* readMatroskaFront(window, wanted)
    const [info, tracks] = wanted.map((id) => bodies.get(id))
    if (!info || !tracks) return null
    return {
      tracks: embeddedTracks(tracks),
      firstCluster,
      secondsPerTick: secondsPerTick(info),
      attachments,
    }
  } catch (error) {
    if (error instanceof Refusal) return null
    throw error
  }
}
