/** Reads a published feed in a thread of its own: all of a large one takes half a minute of work. */
import { Worker } from 'node:worker_threads'
import type { RevocationMemory } from '@matinee/catalogue'
import { PublisherError } from '../publisher/publisher-error.ts'

/** A published version that is whole. */
export interface WholeFeed {
  /** Absolute: the feed's own. */
  readonly folder: string
  /** The .torrent of its files. */
  readonly metainfo: Uint8Array
  /** The file of that name; `null` = there is none. */
  readonly pointer: Uint8Array | null
  /** Of all its roles. */
  readonly decisions: RevocationMemory
}

/** What the thread says. */
export type WholeFeedMessage =
  /** `null` = nothing is published, or it isn't whole, or no reader would take it. */
  | { readonly kind: 'read'; readonly feed: WholeFeed | null }
  | { readonly kind: 'failed'; readonly why: string }

const SCRIPT = new URL('./whole-feed-worker.ts', import.meta.url)

/**
 * Reads what is published in a publisher's folder as a new follower would. Throws {@link PublisherError} `damaged` when it
 * can't be read, and the signal's reason.
 */
export async function readWholeFeed(path: string, signal: AbortSignal): Promise<WholeFeed | null> {
  signal.throwIfAborted()
  const worker = new Worker(SCRIPT, { workerData: path })
  const ended = Promise.withResolvers<WholeFeed | null>()
  const refuse = (why: string): void =>
    ended.reject(new PublisherError('damaged', `${path} can't be read: ${why}`))
  worker.on('message', (message: WholeFeedMessage) => {
    if (message.kind === 'read') ended.resolve(message.feed)
    else refuse(message.why)
  })
  worker.on('error', (error) => refuse(error instanceof Error ? error.message : String(error)))
  worker.on('exit', (code) => refuse(`its thread ended with ${code}`))
  const onAbort = (): void => ended.reject(signal.reason as Error)
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await ended.promise
  } finally {
    signal.removeEventListener('abort', onAbort)
    await worker.terminate()
  }
}
