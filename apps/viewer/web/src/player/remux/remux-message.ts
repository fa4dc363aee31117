import type { AssDrawing, Cue, PieceContainer } from '@matinee/media'

/** One of the two streams of pieces that a browser is given. */
export type PieceStream = 'picture' | 'sound'

/** What the worker is told. */
export type RemuxOrder =
  /** Once, first. `sound` null = none is taken out of the file. */
  | {
      readonly kind: 'open'
      /** Absolute. */
      readonly url: string
      readonly picture: PieceContainer
      readonly sound: { readonly track: number; readonly container: PieceContainer } | null
    }
  /** Begin anew from a moment; what comes then carries this number. */
  | { readonly kind: 'from'; readonly seconds: number; readonly run: number }
  /** Take out no more than up to this moment, for now. */
  | { readonly kind: 'until'; readonly seconds: number }
  /** Last. */
  | { readonly kind: 'close' }

/** A subtitle track inside a film, as the menu needs it. */
export interface FilmSubtitles {
  /** Its place among the tracks that are read. */
  readonly at: number
  /** As the container says it; null = it doesn't. */
  readonly language: string | null
  readonly title: string
  readonly isForced: boolean
}

/** What the worker tells. */
export type RemuxNews =
  | {
      readonly kind: 'opened'
      /** Types for the buffers; null = that stream doesn't come from here. */
      readonly types: Readonly<Record<PieceStream, string | null>>
      /** 0 = not known. */
      readonly durationSeconds: number
    }
  | { readonly kind: 'subtitles'; readonly tracks: readonly FilmSubtitles[] }
  /** All cues of a track that were found so far. `isWhole` = there are no others. */
  | {
      readonly kind: 'cues'
      readonly at: number
      readonly cues: readonly Cue[]
      readonly drawing: AssDrawing | null
      readonly isWhole: boolean
    }
  /** Bytes to append; `startSeconds` is set where a run begins: what is bare begins there. */
  | {
      readonly kind: 'piece'
      readonly stream: PieceStream
      readonly run: number
      readonly startSeconds: number | null
      readonly bytes: Uint8Array<ArrayBuffer>
    }
  | { readonly kind: 'end'; readonly stream: PieceStream; readonly run: number }
  | { readonly kind: 'failed'; readonly why: 'network' | 'format' }
