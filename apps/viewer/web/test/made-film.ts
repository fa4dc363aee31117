import type { Film } from '#api'

/** A film as the server opens it, which its record says plays. */
export function madeFilm(streamId: string, releaseId: string): Film {
  return {
    streamId,
    workId: 'w',
    episodeId: null,
    releaseId,
    title: 'A film',
    subtitle: null,
    durationSeconds: 60,
    mediaUrl: `/media/${streamId}/0`,
    plays: true,
    captions: [],
    descriptions: [],
    chapters: [],
    resumeSeconds: null,
    next: null,
    attribution: '',
    postcard: { rule: 'free', licenceUrl: null },
  }
}
