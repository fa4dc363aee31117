import { TOKEN_HEADER, paths, sessionSchema, type StreamStatus } from '#api'
import { SILENT_LOG, type Log } from '@matinee/base'
import {
  openViewerServer,
  type HttpLimits,
  type OpenFilm,
  type OpenStreams,
  type ViewerApi,
  type ViewerServer,
} from '@matinee/viewer'
import { Hono, type Context } from 'hono'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FilmProbe } from '../src/library/streams/film-way.ts'
import { MemoryFile, mp4Bytes, textBytes } from './made-files.ts'
import { rawRequest, type RawAnswer } from './raw-client.ts'

export const FILM_BYTES = 300_000

export interface TestViewer extends AsyncDisposable {
  readonly server: ViewerServer
  readonly port: number
  readonly folder: string
  readonly dataFolder: string
  readonly film: MemoryFile
  /** How often the film was opened. */
  readonly opened: () => number
  /** A token, by a launch code as a page would get it. */
  letIn(): Promise<string>
  /** A request as our own page would send it. */
  ask(method: string, path: string, token: string, body?: string): Promise<RawAnswer>
  /** The address of the film's bytes. */
  openFilm(token: string): Promise<{ readonly mediaPath: string; readonly streamId: string }>
}

export const PAGE_SHELL = '<!doctype html><title>Matinee</title>'

/** A viewer with one work from memory, on a free port, in a folder of its own that goes away with it. */
export async function openTestViewer(
  options: {
    readonly limits?: Partial<HttpLimits>
    readonly filmBytes?: Uint8Array
    readonly log?: Log
    readonly folder?: string
  } = {},
): Promise<TestViewer> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'matinee-viewer-')))
  const pagesFolder = join(folder, 'pages')
  await mkdir(join(pagesFolder, 'assets'), { recursive: true })
  await writeFile(join(pagesFolder, 'index.html'), PAGE_SHELL)
  await writeFile(join(pagesFolder, 'assets', 'main-1a2b3c.js'), 'export {}')
  await writeFile(join(pagesFolder, 'assets', 'draw-worker-1a2b3c.js'), 'export {}')
  await writeFile(join(pagesFolder, 'assets', 'notes.txt'), 'not for the web')
  const dataFolder = join(folder, 'data')
  const film = new MemoryFile('film.mp4', options.filmBytes ?? mp4Bytes(FILM_BYTES))
  let opened = 0
  const server = await openViewerServer({
    dataFolder,
    pagesFolder,
    openApi: ({ streams }) => memoryApi(streams, film, () => opened++),
    port: 0,
    log: options.log ?? SILENT_LOG,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  })
  const { port } = server
  const own = `http://127.0.0.1:${port}`
  const ask: TestViewer['ask'] = (method, path, token, body = '') =>
    rawRequest(
      port,
      `${method} ${path}`,
      [
        ['Host', `127.0.0.1:${port}`],
        ['Origin', own],
        ['Sec-Fetch-Site', 'same-origin'],
        ['Content-Type', 'application/json'],
        ...(token === '' ? [] : [[TOKEN_HEADER, `Bearer ${token}`] as const]),
      ],
      body,
    )
  return {
    server,
    port,
    folder,
    dataFolder,
    film,
    opened: () => opened,
    ask,
    async letIn() {
      const code = new URL(server.newLaunchUrl()).hash.replace('#launch=', '')
      const answer = await ask('POST', paths.session, '', JSON.stringify({ code }))
      return sessionSchema.parse(JSON.parse(answer.text)).token
    },
    async openFilm(token) {
      const answer = await ask('POST', paths.playWork('test-film'), token)
      const { mediaUrl, streamId } = JSON.parse(answer.text) as {
        mediaUrl: string
        streamId: string
      }
      return { mediaPath: mediaUrl, streamId }
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One film, opened by the address by which a work is played. */
async function memoryApi(
  streams: OpenStreams,
  film: MemoryFile,
  onOpen: () => void,
): Promise<ViewerApi> {
  const routes = new Hono()
  const captions = new MemoryFile('en.vtt', textBytes('WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n'))
  routes.get(paths.works, (context) => context.json({}))
  routes.post(paths.playWork('test-film'), (context) => {
    onOpen()
    return context.json(streams.open(memoryFilm(film, captions)))
  })
  routes.get('/api/streams/:id/status', (context) =>
    answerOr404(context, streams.status(context.req.param('id'))),
  )
  routes.delete('/api/streams/:id', async (context) =>
    (await streams.close(context.req.param('id'))) ? context.json({}) : context.json({}, 404),
  )
  return { routes, [Symbol.asyncDispose]: async () => undefined }
}

function answerOr404(context: Context, value: StreamStatus | null): Response {
  return value === null ? context.json({}, 404) : context.json(value)
}

function memoryFilm(film: MemoryFile, captions: MemoryFile): OpenFilm {
  return {
    film,
    probe: new FilmProbe(film, false),
    captions: [async () => captions],
    sounds: [],
    pictures: async () => null,
    status: () => ({
      phase: { kind: 'live' },
      people: { known: 1, connected: 1, sending: 1 },
      bytes: { length: film.lengthBytes, have: film.handedOut, received: 0, passedOn: 0 },
      rates: { downBytesPerSecond: 0, upBytesPerSecond: 0 },
      onDisk: [],
      diskTrouble: null,
      trouble: null,
      isDescribed: true,
      webSeeds: 0,
      ahead: { bytes: 0, seconds: null },
    }),
    statistics: () => ({
      infoHash: '',
      peers: [],
      trackers: [],
      pieceLength: 0,
      pieceCount: 0,
      piecesHad: 0,
      wastedBytes: 0,
    }),
    close: async () => undefined,
  }
}
