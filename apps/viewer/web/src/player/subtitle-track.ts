import type { AssDrawing, Cue, SubtitleErrorCode } from '@matinee/media'

/** Subtitles that can be chosen. */
export interface SubtitleTrack {
  readonly id: string
  /** A language's own name, or a file's. */
  readonly label: string
  /** BCP 47; null = not known. */
  readonly language: string | null
  readonly isForced: boolean
  /** The charset that a file of the viewer's own was read with; null = from the release. */
  readonly charset: string | null
  /** Set when it lies inside the film: how much of it is known. What isn't comes with the film. */
  readonly inFilm?: 'part' | 'whole'
}

/** Why there are no subtitles though some were asked for. `lost`: they didn't arrive. `slow`: reading took too long. */
export type SubtitleFault = SubtitleErrorCode | 'lost' | 'slow'

/** Subtitles that were read. */
export interface ReadCues {
  readonly cues: readonly Cue[]
  /** Null = they have no styles. */
  readonly drawing: AssDrawing | null
}

/** Gets subtitles. Rejections become a fault, by `faultOf`. */
export interface SubtitleSource {
  /** Of a track from the release. */
  read(trackId: string): Promise<ReadCues>
  /**
   * Of a file of the viewer's own; never more of it than the cap is read.
   *
   * @param charset a label of the Encoding Standard; null = to be found out
   */
  readFile(
    file: SubtitleFile,
    charset: string | null,
  ): Promise<ReadCues & { readonly charset: string }>
  faultOf(error: unknown): SubtitleFault
}

/** A file that the viewer gives. */
export interface SubtitleFile {
  readonly name: string
  /** Throws away nothing: at most the cap and one byte come. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>
}

/**
 * The track to begin with: the first wished language that there is (`fr` takes `fr-CA`), spoken parts only as
 * a last resort; null = none wished or none there.
 */
export function pickTrack(
  tracks: readonly SubtitleTrack[],
  languages: readonly string[],
): string | null {
  const main = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? ''
  for (const wished of languages) {
    const [best] = tracks
      .filter(({ language }) => language !== null && main(language) === main(wished))
      .toSorted(
        (a, b) =>
          Number(a.isForced) - Number(b.isForced) ||
          Number(b.language === wished) - Number(a.language === wished),
      )
    if (best !== undefined) return best.id
  }
  return null
}
