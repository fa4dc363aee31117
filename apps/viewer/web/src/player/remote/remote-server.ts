import {
  doneSchema,
  paths,
  remoteCodeSchema,
  remoteNewsSchema,
  remoteOpenedSchema,
  type PhoneCode,
  type RemoteNews,
  type RemoteOpened,
  type RemoteState,
} from '#api'
import type { Ask } from '../../api/request.ts'

/** The local server, as a remote needs it. Every method throws `ClientError`; `not-found` = the remote is over. */
export interface RemoteServer {
  /** @param host one of the addresses that were offered before; null = the likeliest */
  open(host: string | null): Promise<RemoteOpened>
  /** Null = as many phones as may be are there. */
  newCode(remoteId: string): Promise<PhoneCode | null>
  /** Resolves when there is something to do, or a moment later. */
  turn(remoteId: string, state: RemoteState | null): Promise<RemoteNews>
  /** Also while the page goes away. */
  end(remoteId: string): Promise<void>
}

/** @param ask as the page's client asks */
export function remoteServer(ask: Ask): RemoteServer {
  return {
    open: (host) =>
      ask(paths.remotes, remoteOpenedSchema, {
        method: 'POST',
        body: host === null ? {} : { host },
      }),
    newCode: async (remoteId) =>
      (await ask(paths.remoteCode(remoteId), remoteCodeSchema, { method: 'POST' })).code,
    turn: (remoteId, state) =>
      ask(paths.remoteTurn(remoteId), remoteNewsSchema, { method: 'POST', body: { state } }),
    async end(remoteId) {
      await ask(paths.remote(remoteId), doneSchema, { method: 'DELETE' })
    },
  }
}
