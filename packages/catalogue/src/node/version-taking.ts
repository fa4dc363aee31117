/** Takes versions of followed feeds in a thread of its own: the first one of a large feed takes half a minute of work. */
import { Worker } from 'node:worker_threads'
import type { FetchFile } from '../signed/check-run.ts'
import type { WantedFile } from '../signed/feed-refresh.ts'
import type { TrustedFiles } from '../signed/trusted-files.ts'
import { type CatalogueStoreCode, CatalogueStoreError } from './catalogue-store-error.ts'
import type { GoodRefresh, TakenVersion } from './feed-version.ts'

/** What the thread is started with. */
export interface TakingData {
  /** Of the feed's file. */
  readonly path: string
  readonly files: TrustedFiles
}

/** What the thread says. */
export type TakingMessage =
  | { readonly kind: 'file'; readonly id: number; readonly wanted: WantedFile }
  | { readonly kind: 'taken'; readonly taken: TakenVersion }
  | { readonly kind: 'failed'; readonly code: CatalogueStoreCode; readonly message: string }

/** What it is told. */
export interface FetchedFile {
  readonly id: number
  readonly bytes: Uint8Array | null
}

const SCRIPT = new URL('./taking-worker.ts', import.meta.url)

/**
 * The same as `takeVersion`, for a feed whose file may be open here, too; nobody else may write in it meanwhile. Files are
 * fetched in this thread. Rejects with what `fetch` rejects with, and with {@link CatalogueStoreError}; then the version
 * before stays, but for decisions.
 */
export async function takeVersionApart(
  path: string,
  { files }: Pick<GoodRefresh, 'files'>,
  fetch: FetchFile,
): Promise<TakenVersion> {
  const worker = new Worker(SCRIPT, { workerData: { path, files } satisfies TakingData })
  const ended = Promise.withResolvers<TakenVersion>()
  const give = async ({ id, wanted }: Extract<TakingMessage, { kind: 'file' }>): Promise<void> => {
    const bytes = await fetch(wanted)
    worker.postMessage({ id, bytes } satisfies FetchedFile)
  }
  worker.on('message', (message: TakingMessage) => {
    if (message.kind === 'file') void give(message).catch(ended.reject)
    else if (message.kind === 'taken') ended.resolve(message.taken)
    else ended.reject(new CatalogueStoreError(message.code, message.message))
  })
  const onEnd = (why: string): void =>
    ended.reject(new CatalogueStoreError('worker-crashed', `a version was not taken: ${why}`))
  worker.on('error', (error) => onEnd(error instanceof Error ? error.message : String(error)))
  worker.on('exit', (code) => onEnd(`its thread ended with ${code}`))
  try {
    return await ended.promise
  } finally {
    // What isn't committed is gone with it.
    await worker.terminate()
  }
}
