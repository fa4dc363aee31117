/** The thread of {@link readWholeFeed}: reads one feed, says what it is, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { assert, messageOf } from '@matinee/base'
import {
  feedTorrent,
  feedTorrentFile,
  feedTorrentPaths,
  POINTER_BYTES,
  POINTER_FILE,
} from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import { checkSignedFolder, findSignedFolder } from '../feed/signed-folder.ts'
import type { WholeFeed, WholeFeedMessage } from './whole-feed.ts'

const MOST_BYTES = 16 * 1024 * 1024

async function readFeed(path: string): Promise<WholeFeed | null> {
  const found = await findSignedFolder(path)
  const version = found === null ? null : await checkSignedFolder(found)
  if (found === null || version?.kind !== 'good') return null
  const hash = systemHash()
  const files = []
  for (const name of feedTorrentPaths(version.feed, version.records).paths) {
    const bytes = await found.source(name, MOST_BYTES)
    if (bytes === null) return null
    files.push(feedTorrentFile(name, bytes, hash))
  }
  return {
    folder: found.path,
    metainfo: feedTorrent(files, hash).metainfo,
    pointer: await found.source(POINTER_FILE, POINTER_BYTES),
    decisions: version.decisions,
  }
}

assert(parentPort !== null && typeof workerData === 'string', 'it is a thread with a folder')
const port = parentPort
const say = (message: WholeFeedMessage): void => port.postMessage(message)
await readFeed(workerData).then(
  (feed) => say({ kind: 'read', feed }),
  (error: unknown) => say({ kind: 'failed', why: messageOf(error) }),
)
