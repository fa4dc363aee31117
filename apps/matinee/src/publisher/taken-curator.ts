/**
 * What curators hand in: a folder of a feed with one role in it. The publisher looks through it, keeps a copy under
 * `curators/<name>/`, and lets the next snapshot name it.
 */
import { join } from 'node:path'
import {
  type CuratorOrder,
  type FeedCrypto,
  type SignedTargets,
  type TargetsRole,
  type WorkRecord,
  isOfPattern,
  pictureProblem,
  picturePath,
  readEdition,
  readSignedWork,
  roleFile,
  targetFileName,
  workPaths,
} from '@matinee/catalogue'
import { systemFeedCrypto } from '@matinee/catalogue/node'
import { type FeedSource, checkSource, folderSource } from './feed-source.ts'
import { newestCuratorFile, refusalOf } from './curator-role.ts'
import { type NextFiles, feedFileNames } from './next-files.ts'
import { PublisherError } from './publisher-error.ts'
import type { PublisherFolder } from './publisher-folder.ts'

/** What a curator handed in last. */
export interface TakenCurator {
  readonly signed: SignedTargets
  /** Puts their files into the next version. */
  copyTo(next: NextFiles): Promise<void>
}

/** What came of taking in what a curator hands in. */
export interface CuratorTaking {
  readonly version: number
  readonly works: number
  /** Works that no reader takes from them, and why. */
  readonly leftOut: readonly string[]
}

const CRYPTO: FeedCrypto = systemFeedCrypto()
const MOST_BYTES = 16 * 1024 * 1024

/** What the curators handed in; of one who handed in nothing yet, nothing. Throws {@link PublisherError}. */
export async function takenCurators(
  folder: PublisherFolder,
  curators: readonly CuratorOrder[],
): Promise<readonly TakenCurator[]> {
  const taken: TakenCurator[] = []
  for (const curator of curators) {
    const own = folder.curatorFolder(curator.name)
    const source = folderSource(folder.disk, own)
    const found = await newestCuratorFile(folder, curator, own)
    if (found === null) continue
    const { role, bytes } = found
    const paths = await feedFileNames(folder, own)
    taken.push({
      signed: { role: curator.name, version: role.version, bytes },
      copyTo: async (next) => {
        for (const path of paths) {
          const content = await source(path, MOST_BYTES)
          if (content !== null) await next.add(path, content)
        }
      },
    })
  }
  return taken
}

/**
 * Looks through what a curator hands in, and keeps it in the place of what was there. Throws {@link PublisherError} `refused`, and
 * then nothing has changed.
 *
 * @param from the folder, as a feed's
 */
export async function takeCurator(
  folder: PublisherFolder,
  curator: CuratorOrder,
  from: string,
): Promise<CuratorTaking> {
  const { name } = curator
  const given = await newestCuratorFile(folder, curator, from)
  if (given === null)
    throw new PublisherError('refused', `${from} holds no file of the curator ${name}`)
  const own = folder.curatorFolder(name)
  // One that an older key signed counts for nothing any more.
  const before = await newestCuratorFile(folder, curator, own).catch(() => null)
  const { role, bytes } = given
  if (before !== null && role.version <= before.role.version)
    throw new PublisherError(
      'refused',
      `version ${role.version} of ${name} is no newer than ${before.role.version}, which is here: ask them for the newest`,
    )
  const source = folderSource(folder.disk, from)
  const { records, leftOut } = await readWorks(curator, role, source)
  const files = new Map<string, Uint8Array>()
  for (const target of role.files.values())
    files.set(targetFileName(target), await wanted(source, targetFileName(target), target.sha256))
  for (const record of records)
    for (const path of workPaths(record)) files.set(path, await workFile(source, path, record))
  for (const [path, content] of files) await folder.write(join('curators', name, path), content)
  // What names the others comes last.
  const path = roleFile(name, role.version)
  await folder.write(join('curators', name, path), bytes)
  for (const old of await feedFileNames(folder, own))
    if (old !== path && !files.has(old)) await folder.remove(join('curators', name, old))
  return { version: role.version, works: records.length, leftOut }
}

async function readWorks(
  { paths }: CuratorOrder,
  role: TargetsRole,
  source: FeedSource,
): Promise<{ readonly records: readonly WorkRecord[]; readonly leftOut: readonly string[] }> {
  const records: WorkRecord[] = []
  const leftOut: string[] = []
  const check = readEdition(role, CRYPTO, (line) => {
    const file = `works/${line.id}`
    const read = readSignedWork(line, file, CRYPTO)
    if (!paths.some((pattern) => isOfPattern(file, pattern)))
      leftOut.push(`${file} is outside of what they may sign for`)
    else if (read.kind === 'work') records.push(read.work.record)
    else
      leftOut.push(`${file} ${read.kind === 'wrong' ? read.refusal.why : 'needs a newer Matinee'}`)
  })
  try {
    await checkSource(check, source)
  } catch (error) {
    throw refusalOf(error)
  }
  return { records, leftOut }
}

async function workFile(source: FeedSource, path: string, record: WorkRecord): Promise<Uint8Array> {
  const picture = record.images.find((each) => picturePath(each) === path)
  if (picture === undefined) return await wanted(source, path, path.slice('heads/'.length))
  const bytes = await source(path, MOST_BYTES)
  const problem = pictureProblem(picture, bytes ?? undefined, CRYPTO)
  if (bytes !== null && problem === null) return bytes
  throw new PublisherError('refused', `${path} of ${record.id} ${problem?.why ?? 'is not there'}`)
}

async function wanted(source: FeedSource, path: string, sha256: string): Promise<Uint8Array> {
  const bytes = await source(path, MOST_BYTES)
  if (bytes !== null && CRYPTO.sha256(bytes).toHex() === sha256) return bytes
  throw new PublisherError('refused', `${path} isn't there as it was signed for`)
}
