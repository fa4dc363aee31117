import type { Log, Network } from '@matinee/base'
import type { DiscoveryPlaces } from '@matinee/cast'
import { fileURLToPath } from 'node:url'
import { readEnvironment } from './config/env.ts'
import type { FeedPlace } from './library/followed-feeds.ts'
import type { OwnSource } from './library/own-source.ts'
import type { LinkPlaces } from './links/link-places.ts'
import type { RemotePlaces } from './remote/remote-desk.ts'
import { openLog } from './log.ts'
import { openViewerApi } from './viewer-api.ts'
import { openViewerServer, type ViewerServer } from './viewer-server.ts'

/** What an application says to start a viewer. */
export interface ViewerOptions {
  /** Absolute; made when missing, closed to other users. */
  readonly dataFolder: string
  /** Exactly this one. Default: the fixed port, or the next of ten. 0 = any free one, for tests. */
  readonly port?: number
  /** Default: to standard error, what `MATINEE_LOG` says (debug, info, warn, error, silent), else warnings. */
  readonly log?: Log
  /** Feeds to follow. Default: `feeds/starter` of this copy of Matinee. */
  readonly feeds?: readonly FeedPlace[]
  /** Default: `feeds/reel` of this copy of Matinee. */
  readonly reelFolder?: string
  /** Default: the seeding process of this copy of Matinee. */
  readonly seederProgram?: string
  /** For tests, and theirs to close. Default: the one egress of the product. */
  readonly network?: Network
  /** For tests: where screens are asked for, on loopback. Default: the home network's groups. */
  readonly castDiscovery?: DiscoveryPlaces
  /** For tests: where phones are, on loopback. Default: the home network. */
  readonly remotePlaces?: RemotePlaces
  /** For tests: where linked computers meet, on loopback. Default: the home network. */
  readonly linkPlaces?: LinkPlaces
  /** Absolute: a cinema on a stick. Its feed is followed, and its films are played from there. */
  readonly stick?: string
  /** The source of this copy of Matinee, given out where a followed feed names it. Default: it isn't. */
  readonly source?: OwnSource
  /** `host:port` of nodes that show into the DHT. Default: the public ones. */
  readonly dhtEntrances?: readonly string[]
  /** Where the built pages are. Default: where Vite puts them. */
  readonly pagesFolder?: string
}

/** A path of this copy of Matinee, from its root. */
function ownPath(path: string): string {
  return fileURLToPath(new URL(`../../../../${path}`, import.meta.url))
}

/**
 * Starts the viewer: the local server, with the works of the feeds on offer. The page can be asked for as soon as it
 * returns; works follow when the catalogue is open.
 *
 * Throws what {@link openViewerServer} throws.
 */
export async function startViewer(options: ViewerOptions): Promise<ViewerServer> {
  const { dataFolder } = options
  const pagesFolder = options.pagesFolder ?? ownPath('apps/viewer/web/dist')
  const log = options.log ?? openLog(readEnvironment(process.env).logLevel)
  return openViewerServer({
    dataFolder,
    pagesFolder,
    openApi: (parts) =>
      openViewerApi(parts, {
        dataFolder,
        pagesFolder,
        feeds: options.feeds ?? [{ folder: ownPath('feeds/starter') }],
        reelFolder: options.reelFolder ?? ownPath('feeds/reel'),
        seederProgram: options.seederProgram ?? ownPath('apps/matinee/src/reel-seeder.ts'),
        ...(options.dhtEntrances === undefined ? {} : { dhtEntrances: options.dhtEntrances }),
        ...(options.network === undefined ? {} : { network: options.network }),
        ...(options.castDiscovery === undefined ? {} : { castDiscovery: options.castDiscovery }),
        ...(options.remotePlaces === undefined ? {} : { remotePlaces: options.remotePlaces }),
        ...(options.linkPlaces === undefined ? {} : { linkPlaces: options.linkPlaces }),
        ...(options.stick === undefined ? {} : { stick: options.stick }),
        ...(options.source === undefined ? {} : { source: options.source }),
        locale: Intl.DateTimeFormat().resolvedOptions().locale,
      }),
    log,
    ...(options.port === undefined ? {} : { port: options.port }),
  })
}
