/**
 * A cinema on a stick: a folder with a feed in `feed/` and releases in `releases/<work>/<release>/`, which are played from
 * where they lie and passed on like any other film.
 */
import { LIMITS, messageOf, type Hash, type Log } from '@matinee/base'
import {
  ROLE_LIMITS,
  followedFeedId,
  parseReleaseId,
  parseSha256,
  parseWorkId,
  type FeedId,
} from '@matinee/catalogue'
import { parseMetainfo, type Metainfo } from '@matinee/protocol'
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { MOST_SOURCES, type FollowedEntry, type FollowingFile } from './following/following-file.ts'
import type { OwnTorrent } from './streams/torrent-desk-options.ts'

/** More than anybody carries around; each is read at the start. */
const MOST_RELEASES = 2000

/** The torrents of a stick's releases. What can't be read is said to `log` and left out. */
export async function stickTorrents(
  stick: string,
  hash: Hash,
  log: Log,
): Promise<readonly OwnTorrent[]> {
  const torrents: OwnTorrent[] = []
  for (const folder of (await releaseFolders(join(stick, 'releases'))).slice(0, MOST_RELEASES))
    try {
      const metainfo = await readTorrent(join(folder, 'hybrid.torrent'), hash)
      const filesFrom = metainfo.files.map(({ path }) => join(folder, 'files', ...path))
      torrents.push({ metainfo, startingPoints: () => Promise.resolve({ filesFrom, dht: true }) })
    } catch (error) {
      log.warn('a release of the stick can’t be played', { folder, reason: messageOf(error) })
    }
  return torrents
}

/** The feed of a stick. */
export interface StickFeed {
  readonly id: FeedId
  /** Its first root, for a follower who knows nothing of it yet. */
  readonly root: Uint8Array
}

/**
 * Follows the feed of a stick first of all: whoever starts a program from a stick trusts it as far already. Where it lay
 * the last time is forgotten. `null` = there is no feed.
 */
export async function followStick(stick: string, file: FollowingFile): Promise<StickFeed | null> {
  const folder = join(stick, 'feed')
  const root = await readCapped(join(folder, 'metadata/1.root.json'), ROLE_LIMITS.root.bytes)
  if (root === null) return null
  const fingerprint = parseSha256(createHash('sha256').update(root).digest('hex'))
  if (fingerprint === null) return null
  const known = file.current.feeds.find((each) => each.fingerprint === fingerprint)
  const others = await placesThere((known?.sources ?? []).filter((each) => each !== folder))
  const sources = [folder, ...others].slice(0, MOST_SOURCES)
  const entry: FollowedEntry = { decidesSafety: false, ...known, fingerprint, sources }
  const id = followedFeedId(fingerprint)
  await file.change((now) => ({
    ...now,
    feeds: [entry, ...now.feeds.filter((each) => each.fingerprint !== fingerprint)],
    order: now.order.includes(id) ? now.order : [id, ...now.order],
  }))
  return { id, root }
}

/** Without folders that are gone. */
async function placesThere(places: readonly string[]): Promise<string[]> {
  const there: string[] = []
  for (const place of places)
    if (!isAbsolute(place) || (await stat(place).catch(() => null)) !== null) there.push(place)
  return there
}

async function releaseFolders(root: string): Promise<string[]> {
  const folders: string[] = []
  for (const work of await namesIn(root)) {
    if (parseWorkId(work) === null) continue
    for (const release of await namesIn(join(root, work)))
      if (parseReleaseId(release) !== null) folders.push(join(root, work, release))
  }
  return folders
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch((): string[] => [])).toSorted()
}

/** Throws MetainfoError, and what the file system throws. */
async function readTorrent(path: string, hash: Hash): Promise<Metainfo> {
  const bytes = await readCapped(path, LIMITS.metainfoBytes)
  if (bytes === null) throw new Error('its torrent is missing, or too large')
  return parseMetainfo(bytes, hash)
}

async function readCapped(path: string, maxBytes: number): Promise<Uint8Array | null> {
  const facts = await stat(path).catch(() => null)
  if (facts === null || !facts.isFile() || facts.size > maxBytes) return null
  return new Uint8Array(await readFile(path))
}
