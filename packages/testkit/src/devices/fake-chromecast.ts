import { createSocket } from 'node:dgram'
import { createRequire } from 'node:module'
import type { SocketAddress } from '@matinee/base'
import { selfSigned } from '../self-signed.ts'
import { mdnsAnswer } from './mdns-answer.ts'
import { PlayedFilm } from './played-film.ts'

/** How a fake Chromecast differs from an ordinary one. */
export interface FakeChromecastOptions {
  /** What it calls itself. */
  readonly name: string
  /** Default: loopback. */
  readonly host?: string
  /** How long its films last. Default: what it's told, or a minute. */
  readonly durationSeconds?: number
  /** It plays nothing. */
  readonly refusesFilms?: boolean
}

/** What was fetched of a film that it was given. */
export interface Played {
  readonly url: string
  readonly type: string
  readonly title: string
  /** What a first request for its beginning brought. */
  readonly status: number
  readonly contentRange: string
  readonly bytes: Uint8Array
  /** Of the answer to a request with an origin, as a receiver in a browser makes it. */
  readonly allowsOrigin: string | null
  /** The subtitles, fetched; null when it was given none. */
  readonly captions: {
    readonly url: string
    readonly text: string
    readonly allowsOrigin: string | null
  } | null
  readonly style: Readonly<Record<string, unknown>>
  readonly startSeconds: number
}

/** A Chromecast on this computer, as somebody else wrote its language: the server of `castv2`. */
export interface FakeChromecast extends AsyncDisposable {
  readonly address: SocketAddress
  /** Answers questions for Chromecasts by mDNS when it's asked here. */
  readonly mdns: SocketAddress
  /** The films that it was given, the last one last. */
  readonly played: readonly Played[]
  /** What it was told, in order, without questions for its status. */
  readonly told: readonly string[]
  readonly film: PlayedFilm
  readonly volume: { level: number; muted: boolean }
  /** Says something that nobody asked for, to everybody. */
  say(namespace: string, payload: string | Uint8Array): void
  /** Somebody else's program takes the screen. */
  take(): void
  /** Somebody pulls the plug. */
  vanish(): void
}

interface CastServer {
  readonly server: { address(): { readonly port: number } }
  readonly clients: Readonly<Record<string, { readonly socket: { destroy(): void } }>>
  listen(port: number, host: string, done: () => void): void
  on(
    event: 'message',
    run: (client: string, from: string, to: string, namespace: string, data: string) => void,
  ): void
  on(event: 'error', run: (error: Error) => void): void
  send(client: string, from: string, to: string, namespace: string, data: string | Buffer): void
  close(): void
}

const castv2: { readonly Server: new (options: object) => CastServer } = createRequire(
  import.meta.url,
)('castv2')

const BASE = 'urn:x-cast:com.google.cast.'
const APP = {
  appId: 'CC1AD845',
  sessionId: 'session-1',
  transportId: 'web-1',
  displayName: 'Default Media Receiver',
}

