import { CueLine } from './cue-line.ts'
import type { SubtitleFile, SubtitleSource, SubtitleTrack } from './subtitle-track.ts'

/** Own files that are kept for a film. */
const MAX_OWN_FILES = 20

/** A file of the viewer's own, read. */
interface OwnSubtitles {
  readonly track: SubtitleTrack
  readonly file: SubtitleFile
  readonly line: CueLine
}

/** The subtitle files that a viewer gave to a film, the oldest first. Beyond twenty the oldest is let go (S3). */
export class OwnSubtitlesShelf {
  readonly #source: SubtitleSource
  readonly #all = new Map<string, OwnSubtitles>()
  #count = 0

  constructor(source: SubtitleSource) {
    this.#source = source
  }

  get tracks(): readonly SubtitleTrack[] {
    return [...this.#all.values()].map(({ track }) => track)
  }

  lineOf(trackId: string): CueLine | null {
    return this.#all.get(trackId)?.line ?? null
  }

  fileOf(trackId: string): SubtitleFile | null {
    return this.#all.get(trackId)?.file ?? null
  }

  /**
   * Reads a file, or reads it again in the place of `trackId`. Resolves with its track's id; rejects as
   * {@link SubtitleSource.readFile}, and then nothing has changed.
   */
  async read(
    file: SubtitleFile,
    charset: string | null,
    trackId = `own ${++this.#count}`,
  ): Promise<string> {
    const read = await this.#source.readFile(file, charset)
    const track = {
      id: trackId,
      label: file.name,
      language: null,
      isForced: false,
      charset: read.charset,
    }
    this.#all.set(trackId, { track, file, line: new CueLine(read.cues, read.drawing) })
    const [oldest] = this.#all.keys()
    if (this.#all.size > MAX_OWN_FILES && oldest !== undefined) this.#all.delete(oldest)
    return trackId
  }
}
