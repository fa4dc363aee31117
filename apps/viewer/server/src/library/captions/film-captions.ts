import type { Film } from '#api'
import type { Log } from '@matinee/base'
import { subtitlesOf, type FilmChoice } from '../film-choice.ts'
import { ownLanguageName } from '../language-name.ts'
import type { FilmStream } from '../streams/film-stream.ts'
import type { OpenFilm } from '../streams/open-streams.ts'
import { captionFile } from './caption-file.ts'
import type { CaptionKind } from './caption-worker-link.ts'

/** The subtitles that a release has of a film. */
export interface FilmCaptions {
  /** What is made of them: each as cues, then the styled ones as scripts to be drawn. */
  readonly files: OpenFilm['captions']
  /**
   * What a player is told of them.
   *
   * @param urls those of {@link files}, in their order
   */
  listed(urls: readonly string[]): Film['captions']
}

/** The subtitles of the film that was chosen. */
export function filmCaptions(
  stream: Pick<FilmStream, 'mediaFile'>,
  choice: FilmChoice,
  log: Log,
): FilmCaptions {
  const tracks = subtitlesOf(choice)
  const styled = tracks.filter(({ format }) => format === 'ass')
  const opener = (kind: CaptionKind['kind']) => (track: (typeof tracks)[number]) => {
    const source = stream.mediaFile(track)
    return (signal: AbortSignal) =>
      captionFile(source, { language: track.language, kind }, log, signal)
  }
  return {
    files: [...tracks.map(opener('vtt')), ...styled.map(opener('ass'))],
    listed: (urls) =>
      tracks.map((track, at) => {
        const { language, use } = track
        const script = styled.indexOf(track)
        return {
          language,
          label: ownLanguageName(language),
          forced: use === 'forced',
          url: urls[at] ?? '',
          scriptUrl: script === -1 ? null : (urls[tracks.length + script] ?? null),
        }
      }),
  }
}
