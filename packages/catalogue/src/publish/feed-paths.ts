import type { WorkRecord } from '../record/work-record.ts'
import { picturePath } from '../record/picture.ts'
import { targetFileName } from '../signed/target-search.ts'
import { type VerifiedFeed, roleFile } from '../signed/verified-feed.ts'

/** feed-format 16.2: more files than that would make a torrent that many clients refuse. */
const TORRENT_FILES = 50_000

/** The files of one version of a feed by their paths, sorted by their bytes. */
export interface FeedPaths {
  readonly paths: readonly string[]
  /** False = there would have been too many: pictures and head packs aren't among them. */
  readonly hasWorkFiles: boolean
}

/**
 * The files of a version that roles sign for, and their own: every root, the snapshot, the publisher's file and the curators',
 * and all targets. The timestamp, which changes daily, isn't among them.
 */
export function signedPaths({
  root,
  snapshot,
  timestamp,
  publisher,
  curators,
}: VerifiedFeed): string[] {
  const roots = Array.from({ length: root.version }, (_, index) => roleFile('root', index + 1))
  const roles = [publisher, ...curators.map(({ role }) => role)]
  const files = roles.flatMap((role) => {
    const version = snapshot.roles.get(role.name)?.version ?? role.version
    return [roleFile(role.name, version), ...[...role.files.values()].map(targetFileName)]
  })
  return [...new Set([...roots, roleFile('snapshot', timestamp.snapshot.version), ...files])]
}

/** The files that a work brings along: its pictures, and the head packs of its releases (feed-format 10.7). */
export function workPaths({ images, releases }: Pick<WorkRecord, 'images' | 'releases'>): string[] {
  const heads = releases.flatMap((release) =>
    release.kind === 'release' && release.headPack !== undefined
      ? [`heads/${release.headPack.sha256}`]
      : [],
  )
  return [...images.map(picturePath), ...heads]
}

/**
 * What the torrent of a version of a feed holds: feed-format 16.2.
 *
 * @param records of every work that a role of the feed admits, withdrawn or not
 */
export function feedTorrentPaths(
  feed: VerifiedFeed,
  records: Iterable<Pick<WorkRecord, 'images' | 'releases'>>,
): FeedPaths {
  const book = new FeedPathBook(feed)
  for (const record of records) if (!book.add(record)) break
  return book.paths()
}

/** The same, work by work: for feeds so large that something else must have its turn meanwhile. */
export class FeedPathBook {
  readonly #signed: readonly string[]
  readonly #all: Set<string>

  constructor(feed: VerifiedFeed) {
    this.#signed = signedPaths(feed)
    this.#all = new Set(this.#signed)
  }

  /** Adds a work that a role of the feed admits. False = there are too many files, and no work's are among them. */
  add(record: Pick<WorkRecord, 'images' | 'releases'>): boolean {
    for (const path of workPaths(record)) this.#all.add(path)
    return this.#all.size <= TORRENT_FILES
  }

  paths(): FeedPaths {
    const hasWorkFiles = this.#all.size <= TORRENT_FILES
    return { paths: (hasWorkFiles ? [...this.#all] : this.#signed).toSorted(), hasWorkFiles }
  }
}
