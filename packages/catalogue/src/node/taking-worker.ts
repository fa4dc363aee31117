/** The thread that takes one version of a followed feed and ends. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { assert } from '@matinee/base'
import { openTrustedFiles } from '../signed/verified-feed.ts'
import { storeErrorOf } from './catalogue-store-error.ts'
import { takeVersion } from './feed-version.ts'
import { FollowedFeedFile } from './followed-feed-file.ts'
import { systemFeedCrypto } from './system.ts'
import type { FetchedFile, TakingData, TakingMessage } from './version-taking.ts'

/** Below whoever waits for an answer. */
const BACKGROUND = 10
// Elsewhere the call would be about the whole process.
if (process.platform === 'linux') setPriority(BACKGROUND)

const { path, files } = workerData as TakingData
const port = parentPort
const waiting = new Map<number, (bytes: Uint8Array | null) => void>()
let next = 0

function tell(message: TakingMessage): void {
  assert(port !== null, 'versions are taken in a thread')
  port.postMessage(message)
}

port?.on('message', ({ id, bytes }: FetchedFile) => {
  waiting.get(id)?.(bytes)
  waiting.delete(id)
})

try {
  const crypto = systemFeedCrypto()
  // Checked by whoever refreshed; here only read again.
  const feed = openTrustedFiles(files, crypto)
  assert(feed !== null, 'a refresh that was good opens again')
  using file = new FollowedFeedFile(path)
  const taken = await takeVersion(file, { feed, files }, fetchFile, crypto)
  tell({ kind: 'taken', taken })
} catch (error) {
  const { code, message } = storeErrorOf(path, error)
  tell({ kind: 'failed', code, message })
}

function fetchFile(wanted: Parameters<Parameters<typeof takeVersion>[2]>[0]) {
  const id = next++
  const { promise, resolve } = Promise.withResolvers<Uint8Array | null>()
  waiting.set(id, resolve)
  tell({ kind: 'file', id, wanted })
  return promise
}
