import { createSocket } from 'node:dgram'
import { createServer, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import type { SocketAddress } from '@matinee/base'
import { PlayedFilm } from './played-film.ts'

/** How a fake renderer differs from an ordinary one. */
export interface FakeRendererOptions {
  /** What it calls itself. */
  readonly name: string
  /** Default: loopback. */
  readonly host?: string
  readonly durationSeconds?: number
  /** In place of the description. */
  readonly description?: string
  /** In place of the address of the description. */
  readonly location?: string
}

/** A television that is told what to play by UPnP, and shows SubRip. */
export interface FakeRenderer extends AsyncDisposable {
  readonly address: SocketAddress
  /** Answers M-SEARCH when it's asked here. */
  readonly ssdp: SocketAddress
  /** The films that it was given and fetched, the last one last. */
  readonly played: readonly RenderedFilm[]
  /** Its actions, in order, without questions. */
  readonly told: readonly string[]
  readonly film: PlayedFilm
  readonly volume: { level: number; muted: boolean }
  vanish(): Promise<void>
}

/** What was fetched of a film that it was given. */
export interface RenderedFilm {
  readonly url: string
  readonly title: string
  /** What `HEAD` brought, which televisions ask first. */
  readonly head: { readonly status: number; readonly type: string; readonly length: string }
  /** The last 100 bytes, asked for as a range. */
  readonly tail: { readonly status: number; readonly bytes: Uint8Array }
  /** Each way in which its subtitles were named; empty when there are none. */
  readonly captionUrls: readonly string[]
  /** SubRip, fetched by the first of them. */
  readonly captions: string | null
}

/** Opens a renderer. Dispose it to close everything. */
export async function openFakeRenderer(options: FakeRendererOptions): Promise<FakeRenderer> {
  const { host = '127.0.0.1' } = options
  const played: RenderedFilm[] = []
  const told: string[] = []
  const film = new PlayedFilm()
  const volume = { level: 30, muted: false }
  let given: { readonly uri: string; readonly didl: string } | null = null
  let isStopped = true

  const act = async (action: string, body: string): Promise<string | number> => {
    if (!action.startsWith('Get')) told.push(action)
    switch (action) {
      case 'SetAVTransportURI':
        given = {
          uri: unescapeXml(inner(body, 'CurrentURI')),
          didl: unescapeXml(inner(body, 'CurrentURIMetaData')),
        }
        return ''
      case 'Play': {
        if (given === null) return 701
        if (isStopped) {
          const fetched = await fetchFilm(given.uri, given.didl)
          if (fetched === null) return 716
          played.push(fetched)
          film.begin(options.durationSeconds ?? durationOf(given.didl), 0)
        }
        isStopped = false
        film.play()
        return ''
      }
      case 'Pause':
        film.pause()
        return ''
      case 'Stop':
        if (isStopped) return 701
        isStopped = true
        film.pause()
        return ''
      case 'Seek': {
        const [hours = 0, minutes = 0, seconds = 0] = inner(body, 'Target').split(':').map(Number)
        film.seek(hours * 3600 + minutes * 60 + seconds)
        return ''
      }
      case 'GetTransportInfo': {
        const state =
          isStopped || film.isOver ? 'STOPPED' : film.isPlaying ? 'PLAYING' : 'PAUSED_PLAYBACK'
        return `<CurrentTransportState>${state}</CurrentTransportState>`
      }
      case 'GetPositionInfo':
        return `<TrackDuration>${clock(film.durationSeconds)}</TrackDuration><RelTime>${clock(film.positionSeconds)}</RelTime>`
      case 'GetVolume':
        return `<CurrentVolume>${volume.level}</CurrentVolume>`
      case 'GetMute':
        return `<CurrentMute>${volume.muted ? 1 : 0}</CurrentMute>`
      case 'SetVolume':
        volume.level = Number(inner(body, 'DesiredVolume'))
        return ''
      case 'SetMute':
        volume.muted = inner(body, 'DesiredMute') === '1'
        return ''
      default:
        return 401
    }
  }

  const server = createServer((request, response) => {
    if (request.url === '/description.xml') {
      response.end(options.description ?? describe(options.name))
      return
    }
    const [service, action = ''] = String(request.headers['soapaction'])
      .replaceAll('"', '')
      .split('#')
    void bodyOf(request)
      .then((body) => act(action, body))
      .then((answer) => {
        response.statusCode = typeof answer === 'number' ? 500 : 200
        const content =
          typeof answer === 'number'
            ? `<s:Fault><detail><UPnPError><errorCode>${answer}</errorCode></UPnPError></detail></s:Fault>`
            : `<u:${action}Response xmlns:u="${service}">${answer}</u:${action}Response>`
        response.end(
          `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${content}</s:Body></s:Envelope>`,
        )
      })
  })
  server.listen(0, host)
  await once(server, 'listening')
  const bound = server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('not listening')
  const address = { host, port: bound.port }
  const ssdp = createSocket('udp4')
  ssdp.on('message', (_question, asker) => {
    const location = options.location ?? `http://${host}:${address.port}/description.xml`
    ssdp.send(ssdpAnswer(location), asker.port, asker.address)
  })
  await new Promise<void>((resolve) => ssdp.bind(0, host, resolve))
  let isOpen = true
  const vanish = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    ssdp.close()
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return {
    address,
    ssdp: { host, port: ssdp.address().port },
    played,
    told,
    film,
    volume,
    vanish,
    [Symbol.asyncDispose]: vanish,
  }
}

/** What a renderer answers to M-SEARCH. */
export function ssdpAnswer(location: string): Buffer {
  return Buffer.from(
    [
      'HTTP/1.1 200 OK',
      'CACHE-CONTROL: max-age=1800',
      'EXT:',
      `LOCATION: ${location}`,
      'ST: urn:schemas-upnp-org:device:MediaRenderer:1',
      'USN: uuid:fake::urn:schemas-upnp-org:device:MediaRenderer:1',
      '',
      '',
    ].join('\r\n'),
  )
}

function describe(name: string): string {
  const service = (type: string): string =>
    `<service><serviceType>urn:schemas-upnp-org:service:${type}:1</serviceType><controlURL>/${type}/control</controlURL></service>`
  return `<?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device><friendlyName>${escapeXml(name)}</friendlyName><manufacturer>Nobody</manufacturer><modelName>Fake TV</modelName><serviceList>${service('AVTransport')}${service('RenderingControl')}</serviceList></device></root>`
}

async function fetchFilm(uri: string, didl: string): Promise<RenderedFilm | null> {
  const head = await fetch(uri, { method: 'HEAD' }).catch(() => null)
  if (head === null || !head.ok) return null
  const length = head.headers.get('content-length') ?? ''
  const tail = await fetch(uri, { headers: { range: 'bytes=-100' } })
  const captionUrls = [
    ...didl.matchAll(/<sec:CaptionInfo(?:Ex)? sec:type="srt">([^<]+)</gu),
    ...didl.matchAll(/pv:subtitleFileUri="([^"]+)"/gu),
    ...didl.matchAll(/<res protocolInfo="http-get:\*:text\/srt:\*">([^<]+)</gu),
  ].map(([, url = '']) => unescapeXml(url))
  const [captionUrl] = captionUrls
  return {
    url: uri,
    title: unescapeXml(inner(didl, 'dc:title')),
    head: { status: head.status, type: head.headers.get('content-type') ?? '', length },
    tail: { status: tail.status, bytes: new Uint8Array(await tail.arrayBuffer()) },
    captionUrls,
    captions: captionUrl === undefined ? null : await (await fetch(captionUrl)).text(),
  }
}

function durationOf(didl: string): number {
  const text = / duration="([^"]+)"/u.exec(didl)?.[1] ?? '0:01:00'
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number)
  return hours * 3600 + minutes * 60 + seconds
}

function clock(seconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`
}

function inner(xml: string, name: string): string {
  return new RegExp(`<${name}>([^]*?)</${name}>`, 'u').exec(xml)?.[1] ?? ''
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function unescapeXml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}