/** Opens a Chromecast. Dispose it to close everything. */
export async function openFakeChromecast(options: FakeChromecastOptions): Promise<FakeChromecast> {
  const { host = '127.0.0.1' } = options
  const { certificate, key } = selfSigned(['chromecast.test'], [host])
  const server = new castv2.Server({ key, cert: certificate })
  const played: Played[] = []
  const told: string[] = []
  const volume = { level: 0.5, muted: false }
  const film = new PlayedFilm()
  let isRunning = false
  let isTaken = false
  let mediaSessionId = 0

  const receiverStatus = (requestId: number): string =>
    JSON.stringify({
      requestId,
      type: 'RECEIVER_STATUS',
      status: {
        applications: isTaken
          ? [{ ...APP, appId: 'OTHER', sessionId: 'theirs', transportId: 'web-9' }]
          : isRunning
            ? [APP]
            : [],
        volume,
      },
    })
  const mediaStatus = (requestId: number): string =>
    JSON.stringify({
      requestId,
      type: 'MEDIA_STATUS',
      status:
        mediaSessionId === 0
          ? []
          : [
              {
                mediaSessionId,
                playerState: film.isOver ? 'IDLE' : film.isPlaying ? 'PLAYING' : 'PAUSED',
                ...(film.isOver ? { idleReason: 'FINISHED' } : {}),
                currentTime: film.positionSeconds,
                media: { duration: film.durationSeconds },
              },
            ],
    })

  server.on('message', (client, from, to, namespace, data) => {
    const message = JSON.parse(data) as Readonly<Record<string, unknown>>
    const { type, requestId } = message as { type: string; requestId: number }
    const answer = (payload: string): void => server.send(client, to, from, namespace, payload)
    if (namespace === `${BASE}tp.heartbeat`) return answer(JSON.stringify({ type: 'PONG' }))
    if (type !== 'GET_STATUS' && namespace !== `${BASE}tp.connection`) told.push(type)
    if (namespace === `${BASE}receiver`) {
      if (type === 'LAUNCH') isRunning = true
      if (type === 'STOP') isRunning = false
      if (type === 'SET_VOLUME') Object.assign(volume, message['volume'])
      return answer(receiverStatus(requestId))
    }
    if (namespace !== `${BASE}media`) return undefined
    if (type === 'PLAY') film.play()
    if (type === 'PAUSE') film.pause()
    if (type === 'SEEK') film.seek(Number(message['currentTime']))
    if (type !== 'LOAD') return answer(mediaStatus(requestId))
    void load(message, options).then((loaded) => {
      if (loaded === null || options.refusesFilms === true)
        return answer(JSON.stringify({ type: 'LOAD_FAILED', requestId }))
      played.push(loaded.played)
      mediaSessionId += 1
      film.begin(loaded.durationSeconds, loaded.played.startSeconds)
      return answer(mediaStatus(requestId))
    })
    return undefined
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.server.address()
  const mdns = createSocket('udp4')
  mdns.on('message', (_question, asker) => {
    mdns.send(mdnsAnswer(options.name, port), asker.port, asker.address)
  })
  await new Promise<void>((resolve) => mdns.bind(0, host, resolve))
  const destroyAll = (): void => {
    for (const { socket } of Object.values(server.clients)) socket.destroy()
  }
  const sayTo = (namespace: string, payload: string | Uint8Array): void => {
    const data = typeof payload === 'string' ? payload : Buffer.from(payload)
    for (const client of Object.keys(server.clients))
      server.send(client, 'receiver-0', 'sender-0', namespace, data)
  }
  let isMdnsOpen = true
  const vanish = (): void => {
    server.close()
    destroyAll()
    if (isMdnsOpen) mdns.close()
    isMdnsOpen = false
  }
  return {
    address: { host, port },
    mdns: { host, port: mdns.address().port },
    played,
    told,
    film,
    volume,
    say: sayTo,
    take() {
      isTaken = true
      sayTo(`${BASE}receiver`, receiverStatus(0))
    },
    vanish,
    async [Symbol.asyncDispose]() {
      vanish()
    },
  }
}

/** Fetches what it was given, as a receiver does: in a browser, from another origin. */
async function load(
  message: Readonly<Record<string, unknown>>,
  options: FakeChromecastOptions,
): Promise<{ readonly played: Played; readonly durationSeconds: number } | null> {
  const { media, activeTrackIds, currentTime } = message as {
    readonly media: {
      readonly contentId: string
      readonly contentType: string
      readonly duration?: number
      readonly metadata: { readonly title: string }
      readonly tracks?: readonly { readonly trackId: number; readonly trackContentId: string }[]
      readonly textTrackStyle?: Readonly<Record<string, unknown>>
    }
    readonly activeTrackIds: readonly number[]
    readonly currentTime: number
  }
  const origin = { origin: 'https://www.gstatic.com' }
  try {
    const answer = await fetch(media.contentId, { headers: { ...origin, range: 'bytes=0-65535' } })
    const track = media.tracks?.find(({ trackId }) => activeTrackIds.includes(trackId))
    const captions =
      track === undefined ? null : await fetch(track.trackContentId, { headers: origin })
    if (!answer.ok || captions?.ok === false) return null
    const played: Played = {
      url: media.contentId,
      type: media.contentType,
      title: media.metadata.title,
      status: answer.status,
      contentRange: answer.headers.get('content-range') ?? '',
      bytes: new Uint8Array(await answer.arrayBuffer()),
      allowsOrigin: answer.headers.get('access-control-allow-origin'),
      captions:
        captions === null || track === undefined
          ? null
          : {
              url: track.trackContentId,
              text: await captions.text(),
              allowsOrigin: captions.headers.get('access-control-allow-origin'),
            },
      style: media.textTrackStyle ?? {},
      startSeconds: currentTime,
    }
    return { played, durationSeconds: options.durationSeconds ?? media.duration ?? 60 }
  } catch {
    return null
  }
}
