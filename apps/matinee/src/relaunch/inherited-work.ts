/** A work of a feed's copy, with the files that came along, and without those that didn't. */
import { join } from 'node:path'
import { utf8Bytes } from '@matinee/base'
import {
  CatalogueError,
  HEAD_PACK_BYTES,
  IMAGE_LIMITS,
  type JsonObject,
  type PackLine,
  type PublishedWork,
  TrustError,
  type WorkRecord,
  parseRecord,
  pictureProblem,
  picturePath,
  readHeadPack,
  readWorkSource,
  type ReleaseId,
} from '@matinee/catalogue'
import { systemFeedCrypto, systemSignatures } from '@matinee/catalogue/node'
import { writeDurably } from '../publisher/durable-file.ts'
import type { FeedSource } from '../publisher/feed-source.ts'
import type { PublisherFolder, WorkOrder } from '../publisher/publisher-folder.ts'
import { packedTorrents } from './packed-torrents.ts'

/** What became of a work. */
export type InheritedWork =
  | {
      readonly kind: 'kept'
      /** Releases whose torrent came along. */
      readonly torrents: number
      /** Pictures and head packs that the copy didn't have. */
      readonly missing: number
    }
  | { readonly kind: 'left-out'; readonly why: string }

const CRYPTO = systemFeedCrypto()
const ENVELOPE_START = '{"payload":"'

/** Puts a work into a publisher's folder. Throws what the folder and the source throw. */
export async function inheritWork(
  folder: PublisherFolder,
  source: FeedSource,
  line: PackLine,
): Promise<InheritedWork> {
  const read = readLine(line)
  if (typeof read === 'string') return { kind: 'left-out', why: read }
  const images = await picturesOf(read.record, source)
  const heads = await headPacksOf(read.record, source)
  const missing = missingIn(read.record, images, heads)
  // What a maker signed stays as it is, or stays away.
  if (missing > 0 && read.makers.length > 0)
    return { kind: 'left-out', why: 'its maker signed for files that the copy doesn’t have' }
  const { id } = read
  const order: WorkOrder =
    read.makers.length > 0
      ? { id, envelope: read.bytes, images }
      : {
          id,
          record: missing === 0 ? read.record : withoutMissing(read.record, images, heads),
          images,
        }
  let torrents = 0
  for (const [release, bytes] of heads) {
    const place = folder.releaseFolder(id, release)
    await writeDurably(folder.disk, join(place, 'head-pack'), bytes)
    const named = read.record.releases.find((each) => each.id === release)
    const packed = named === undefined ? null : packedTorrents(bytes, named)
    if (packed === null) continue
    const { hybrid, twin } = packed
    await writeDurably(folder.disk, join(place, 'hybrid.torrent'), hybrid)
    if (twin !== null) await writeDurably(folder.disk, join(place, 'v1.torrent'), twin)
    torrents++
  }
  await folder.putWork(order)
  return { kind: 'kept', torrents, missing }
}

/** A work of a copy as it is; `null` = this program can't read it. */
export function readInherited(line: PackLine): PublishedWork | null {
  const read = readLine(line)
  return typeof read === 'string' ? null : read
}

/** The work, or why it can't be taken over. */
function readLine({ id, bytes }: PackLine): PublishedWork | string {
  const start = new TextDecoder().decode(bytes.subarray(0, ENVELOPE_START.length))
  const kind = start === ENVELOPE_START ? 'envelope' : 'record'
  try {
    const work = readWorkSource({ kind, bytes }, `works/${id}`, systemSignatures())
    return work.id === id ? work : 'its record carries another id'
  } catch (error) {
    if (error instanceof CatalogueError || error instanceof TrustError) return error.message
    throw error
  }
}

async function picturesOf(
  record: WorkRecord,
  source: FeedSource,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const images = new Map<string, Uint8Array>()
  for (const picture of record.images) {
    const path = picturePath(picture)
    const bytes = await source(path, IMAGE_LIMITS.bytes)
    if (bytes !== null && pictureProblem(picture, bytes, CRYPTO) === null)
      images.set(path.replace('images/', ''), bytes)
  }
  return images
}

async function headPacksOf(
  record: WorkRecord,
  source: FeedSource,
): Promise<ReadonlyMap<ReleaseId, Uint8Array>> {
  const heads = new Map<ReleaseId, Uint8Array>()
  for (const release of record.releases) {
    if (release.kind !== 'release' || release.headPack === undefined) continue
    const { sha256 } = release.headPack
    const bytes = await source(`heads/${sha256}`, HEAD_PACK_BYTES)
    const isIt = bytes !== null && CRYPTO.sha256(bytes).toHex() === sha256
    if (isIt && readHeadPack(bytes) !== null) heads.set(release.id, bytes)
  }
  return heads
}

function missingIn(
  record: WorkRecord,
  images: ReadonlyMap<string, Uint8Array>,
  heads: ReadonlyMap<ReleaseId, Uint8Array>,
): number {
  const named = record.releases.filter(
    (release) => release.kind === 'release' && release.headPack !== undefined,
  )
  return record.images.length - images.size + named.length - heads.size
}

/** The record without what the copy doesn't have: a feed never names a file that it can't give. */
function withoutMissing(
  record: WorkRecord,
  images: ReadonlyMap<string, Uint8Array>,
  heads: ReadonlyMap<ReleaseId, Uint8Array>,
): WorkRecord {
  const fields = JSON.parse(JSON.stringify(record)) as JsonObject
  const kept = record.images.filter((each) => images.has(picturePath(each).replace('images/', '')))
  const releases = record.releases.map((release) => {
    if (release.kind !== 'release' || heads.has(release.id)) return release
    const { headPack: _, ...rest } = release
    return rest
  })
  const parsed = parseRecord(utf8Bytes(JSON.stringify({ ...fields, images: kept, releases })))
  if (parsed.kind !== 'record') throw new Error('a record of our own version stays one')
  return parsed.record
}
