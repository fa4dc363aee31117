import { messageOf, toHex, type Hash, type Log } from '@matinee/base'
import { parseManifest, readBundledFeed, type FeedId } from '@matinee/catalogue'
import { bundledFeedInput, type CatalogueStore } from '@matinee/catalogue/node'
import { readFile, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** A bundled feed that the viewer follows. */
export interface FeedPlace {
  /** Absolute; as docs/feed-format.md 7.1 has it. */
  readonly folder: string
  /** Its records may name addresses on this computer: for tests. Default false. */
  readonly allowLocal?: boolean
}

/** A feed's place with what its manifest says. */
export interface FollowedFeed {
  readonly id: FeedId
  readonly folder: string
  readonly isLocal: boolean
  /** SHA-256 of its manifest. */
  readonly version: string
}

/** Looks at the manifests of feeds. What can't be read is said to `log` and left out. */
export async function followedFeeds(
  places: readonly FeedPlace[],
  hash: Hash,
  log: Log,
): Promise<FollowedFeed[]> {
  const feeds: FollowedFeed[] = []
  for (const { folder, allowLocal } of places) {
    try {
      const bytes = new Uint8Array(await readFile(join(folder, 'feed.json')))
      const parsed = parseManifest(bytes)
      if (parsed.kind === 'newer')
        throw new Error(`it needs a reader of version ${parsed.minVersion}`)
      feeds.push({
        id: parsed.manifest.id,
        folder,
        isLocal: allowLocal ?? false,
        version: toHex(hash.sha256(bytes)),
      })
    } catch (error) {
      log.error('feed not followed', { folder, reason: messageOf(error) })
    }
  }
  return feeds
}

/**
 * Brings the catalogue up to the feeds: loads those that changed, forgets those that aren't followed any more. A feed that is
 * refused leaves its older version in place.
 */
export async function takeUpFeeds(
  store: CatalogueStore,
  feeds: readonly FollowedFeed[],
  hash: Hash,
  log: Log,
): Promise<void> {
  const stored = new Map((await store.feeds()).map(({ id, version }) => [id, version]))
  for (const id of stored.keys()) if (feeds.every((feed) => feed.id !== id)) await store.remove(id)
  for (const { id, folder, version } of feeds) {
    if (stored.get(id) === version) continue
    const read = readBundledFeed(await readFeedFolder(folder), hash)
    if (read.kind === 'feed') await store.load(bundledFeedInput(read.feed, version))
    else if (read.kind === 'refused') {
      const problems = read.problems.slice(0, 5).map(({ file, code }) => `${file} ${code}`)
      log.error('feed refused', { feed: id, problems: problems.join(', ') })
    } else log.error('feed is newer', { feed: id, version: read.version })
  }
}

async function readFeedFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(relative(folder, path).split(sep).join('/'), new Uint8Array(await readFile(path)))
  }
  return files
}
