import type { CaptionStyle, CastFilm } from '../screen.ts'

const CAPTION_TRACK = 1

/** What LOAD says: the film, its subtitles as a track that is on, and how they are to look (Google Cast, `TextTrackStyle`). */
export function loadRequest(film: CastFilm, startSeconds: number, sessionId: string): object {
  const { captions } = film
  return {
    sessionId,
    autoplay: true,
    currentTime: startSeconds,
    activeTrackIds: captions === null ? [] : [CAPTION_TRACK],
    media: {
      contentId: film.url,
      contentType: film.type,
      streamType: 'BUFFERED',
      ...(film.durationSeconds === null ? {} : { duration: film.durationSeconds }),
      // 0 = generic.
      metadata: { metadataType: 0, title: film.title, subtitle: film.subtitle },
      ...(captions === null
        ? {}
        : {
            tracks: [
              {
                trackId: CAPTION_TRACK,
                type: 'TEXT',
                subtype: 'SUBTITLES',
                trackContentId: captions.vttUrl,
                trackContentType: 'text/vtt',
                name: captions.label,
                language: captions.language === '' ? 'und' : captions.language,
              },
            ],
            textTrackStyle: textTrackStyle(captions.style),
          }),
    },
  }
}

/** Colours are `#rrggbbaa`. */
function textTrackStyle({ scale, colour, background }: CaptionStyle): object {
  return {
    fontScale: scale,
    foregroundColor: `${colour}ff`.toUpperCase(),
    backgroundColor: background === 'box' ? '#000000CC' : '#00000000',
    edgeType:
      background === 'outline' ? 'OUTLINE' : background === 'shade' ? 'DROP_SHADOW' : 'NONE',
    edgeColor: '#000000FF',
    fontGenericFamily: 'SANS_SERIF',
    fontStyle: 'NORMAL',
  }
}
