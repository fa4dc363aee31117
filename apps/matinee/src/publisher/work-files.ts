import {
  type Picture,
  type PublishedWork,
  type ReleaseId,
  pictureProblem,
  picturePath,
  readHeadPack,
  HEAD_PACK_BYTES,
  isOfferable,
  type WorkId,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { join } from 'node:path'
import { readCapped } from './durable-file.ts'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'

/** A file that a work brings into the feed. */
export interface WorkFile {
  /** Its path there. */
  readonly path: string
  /** What it is in the publisher's folder. */
  readonly from:
    | { readonly kind: 'picture'; readonly work: WorkId; readonly picture: Picture }
    | {
        readonly kind: 'head'
        readonly work: WorkId
        readonly release: ReleaseId
        readonly sha256: string
        readonly length: number
      }
}

const CRYPTO = systemFeedCrypto()

/** A work that is to be published, and the files that it brings along. */
export interface CollectedWork {
  readonly work: PublishedWork
  readonly files: readonly WorkFile[]
}

/** All works of a folder. Throws {@link PublisherError} `work` that names every one that can't be published. */
export async function collectWorks(folder: PublisherFolder): Promise<readonly CollectedWork[]> {
  const collected: CollectedWork[] = []
  const problems: string[] = []
  for await (const work of folder.works()) {
    // feed-format 12.5
    if (isOfferable(work.record)) collected.push({ work, files: workFiles(work) })
    else problems.push(`works/${work.id} has no release, or no verified right to show the film`)
  }
  if (problems.length === 0) return collected
  const named = problems.slice(0, 10).join('; ')
  const more = problems.length > 10 ? `; and ${problems.length - 10} more` : ''
  throw new PublisherError(
    'work',
    `${named}${more}: mend their records, or take them out of works/`,
  )
}

/** The files that a work brings into the feed. */
function workFiles({ id, record }: PublishedWork): readonly WorkFile[] {
  const pictures = record.images.map((picture): WorkFile => ({
    path: picturePath(picture),
    from: { kind: 'picture', work: id, picture },
  }))
  const heads = record.releases.flatMap((release): WorkFile[] => {
    if (release.kind !== 'release' || release.headPack === undefined) return []
    const { sha256, length } = release.headPack
    return [
      {
        path: `heads/${sha256}`,
        from: { kind: 'head', work: id, release: release.id, sha256, length },
      },
    ]
  })
  return [...pictures, ...heads]
}

/** The bytes of a file of a work, checked as a reader checks them. Throws {@link PublisherError} that says what lacks. */
export async function readWorkFile(
  folder: PublisherFolder,
  { path, from }: WorkFile,
): Promise<Uint8Array> {
  if (from.kind === 'picture') {
    const bytes = await folder.picture(from.work, from.picture)
    const problem = pictureProblem(from.picture, bytes ?? undefined, CRYPTO)
    if (bytes !== null && problem === null) return bytes
    throw new PublisherError(
      'picture',
      `works/${from.work}/${path} ${problem?.why ?? 'is not there'}`,
    )
  }
  const file = join(folder.releaseFolder(from.work, from.release), 'head-pack')
  const bytes = await readCapped(folder.disk, file, HEAD_PACK_BYTES)
  if (bytes === null)
    throw new PublisherError('head-pack', `${file} is not there: build the release anew`)
  if (bytes.length !== from.length || CRYPTO.sha256(bytes).toHex() !== from.sha256)
    throw new PublisherError(
      'head-pack',
      `${file} is not the one that the record of ${from.work} names`,
    )
  if (readHeadPack(bytes) === null) throw new PublisherError('head-pack', `${file} is no head pack`)
  return bytes
}
