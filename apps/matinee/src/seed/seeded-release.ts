import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { LIMITS, messageOf } from '@matinee/base'
import {
  deniesRights,
  parseReleaseId,
  parseWorkId,
  type PublishedWork,
  type ReleaseId,
  type WorkId,
} from '@matinee/catalogue'
import { systemHash } from '@matinee/engine/system'
import { parseMetainfo, type Metainfo } from '@matinee/protocol'
import { readDecisions } from '../publisher/decisions.ts'
import type { PublisherFolder } from '../publisher/publisher-folder.ts'

/** A release of a publisher, as it lies on the disk. */
export interface SeededRelease {
  readonly work: WorkId
  readonly release: ReleaseId
  /** Absolute: what both torrents are made of. */
  readonly filesFolder: string
  readonly hybrid: SeededTorrent
  readonly twin: SeededTorrent
}

/** One torrent of a release. */
export interface SeededTorrent {
  readonly metainfo: Metainfo
  /** The .torrent file. */
  readonly bytes: Uint8Array
}

/** What is to be given out, and what isn't. */
export interface FoundReleases {
  readonly releases: readonly SeededRelease[]
  /** Works whose seeding was forbidden: a court's order, an upheld notice, an error about the licence. */
  readonly withdrawn: readonly WorkId[]
  /** `<work>/<release>` that no record with confirmed rights names. */
  readonly unconfirmed: readonly string[]
  /** What can't be given out, and why, in sentences. */
  readonly faults: readonly string[]
}

/**
 * Every release in a publisher's folder that may be given out: a person confirmed its rights in the work's record, and no
 * decision forbids it (feed-format 14.3). It needn't be published yet. Throws PublisherError and DiskError.
 */
export async function findReleases(folder: PublisherFolder): Promise<FoundReleases> {
  const unseeded = new Set<string>()
  for (const { work, state, effect } of await readDecisions(folder))
    if (state === 'revoked' && effect !== 'delisted') unseeded.add(work)
  const releases: SeededRelease[] = []
  const withdrawn: WorkId[] = []
  const unconfirmed: string[] = []
  const faults: string[] = []
  const root = join(folder.path, 'releases')
  for (const work of (await namesIn(root)).flatMap((name) => parseWorkId(name) ?? [])) {
    if (unseeded.has(work)) {
      withdrawn.push(work)
      continue
    }
    // What is being made has other names.
    for (const release of (await namesIn(join(root, work))).flatMap(
      (name) => parseReleaseId(name) ?? [],
    )) {
      try {
        const found = await readRelease(folder, work, release)
        if (isConfirmed(await folder.work(work), found)) releases.push(found)
        else unconfirmed.push(`${work}/${release}`)
      } catch (error) {
        faults.push(`${work}/${release}: ${messageOf(error)}`)
      }
    }
  }
  return { releases, withdrawn, unconfirmed, faults }
}

/** Whether the work's record names these very bytes, and a verified entry about them says that the film is free. */
function isConfirmed(work: PublishedWork | null, { release, hybrid }: SeededRelease): boolean {
  const named = work?.record.releases.find(({ id }) => id === release)
  if (work === null || named?.kind !== 'release') return false
  const v2: string = named.infoHashes.v2
  return (
    v2 === hybrid.metainfo.infoHashes.v2 &&
    work.record.rights.some(
      (entry) =>
        entry.component === 'film' &&
        entry.verified &&
        !deniesRights(entry) &&
        (entry.covers.length === 0 || entry.covers.some((hash) => hash === v2)),
    )
  )
}

async function readRelease(
  folder: PublisherFolder,
  work: WorkId,
  release: ReleaseId,
): Promise<SeededRelease> {
  const place = folder.releaseFolder(work, release)
  return {
    work,
    release,
    filesFolder: join(place, 'files'),
    hybrid: await readTorrent(join(place, 'hybrid.torrent')),
    twin: await readTorrent(join(place, 'v1.torrent')),
  }
}

async function readTorrent(path: string): Promise<SeededTorrent> {
  const { size } = await stat(path)
  if (size > LIMITS.metainfoBytes) throw new Error(`${path} is too large for a torrent`)
  const bytes = new Uint8Array(await readFile(path))
  return { metainfo: parseMetainfo(bytes, systemHash()), bytes }
}

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = await readdir(folder).catch(() => [])
  return names.toSorted()
}
