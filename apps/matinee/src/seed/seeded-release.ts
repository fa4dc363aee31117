import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { LIMITS, messageOf } from '@matinee/base'
import {
  PUBLISHER,
  decisionsByWork,
  deniesRights,
  parseReleaseId,
  parseWorkId,
  standingUnder,
  type PublishedWork,
  type ReleaseId,
  type Revocation,
  type RevocationMemory,
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

/** Looks into a publisher's folder, again and again; what didn't change isn't read twice. */
export class ReleaseFinder {
  readonly #folder: PublisherFolder
  #torrents = new Map<string, KeptTorrent>()

  constructor(folder: PublisherFolder) {
    this.#folder = folder
  }

  /**
   * Every release that may be given out: a person confirmed its rights in the work's record, and no decision forbids it
   * (feed-format 14.3). It needn't be published yet. Throws PublisherError and DiskError.
   *
   * @param published what all roles decided in the version that is published: curators decide about what they may admit,
   * whoever's record it is (feed-format 14.5)
   */
  async find(published: RevocationMemory): Promise<FoundReleases> {
    const folder = this.#folder
    const unseeded = unseededBy(await readDecisions(folder), published)
    const releases: SeededRelease[] = []
    const withdrawn: WorkId[] = []
    const unconfirmed: string[] = []
    const faults: string[] = []
    const torrents = new Map<string, KeptTorrent>()
    const root = join(folder.path, 'releases')
    for (const work of (await namesIn(root)).flatMap((name) => parseWorkId(name) ?? [])) {
      if (unseeded.has(work)) {
        withdrawn.push(work)
        continue
      }
      // What is being made has other names.
      const names = await namesIn(join(root, work))
      for (const release of names.flatMap((name) => parseReleaseId(name) ?? [])) {
        try {
          const found = await this.#read(work, release, torrents)
          if (isConfirmed(await folder.work(work), found)) releases.push(found)
          else unconfirmed.push(`${work}/${release}`)
        } catch (error) {
          faults.push(`${work}/${release}: ${messageOf(error)}`)
        }
      }
    }
    this.#torrents = torrents
    return { releases, withdrawn, unconfirmed, faults }
  }

  async #read(
    work: WorkId,
    release: ReleaseId,
    torrents: Map<string, KeptTorrent>,
  ): Promise<SeededRelease> {
    const place = this.#folder.releaseFolder(work, release)
    const read = async (name: string): Promise<SeededTorrent> => {
      const path = join(place, name)
      const { size, mtimeMs } = await stat(path)
      const known = this.#torrents.get(path)
      const isKnown = known !== undefined && known.size === size && known.modifiedMs === mtimeMs
      const torrent = isKnown ? known.torrent : await readTorrent(path, size)
      torrents.set(path, { torrent, size, modifiedMs: mtimeMs })
      return torrent
    }
    return {
      work,
      release,
      filesFolder: join(place, 'files'),
      hybrid: await read('hybrid.torrent'),
      twin: await read('v1.torrent'),
    }
  }
}

interface KeptTorrent {
  readonly torrent: SeededTorrent
  readonly size: number
  readonly modifiedMs: number
}

/** Works that may not be given out: of the publisher's own decisions the newest counts, be it published or not. */
function unseededBy(own: readonly Revocation[], published: RevocationMemory): ReadonlySet<WorkId> {
  const others = published.filter(({ authority }) => authority !== PUBLISHER)
  const all = [...others, ...own.map((revocation) => ({ authority: PUBLISHER, revocation }))]
  const found = new Set<WorkId>()
  for (const [work, decisions] of decisionsByWork(all))
    if (!standingUnder(decisions).isSeeded) found.add(work)
  return found
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

async function readTorrent(path: string, size: number): Promise<SeededTorrent> {
  if (size > LIMITS.metainfoBytes) throw new Error(`${path} is too large for a torrent`)
  const bytes = new Uint8Array(await readFile(path))
  return { metainfo: parseMetainfo(bytes, systemHash()), bytes }
}

async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = await readdir(folder).catch(() => [])
  return names.toSorted()
}
