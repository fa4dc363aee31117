import { createServer } from 'node:http'
import { once } from 'node:events'
import type { CastFilm } from '../src/screen.ts'

/** A film of some bytes and its subtitles on loopback, for screens that fetch them. */
export interface FilmServer extends AsyncDisposable {
  readonly film: CastFilm
  readonly asked: readonly string[]
}

export const FILM_BYTES = Uint8Array.from({ length: 5000 }, (_, at) => at % 251)
export const VTT = 'WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nGood evening.\n'
export const SRT = '1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n'

/** Opens it. Dispose it to close. */
export async function openFilmServer(): Promise<FilmServer> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.setHeader('access-control-allow-origin', '*')
    if (request.url === '/film.vtt') return void response.end(VTT)
    if (request.url === '/film.srt') return void response.end(SRT)
    response.setHeader('content-type', 'video/mp4')
    const range = /^bytes=(\d*)-(\d*)$/u.exec(request.headers.range ?? '')
    if (range === null) {
      response.setHeader('content-length', FILM_BYTES.length)
      return void response.end(request.method === 'HEAD' ? undefined : FILM_BYTES)
    }
    const start = range[1] === '' ? FILM_BYTES.length - Number(range[2]) : Number(range[1])
    response.writeHead(206, {
      'content-range': `bytes ${start}-${FILM_BYTES.length - 1}/${FILM_BYTES.length}`,
    })
    return void response.end(FILM_BYTES.subarray(start))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  if (typeof bound !== 'object' || bound === null) throw new Error('not listening')
  const origin = `http://127.0.0.1:${bound.port}`
  return {
    asked,
    film: {
      url: `${origin}/film`,
      type: 'video/mp4',
      lengthBytes: FILM_BYTES.length,
      title: 'Paper & <Lighthouse>',
      subtitle: '',
      durationSeconds: 90,
      captions: {
        vttUrl: `${origin}/film.vtt`,
        srtUrl: `${origin}/film.srt`,
        label: 'English',
        language: 'en',
        style: { scale: 1.25, colour: '#ffee88', background: 'outline' },
      },
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
