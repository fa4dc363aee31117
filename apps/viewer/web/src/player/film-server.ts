import type { Client } from '../api/client.ts'
import type { FilmServer } from './film-session.ts'

/** The server as a film's session sees it. */
export function filmServer(client: Client, language: string): FilmServer {
  return {
    open: ({ workId, episodeId, releaseId }) =>
      client.playWork(language, workId, { episodeId, releaseId }),
    status: (streamId, signal) => client.status(streamId, signal),
    close: (streamId) => client.closeStream(streamId),
  }
}
