import { SILENT_LOG } from '@matinee/base'
import { startViewer, type ViewerOptions, type ViewerServer } from '@matinee/viewer'
import { letIn, writeMadeFeed } from '@matinee/testkit'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ZodMiniType, output } from 'zod/mini'

/** A viewer with a catalogue, and a page that was let in. */
export interface CatalogueViewer extends AsyncDisposable {
  readonly server: ViewerServer
  readonly folder: string
  readonly origin: string
  /** A request as our own page would send it. */
  readonly ask: (path: string, method?: string, body?: object) => Promise<Response>
  /** The same, with the answer held to the contract. */
  get<Schema extends ZodMiniType>(schema: Schema, path: string): Promise<output<Schema>>
}

/**
 * Opens a viewer on a free port, in a folder of its own.
 *
 * @param options `folder`: that of an earlier viewer, opened again; it's the earlier one's to remove
 */
export async function openCatalogueViewer(
  options: Partial<ViewerOptions> & {
    readonly feed?: 'made' | 'starter'
    readonly folder?: string
  } = {},
): Promise<CatalogueViewer> {
  const { feed = 'made', folder: earlier, ...rest } = options
  const folder = earlier ?? (await mkdtemp(join(tmpdir(), 'matinee-catalogue-')))
  const feedFolder = join(folder, 'feed')
  if (feed === 'made') await writeMadeFeed(feedFolder)
  const server = await startViewer({
    dataFolder: join(folder, 'data'),
    port: 0,
    log: SILENT_LOG,
    ...(feed === 'made' ? { feeds: [{ folder: feedFolder }] } : {}),
    ...rest,
  })
  const { origin, ask } = await letIn(server.newLaunchUrl())
  return {
    server,
    folder,
    origin,
    ask,
    get: async (schema, path) => schema.parse(await (await ask(path)).json()),
    async [Symbol.asyncDispose]() {
      await server.close()
      if (earlier === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
