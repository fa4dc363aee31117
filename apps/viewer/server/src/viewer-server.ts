import { TOKEN_HEADER, paths } from '#api'
import { SECOND_MS, assert, messageOf, type Log } from '@matinee/base'
import type { Hono } from 'hono'
import { performance } from 'node:perf_hooks'
import { presentedToken, sessionGuard } from './http/guards/session-guard.ts'
import type { HttpLimits } from './http/http-limits.ts'
import { listenHttp } from './http/listener.ts'
import { createSite } from './http/site.ts'
import { OpenStreams } from './library/streams/open-streams.ts'
import { openLog } from './log.ts'
import { originOf } from './media/media-server.ts'
import { MediaShelf } from './media/media-shelf.ts'
import { mediaRoutes } from './routes/media-routes.ts'
import { pageRoutes, readBuiltPages } from './routes/page-routes.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import { LaunchDesk } from './session/launch-desk.ts'
import { DataFolderError, FolderClaim, FolderClaimedError } from './session/folder-claim.ts'
import { openPrivateFolder } from './session/private-folder.ts'
import { refuseNewerData } from './session/newer-data.ts'
import { TokenStore } from './session/token-store.ts'

/** The port that browsers know us by: what a page keeps is kept by origin, so it doesn't wander. */
export const DEFAULT_PORT = 8571

/** How many ports after {@link DEFAULT_PORT} are tried when it's taken. */
const PORT_TRIES = 10

const IDLE_CHECK_MS = 30 * SECOND_MS

/** What a viewer server serves, and from where. */
export interface ViewerServerOptions {
  /** Absolute; made when missing, closed to other users. */
  readonly dataFolder: string
  /** Where Vite put the pages. */
  readonly pagesFolder: string
  /**
   * Opens what stands behind the API. Called once; requests to the API wait for it, pages and media don't.
   */
  readonly openApi: (parts: ViewerParts) => Promise<ViewerApi>
  /** Exactly this one. Default: {@link DEFAULT_PORT}, or the next of ten. 0 = any free one, for tests. */
  readonly port?: number
  /** Default: warnings and errors, to standard error. */
  readonly log?: Log
  readonly limits?: Partial<HttpLimits>
}

/** What the API shares with the server around it. */
export interface ViewerParts {
  readonly shelf: MediaShelf
  readonly streams: OpenStreams
  readonly log: Log
}

/** The routes of the API, and what has to be closed behind them. */
export interface ViewerApi extends AsyncDisposable {
  readonly routes: Hono
}

/** The viewer's local server. */
export interface ViewerServer extends AsyncDisposable {
  /** Without a secret: of use to who was let in before. */
  readonly url: string
  /** With a code in its fragment that lets one browser in, once. */
  readonly launchUrl: string
  readonly port: number
  /** Another {@link ViewerServer.launchUrl}, for another browser. */
  newLaunchUrl(): string
  /** Resolves when a page asks to end it; whoever started it does. */
  readonly quitting: Promise<void>
  close(): Promise<void>
}

/**
 * Opens the local server on loopback: pages, API and media on one origin.
 *
 * Throws {@link PortsTakenError} when no port is free, {@link FolderClaimedError} when a viewer runs with the data
 * folder, {@link DataFolderError} when it can't be written to, NewerDataError when a newer Matinee wrote what is in it.
 */
export async function openViewerServer(options: ViewerServerOptions): Promise<ViewerServer> {
  const log = options.log ?? openLog()
  const claim = await claimFolder(options.dataFolder)
  let tokens: TokenStore
  try {
    await refuseNewerData(options.dataFolder)
    tokens = await TokenStore.open(options.dataFolder)
  } catch (error) {
    claim[Symbol.dispose]()
    throw error
  }
  const desk = new LaunchDesk()
  const shelf = new MediaShelf()
  const streams = new OpenStreams(shelf, () => performance.now())
  const api = options.openApi({ shelf, streams, log })
  api.catch((error: unknown) => log.error('api not opened', { reason: messageOf(error) }))

  const quitting = Promise.withResolvers<void>()
  let port: number | null = null
  const site = createSite(() => {
    assert(port !== null, 'a request came before the port was bound')
    return port
  }, log)
  site.route('/', pageRoutes(await readBuiltPages(options.pagesFolder)))
  site.route('/', mediaRoutes(shelf, 'refuse'))
  site.use('/api/*', sessionGuard(tokens))
  site.route('/', sessionRoutes(desk, tokens, quitting.resolve))
  site.all('/api/*', async (context) => (await api).routes.fetch(context.req.raw))

  const closeApi = async (): Promise<void> => {
    using _untilThen = claim
    await (await api.catch(() => null))?.[Symbol.asyncDispose]()
  }
  const listener = await listenHttp({
    ports:
      options.port === undefined
        ? Array.from({ length: PORT_TRIES + 1 }, (_, step) => DEFAULT_PORT + step)
        : [options.port],
    handle: async (request) => site.fetch(request),
    mayBringFile: (target, headers) =>
      bringsFile(target) && tokens.knows(presentedToken(headers[TOKEN_HEADER])),
    log,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  }).catch(async (error: unknown) => {
    await closeApi()
    throw error
  })
  port = listener.address.port
  const idleCheck = setInterval(() => {
    streams.closeIdle().catch((error: unknown) => {
      log.error('stream not closed', { reason: String(error) })
    })
  }, IDLE_CHECK_MS)
  idleCheck.unref()

  const url = `${originOf(listener.address.host, port)}/`
  await claim.say(url).catch((error: unknown) => {
    log.warn('address not written', { reason: messageOf(error) })
  })
  const newLaunchUrl = (): string => `${url}#launch=${desk.issue()}`
  const close = async (): Promise<void> => {
    clearInterval(idleCheck)
    await listener.close()
    await streams.closeAll()
    await closeApi()
  }
  return {
    url,
    launchUrl: newLaunchUrl(),
    port,
    newLaunchUrl,
    quitting: quitting.promise,
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Makes the data folder and claims it. */
async function claimFolder(folder: string): Promise<FolderClaim> {
  try {
    await openPrivateFolder(folder)
    return await FolderClaim.open(folder)
  } catch (error) {
    if (error instanceof FolderClaimedError) throw error
    throw new DataFolderError(`nothing can be kept in ${folder}`, { cause: error })
  }
}

/** A shelf that was saved, a list that somebody made, and subtitles that go to another screen. */
function bringsFile(target: string): boolean {
  const [path] = target.split('?')
  if (path === paths.feedFile) return true
  if (target === paths.shelfMerge) return true
  return target === paths.shelfFile || /^\/api\/streams\/[\w-]+\/cast(?:\/captions)?$/u.test(target)
}
