import { doneSchema, filmWaySchema, paths } from '#api'
import type { Client } from '../api/client.ts'
import type { WayServer } from './film-ways.ts'

/** The server as the ways of a film see it. */
export function wayServer(client: Client): WayServer {
  return {
    way: (streamId, body) =>
      client.ask(paths.streamWay(streamId), filmWaySchema, { method: 'POST', body }),
    sound: (streamId, { track, from, type }, signal) => {
      const made = type.includes('opus') ? 'opus' : 'aac'
      const search = new URLSearchParams({
        track: String(track),
        from: from.toFixed(3),
        made,
      })
      return client.fetch(`${paths.streamSound(streamId)}?${search}`, signal)
    },
    openPlayer: async (streamId, body) =>
      void (await client.ask(paths.streamPlayer(streamId), doneSchema, { method: 'POST', body })),
  }
}
