import { utf8Bytes, type Log } from '@matinee/base'
import { listenHttp } from '../http/listener.ts'
import type { MediaFile } from '../media/media-file.ts'
import { rangedAnswer } from '../media/ranged-answer.ts'
import { originOf } from '../media/media-server.ts'
import { digestOf, newSecret } from '../session/secret.ts'

/** What a screen may fetch. */
export interface ScreenFiles {
  readonly film: MediaFile
  /** By our own look at the film, such as `video/mp4`. */
  readonly filmType: string
}

/** Subtitles in both forms. */
export interface ScreenCaptions {
  readonly vtt: string
  readonly srt: string
}

/** Where a screen fetches a film; closed, nothing of it answers any more. */
export interface ScreenListener extends AsyncDisposable {
  readonly filmUrl: string
  /** Puts subtitles in the place of those before, under new addresses. */
  offer(captions: ScreenCaptions): { readonly vttUrl: string; readonly srtUrl: string }
}

/** A screen opens a few at once: for the index, for the picture, for the subtitles. */
const MAX_CONNECTIONS = 16
/** A screen that is paused takes nothing for a long time, and must not lose its film for it. */
const STALL_MS = 10 * 60_000

/** What a renderer is told about the film: it may ask for ranges, and the connection may rest (DLNA guidelines 7.4.1.3). */
const DLNA_FEATURES = 'DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000000000000000000000000000'

/**
 * Opens a listener for one screen (L2): on the one address of this computer that the screen reaches, for connections from the
 * screen alone, with one film and its subtitles under a path of 128 bits. There is no page, no API and no session behind it.
 *
 * Throws `PortsTakenError` when the address is gone.
 */
export async function openScreenListener(options: {
  /** This computer's address. */
  readonly host: string
  /** The screen's address. */
  readonly screenHost: string
  /** It plays in a page of its maker's, as a Chromecast does, which must be let read film and subtitles. */
  readonly isInBrowser: boolean
  readonly files: ScreenFiles
  readonly log: Log
}): Promise<ScreenListener> {
  const { host, screenHost, isInBrowser, files, log } = options
  const token = newSecret()
  const known = digestOf(token)
  let captions: { readonly number: number; readonly files: ReadonlyMap<string, MediaFile> } | null =
    null
  const fileAt = (pathname: string): { readonly file: MediaFile; readonly type: string } | null => {
    const [, presented = '', name = '', ...rest] = pathname.split('/')
    if (digestOf(presented) !== known || rest.length > 0) return null
    if (name === `film${endingOf(files.filmType)}`)
      return { file: files.film, type: files.filmType }
    const file = captions?.files.get(name)
    if (file === undefined) return null
    return {
      file,
      type: name.endsWith('.vtt') ? 'text/vtt; charset=utf-8' : 'text/srt; charset=utf-8',
    }
  }
  const listener = await listenHttp({
    hosts: [host],
    ports: [0],
    mayConnect: (remote) => remote === screenHost,
    limits: { connections: MAX_CONNECTIONS, stallMs: STALL_MS, bodyBytes: 0 },
    log,
    handle: async (request) => {
      const found = fileAt(new URL(request.url).pathname)
      if (found === null) return new Response(null, { status: 404 })
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } })
      const headers = new Headers({
        'content-type': found.type,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'transfermode.dlna.org': 'Streaming',
      })
      if (isInBrowser) {
        headers.set('access-control-allow-origin', '*')
        headers.set('access-control-expose-headers', 'content-length, content-range, accept-ranges')
      }
      if (found.file === files.film) headers.set('contentfeatures.dlna.org', DLNA_FEATURES)
      // Samsung's sets ask so when they look for subtitles.
      if (captions !== null && request.headers.has('getcaptioninfo.sec'))
        headers.set('captioninfo.sec', `${base}/${nameOf(captions.number, 'srt')}`)
      return rangedAnswer(request, found.file, headers)
    },
  })
  const base = `${originOf(listener.address.host, listener.address.port)}/${token}`
  return {
    filmUrl: `${base}/film${endingOf(files.filmType)}`,
    offer({ vtt, srt }) {
      const number = (captions?.number ?? 0) + 1
      const names = { vtt: nameOf(number, 'vtt'), srt: nameOf(number, 'srt') }
      const made = new Map([
        [names.vtt, textFile(names.vtt, vtt)],
        [names.srt, textFile(names.srt, srt)],
      ])
      captions = { number, files: made }
      return { vttUrl: `${base}/${names.vtt}`, srtUrl: `${base}/${names.srt}` }
    },
    [Symbol.asyncDispose]: () => listener.close(),
  }
}

function nameOf(number: number, format: 'vtt' | 'srt'): string {
  return `subtitles-${number}.${format}`
}

/** Some sets go by the ending of an address. */
function endingOf(type: string): string {
  const endings: Readonly<Record<string, string>> = {
    'video/mp4': '.mp4',
    'video/webm': '.webm',
    'video/x-matroska': '.mkv',
  }
  return endings[type] ?? ''
}

function textFile(name: string, text: string): MediaFile {
  const bytes = utf8Bytes(text)
  return {
    name,
    lengthBytes: bytes.length,
    identity: `${name} ${digestOf(text)}`,
    async *read({ start, end }) {
      yield bytes.subarray(start, end)
    },
  }
}
