import {
  castStatusSchema,
  paths,
  screensSchema,
  type CastAct,
  type CastCaptionsWish,
  type CastRequest,
  type CastStatus,
  type Screens,
} from '#api'
import type { Ask } from '../../api/request.ts'

/** The local server, as casting needs it. Every method throws `ClientError`; `not-found` = the film isn't cast (any more). */
export interface CastServer {
  /** Also what keeps the search going. */
  screens(): Promise<Screens>
  begin(streamId: string, request: CastRequest): Promise<CastStatus>
  status(streamId: string): Promise<CastStatus>
  act(streamId: string, act: CastAct): Promise<CastStatus>
  showCaptions(streamId: string, captions: CastCaptionsWish | null): Promise<CastStatus>
  /** How it was at last. */
  end(streamId: string): Promise<CastStatus>
}

/** @param ask as the page's client asks */
export function castServer(ask: Ask): CastServer {
  const change = (method: 'POST' | 'PUT' | 'DELETE', path: string, body: unknown = {}) =>
    ask(path, castStatusSchema, { method, body })
  return {
    screens: () => ask(paths.castScreens, screensSchema),
    begin: (streamId, request) => change('POST', paths.streamCast(streamId), request),
    status: (streamId) => ask(paths.streamCast(streamId), castStatusSchema),
    act: (streamId, act) => change('POST', paths.streamCastAct(streamId), act),
    showCaptions: (streamId, captions) =>
      change('PUT', paths.streamCastCaptions(streamId), { captions }),
    end: (streamId) => change('DELETE', paths.streamCast(streamId)),
  }
}
