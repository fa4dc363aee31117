import type { AssDrawing, Cue } from '@matinee/media'
import { canonicalTag } from '../i18n/display-names.ts'
import { CueLine } from './cue-line.ts'
import type { FilmSubtitles } from './remux/remux-message.ts'
import type { SubtitleTrack } from './subtitle-track.ts'

const NOTHING = new CueLine([])

/** What is known of a track inside a film, up to now. */
export interface GrownCues {
  readonly cues: readonly Cue[]
  readonly drawing: AssDrawing | null
  /** There is nothing else. */
  readonly isWhole: boolean
}

/** The subtitles inside a film: their lines come with the film. */
export class FilmSubtitlesShelf {
  #all = new Map<string, { readonly track: SubtitleTrack; readonly line: CueLine }>()

  /** Another film, or the same anew: the lines that were known of the same tracks stay. */
  open(tracks: readonly SubtitleTrack[]): void {
    const before = this.#all
    this.#all = new Map(
      tracks.map((track) => [track.id, { track, line: before.get(track.id)?.line ?? NOTHING }]),
    )
  }

  get tracks(): readonly SubtitleTrack[] {
    return [...this.#all.values()].map(({ track }) => track)
  }

  lineOf(trackId: string): CueLine | null {
    return this.#all.get(trackId)?.line ?? null
  }

  /** Null = there is no such track. */
  grow(trackId: string, { cues, drawing, isWhole }: GrownCues): SubtitleTrack | null {
    const known = this.#all.get(trackId)
    if (known === undefined) return null
    const track: SubtitleTrack = { ...known.track, inFilm: isWhole ? 'whole' : 'part' }
    this.#all.set(trackId, { track, line: new CueLine(cues, drawing) })
    return track
  }
}

/** The id of a track inside a film, by its place among them. */
export function filmTrackId(releaseId: string, at: number): string {
  return `film ${releaseId} ${at}`
}

/**
 * What the menu shows of the tracks inside a film.
 *
 * @param languageName a language's own name, by its tag
 * @param numbered a name for what has neither language nor title, by its number
 */
export function filmTracks(
  releaseId: string,
  tracks: readonly FilmSubtitles[],
  languageName: (tag: string) => string,
  numbered: (number: number) => string,
): readonly SubtitleTrack[] {
  return tracks.map(({ at, language: tag, title, isForced }) => {
    const language = tag === null ? null : canonicalTag(tag)
    const names = [language === null ? '' : languageName(language), title]
    const label = names.filter((name) => name !== '').join(' \u2013 ')
    return {
      id: filmTrackId(releaseId, at),
      label: label === '' ? numbered(at + 1) : label,
      language,
      isForced,
      charset: null,
      inFilm: 'part',
    }
  })
}

/** Whether a track lies inside the film. */
export function isInFilm({ inFilm }: SubtitleTrack): boolean {
  return inFilm !== undefined
}
