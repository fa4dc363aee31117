import { CueLine } from './cue-line.ts'
import type { SubtitleTrack } from './subtitle-track.ts'

/** One of the two places where subtitles show: which track does, and its lines once they are read. */
export class SubtitleSlot {
  readonly #lineOf: (track: SubtitleTrack) => CueLine | Promise<CueLine>
  readonly #onChange: (fault: { readonly error: unknown; readonly name: string } | null) => void
  #track: SubtitleTrack | null = null
  #line: CueLine | null = null
  #reading = 0

  /** @param onChange told with what went wrong when a track couldn't be read */
  constructor(
    lineOf: (track: SubtitleTrack) => CueLine | Promise<CueLine>,
    onChange: (fault: { readonly error: unknown; readonly name: string } | null) => void,
  ) {
    this.#lineOf = lineOf
    this.#onChange = onChange
  }

  /** Null = none is shown. */
  get track(): SubtitleTrack | null {
    return this.#track
  }

  /** Null while they are read, and when none are shown. */
  get line(): CueLine | null {
    return this.#line
  }

  /** The lines of the track that shows have grown. */
  grown(track: SubtitleTrack, line: CueLine): void {
    if (this.#track?.id !== track.id) return
    this.#track = track
    this.#line = line
  }

  /** Shows a track, or none. What comes late of another one is left. */
  choose(track: SubtitleTrack | null): void {
    const reading = ++this.#reading
    this.#track = track
    const line = track === null ? null : this.#lineOf(track)
    this.#line = line instanceof Promise ? null : line
    this.#onChange(null)
    if (!(line instanceof Promise)) return
    line.then(
      (read) => {
        if (reading !== this.#reading) return
        this.#line = read
        this.#onChange(null)
      },
      (error: unknown) => {
        if (reading === this.#reading) this.#onChange({ error, name: track?.label ?? '' })
      },
    )
  }
}
