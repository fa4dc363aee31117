import type { Film } from '#api'
import type { Client } from '../api/client.ts'
import { codeOf } from '../api/request.ts'
import { localText } from '../i18n/language.ts'
import type { FilmServer, FilmWish } from './film-session.ts'

/** The server as a film's session sees it. */
export function filmServer(client: Client, language: string): FilmServer {
  return {
    async open(wish) {
      const { workId, episodeId, releaseId } = wish
      try {
        return await client.playWork(language, workId, { episodeId, releaseId })
      } catch (error) {
        if (codeOf(error) !== 'not-found') throw error
        return openOld(client, language, wish)
      }
    },
    status: (streamId) => client.status(streamId),
    close: (streamId) => client.closeStream(streamId),
  }
}

async function openOld(client: Client, language: string, { workId }: FilmWish): Promise<Film> {
  const { streamId, mediaUrl, captions } = await client.openWork(workId)
  const work = (await client.works()).find(({ id }) => id === workId)
  return {
    streamId,
    workId,
    episodeId: null,
    releaseId: workId,
    title: work === undefined ? workId : localText(work.title, language),
    subtitle: null,
    durationSeconds: work?.durationSeconds ?? null,
    mediaUrl,
    captions: captions.map((track) => ({ ...track, forced: false })),
    chapters: (work?.chapters ?? []).map(({ startSeconds, title }) => ({
      startSeconds,
      title: localText(title, language),
    })),
    resumeSeconds: null,
    next: null,
    attribution: '',
  }
}
