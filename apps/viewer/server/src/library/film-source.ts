import type { Captions, StreamStatus, Work } from '#api'
import type { MediaFile } from '../media/media-file.ts'

/** Where a film's bytes come from. The engine stands behind one of these; a file on disk may, too. */
export interface FilmSource {
  /**
   * Begins to fetch. Returns as soon as the files are known, long before their bytes are; what goes wrong
   * afterwards is told by {@link OpenFilm.status}.
   */
  open(): Promise<OpenFilm>
  /** Ends what `open` started. Idempotent. */
  close(): Promise<void>
}

/** A film that is being watched. */
export interface OpenFilm {
  readonly film: MediaFile
  readonly captions: readonly FilmCaptions[]
  status(): StreamStatus
  /** What was fetched stays; nothing more is asked for. */
  close(): Promise<void>
}

/** Captions, and the file that holds them. */
export interface FilmCaptions extends Captions {
  readonly file: MediaFile
}

/** A work that the viewer offers: what is shown, and where it comes from. */
export interface LibraryWork {
  readonly work: Omit<Work, 'posterUrl'>
  readonly poster: MediaFile | null
  readonly source: FilmSource
}
