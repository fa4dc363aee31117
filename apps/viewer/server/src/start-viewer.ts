import type { Log } from '@matinee/base'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readEnvironment } from './config/env.ts'
import { openReel } from './library/reel.ts'
import { openLog } from './log.ts'
import { openViewerServer, type ViewerServer } from './viewer-server.ts'

/** What an application says to start a viewer. */
export interface ViewerOptions {
  /** Absolute; made when missing, closed to other users. */
  readonly dataFolder: string
  /** Exactly this one. Default: the fixed port, or the next of ten. 0 = any free one, for tests. */
  readonly port?: number
  /** Default: to standard error, what `MATINEE_LOG` says (debug, info, warn, error, silent), else warnings. */
  readonly log?: Log
  /** Default: `feeds/reel` of this copy of Matinee. */
  readonly reelFolder?: string
  /** Default: the seeding process of this copy of Matinee. */
  readonly seederProgram?: string
  /** Where the built pages are. Default: where Vite puts them. */
  readonly pagesFolder?: string
}

/** A path of this copy of Matinee, from its root. */
function ownPath(path: string): string {
  return fileURLToPath(new URL(`../../../../${path}`, import.meta.url))
}

/**
 * Starts the viewer: the local server with the test reel on offer.
 *
 * Throws {@link PortsTakenError} when no port is free, and what the file system throws.
 */
export async function startViewer(options: ViewerOptions): Promise<ViewerServer> {
  const log = options.log ?? openLog(readEnvironment(process.env).logLevel)
  const reel = await openReel({
    folder: options.reelFolder ?? ownPath('feeds/reel'),
    seederProgram: options.seederProgram ?? ownPath('apps/matinee/src/reel-seeder.ts'),
    mediaFolder: join(options.dataFolder, 'media'),
    log,
  })
  return openViewerServer({
    dataFolder: options.dataFolder,
    pagesFolder: options.pagesFolder ?? ownPath('apps/viewer/web/dist'),
    works: [reel],
    log,
    ...(options.port === undefined ? {} : { port: options.port }),
  })
}
