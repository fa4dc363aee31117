import { SILENT_LOG, assert, type Log } from '@matinee/base'
import type { HttpLimits } from '../http/http-limits.ts'
import { listenHttp } from '../http/listener.ts'
import { createSite } from '../http/site.ts'
import { mediaRoutes } from '../routes/media-routes.ts'
import type { OtherTypes } from './media-answer.ts'
import type { MediaFile } from './media-file.ts'
import { MediaShelf } from './media-shelf.ts'

/** How files are served without the viewer around them. */
export interface MediaServerOptions {
  /** 0 = any free one, the default. */
  readonly port?: number
  /** What becomes of files that no browser plays: 404, or a download. Default `refuse`. */
  readonly otherTypes?: OtherTypes
  readonly log?: Log
  readonly limits?: Partial<HttpLimits>
}

/** A file under an address of its own. Closing it makes the address worthless. */
export interface ServedFile extends Disposable {
  readonly url: string
  close(): void
}

/** A server without pages, for players on this computer. */
export interface MediaServer extends AsyncDisposable {
  readonly port: number
  /** @param number the file's place in its torrent, for the address; default 0 */
  serve(file: MediaFile, number?: number): ServedFile
  close(): Promise<void>
}

/**
 * Serves files on loopback by the same routes as the viewer: `http://127.0.0.1:P/media/<token>/<n>/<name>`.
 *
 * Throws {@link PortsTakenError} when the port isn't free.
 */
export async function openMediaServer(options: MediaServerOptions = {}): Promise<MediaServer> {
  const log = options.log ?? SILENT_LOG
  const shelf = new MediaShelf()
  let port: number | null = null
  const site = createSite(() => {
    assert(port !== null, 'a request came before the port was bound')
    return port
  }, log)
  site.route('/', mediaRoutes(shelf, options.otherTypes ?? 'refuse'))
  const listener = await listenHttp({
    ports: [options.port ?? 0],
    handle: async (request) => site.fetch(request),
    log,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  port = listener.address.port
  const origin = originOf(listener.address.host, port)
  return {
    port,
    serve(file, number = 0) {
      const place = shelf.place(file, number)
      const url = `${origin}/media/${place.token}/${number}/${encodeURIComponent(file.name)}`
      return { url, close: () => place.close(), [Symbol.dispose]: () => place.close() }
    },
    close: () => listener.close(),
    [Symbol.asyncDispose]: () => listener.close(),
  }
}

/** The address of a loopback server, with brackets around IPv6. */
export function originOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
