import { filmWayRequestSchema, playerRequestSchema, type Done, type FilmWay } from '#api'
import { Hono, type Context } from 'hono'
import { failureAnswer } from '../http/failure-answer.ts'
import { readJson } from '../http/json-body.ts'
import type { OpenedFilm, OpenStreams } from '../library/streams/open-streams.ts'
import { openInPlayer } from '../machine/players.ts'
import { findProgram } from '../machine/programs.ts'
import { SOUND_TYPES, type MadeSound, type SoundDesk } from '../machine/sound-desk.ts'

/** How a film that is open is played: by the browser, with help from ffmpeg, or by another player. */
export function wayRoutes(streams: OpenStreams, sounds: SoundDesk): Hono {
  const routes = new Hono()
  routes.post('/api/streams/:id/way', async (context) => {
    const wish = await readJson(context.req.raw, filmWayRequestSchema)
    if (wish === null) return failureAnswer(400, 'bad-request')
    const opened = streams.opened(context.req.param('id'))
    if (opened === null) return failureAnswer(404, 'not-found')
    const signal = AbortSignal.any([context.req.raw.signal, opened.signal])
    try {
      return context.json((await opened.probe.way(wish, signal)) satisfies FilmWay)
    } catch (error) {
      // Who asked is gone, or the film was closed meanwhile.
      if (signal.aborted) return failureAnswer(404, 'not-found')
      throw error
    }
  })
  routes.get('/api/streams/:id/sound', async (context) => {
    const streamId = context.req.param('id')
    const opened = streams.opened(streamId)
    if (opened === null) return failureAnswer(404, 'not-found')
    const { track, from, made } = context.req.query()
    const order = soundOrder(track, from, made)
    if (order === null) return failureAnswer(400, 'bad-request')
    const ffmpeg = await findProgram('ffmpeg')
    if (ffmpeg === null) return failureAnswer(404, 'not-found')
    const body = sounds.make(
      streamId,
      ffmpeg,
      { ...order, mediaUrl: `${originOf(context)}${opened.mediaUrl}` },
      opened.signal,
    )
    if (body === null) return failureAnswer(429, 'busy')
    return new Response(body, { headers: { 'content-type': SOUND_TYPES[order.made] } })
  })
  routes.post('/api/streams/:id/player', async (context) => {
    const wish = await readJson(context.req.raw, playerRequestSchema)
    if (wish === null) return failureAnswer(400, 'bad-request')
    const opened = streams.opened(context.req.param('id'))
    if (opened === null) return failureAnswer(404, 'not-found')
    const url = playerUrl(originOf(context), opened)
    if (!(await openInPlayer(wish.player, url, wish.fromSeconds)))
      return failureAnswer(404, 'not-found')
    return context.json({ done: true } satisfies Done)
  })
  return routes
}

/** By the Host that the guard let in: one of this server's own names, with its port. */
function originOf(context: Context): string {
  return `http://${context.req.header('host') ?? ''}`
}

/** With the file's name behind it, which players show. */
function playerUrl(origin: string, { mediaUrl, name }: OpenedFilm): string {
  return `${origin}${mediaUrl}/${encodeURIComponent(name)}`
}

/** `null` = not numbers within a film, or nothing that is made. */
function soundOrder(
  track: string | undefined,
  from: string | undefined,
  made: string | undefined,
): { readonly track: number; readonly fromSeconds: number; readonly made: MadeSound } | null {
  if (!/^\d{1,2}$/u.test(track ?? '') || !/^\d{1,6}(?:\.\d{1,6})?$/u.test(from ?? '')) return null
  if (made !== 'aac' && made !== 'opus') return null
  return { track: Number(track), fromSeconds: Number(from), made }
}
