import { availableParallelism } from 'node:os'
import { LIMITS, SHA1_BYTES, SHA256_BYTES, assert, spanLength } from '@matinee/base'
import {
  BLOCK_BYTES,
  encodeMetainfo,
  parseMetainfo,
  pieceLayerRoot,
  planTorrent,
} from '@matinee/protocol'
import type {
  HashedFile,
  Metainfo,
  MetainfoDraft,
  MetainfoKind,
  TorrentPlan,
} from '@matinee/protocol'
import { systemHash } from '../node/system.ts'
import { CreateError } from './create-error.ts'
import { toJobs } from './hash-job.ts'
import { hashInWorkers } from './hash-workers.ts'
import { checkPieceLength, defaultPieceLength } from './piece-length.ts'
import {
  findSourceFiles,
  refuseChanged,
  type SourceFile,
  type SourceFiles,
} from './source-files.ts'

/** What goes into a new torrent. */
export interface CreateOptions {
  /** Absolute: one file, several files, or one folder. See {@link findSourceFiles} for what is left out. */
  readonly paths: readonly string[]
  /** Default: the name of the one path. Needed with several. */
  readonly name?: string
  readonly kind: MetainfoKind
  /** A power of two from 16 KiB to 128 MiB. Default by size, 64 KiB to 4 MiB. */
  readonly pieceLength?: number
  /** v1 only: pad files bring every file to the beginning of a piece (BEP 47). Default false. */
  readonly aligned?: boolean
  /** Tiers. Default none. */
  readonly trackers?: readonly (readonly string[])[]
  readonly webSeeds?: readonly string[]
  readonly isPrivate?: boolean
  readonly comment?: string
  /** Seconds since 1970. Default: the torrent doesn't say. */
  readonly createdSeconds?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: CreateProgress) => void
  /** Threads that read and hash. Default: one less than the machine runs at once, at least one. */
  readonly workers?: number
}

/** How far the hashing is, in bytes. */
export interface CreateProgress {
  /** Read and hashed. */
  readonly doneBytes: number
  readonly totalBytes: number
}

/** A finished torrent, and where its files lie. */
export interface CreatedTorrent {
  /** The `.torrent` file. */
  readonly bytes: Uint8Array
  /** The same, parsed. */
  readonly metainfo: Metainfo
  /** Absolute paths of the files, one for each of `metainfo.files`: what seeding in place wants. */
  readonly filesFrom: readonly string[]
}

/**
 * Makes a torrent of files on this machine. Every byte is read once, in threads.
 *
 * Throws {@link CreateError} for what is wrong with the files, MetainfoError for names, URLs and sizes
 * that no torrent may have (before anything is read), and the signal's reason.
 */
export async function createTorrent(options: CreateOptions): Promise<CreatedTorrent> {
  const { paths, name, kind, signal } = options
  const found = await findSourceFiles(paths, name, signal)
  const totalBytes = found.files.reduce((sum, { length }) => sum + length, 0)
  const pieceLength = options.pieceLength ?? defaultPieceLength(totalBytes)
  checkPieceLength(pieceLength)
  const plan = planTorrent({
    kind,
    pieceLength,
    files: found.files,
    ...(options.aligned === undefined ? {} : { alignFiles: options.aligned }),
  })
  if (plan.layout.pieceCount > LIMITS.torrentPieces)
    throw new CreateError('too-large', `${plan.layout.pieceCount} pieces are too many`)
  rehearse(options, found, plan)

  const { v1Hashes, v2Hashes } = await hashPieces(options, plan, totalBytes)
  await refuseChanged(plan.files)
  const files = plan.files.map((file, index) => withHashes(file, index, plan, v2Hashes))
  const bytes = encodeMetainfo({
    ...draftOf(options, found.name, pieceLength),
    kind,
    files,
    v1Hashes: kind === 'v2' ? null : v1Hashes,
  })
  const metainfo = parseMetainfo(bytes, systemHash())
  assert(metainfo.files.length === plan.files.length, 'a torrent has the files it was made of')
  return { bytes, metainfo, filesFrom: plan.files.map(({ source }) => source) }
}

/** Everything a reader would refuse is refused before hours of hashing: with zeros for hashes. */
function rehearse(options: CreateOptions, found: SourceFiles, plan: TorrentPlan<SourceFile>): void {
  const bytes = encodeMetainfo({
    ...draftOf(options, found.name, plan.pieceLength),
    kind: 'v1',
    alignFiles: options.kind !== 'v1' || options.aligned === true,
    files: plan.files.map((file) => ({ ...file, piecesRoot: null, pieceLayer: null })),
    v1Hashes: new Uint8Array(plan.layout.pieceCount * SHA1_BYTES),
  })
  parseMetainfo(bytes, systemHash())
}

function draftOf(
  options: CreateOptions,
  name: string,
  pieceLength: number,
): Omit<MetainfoDraft, 'kind' | 'files' | 'v1Hashes'> {
  return {
    name,
    pieceLength,
    alignFiles: options.aligned ?? false,
    trackers: options.trackers ?? [],
    webSeeds: options.webSeeds ?? [],
    isPrivate: options.isPrivate ?? false,
    comment: options.comment ?? null,
    createdBy: 'Matinee',
    createdSeconds: options.createdSeconds ?? null,
  }
}

async function hashPieces(
  options: CreateOptions,
  plan: TorrentPlan<SourceFile>,
  totalBytes: number,
): Promise<{ v1Hashes: Uint8Array; v2Hashes: Uint8Array }> {
  const { kind, layout } = plan
  const v1Hashes = new Uint8Array(kind === 'v2' ? 0 : layout.pieceCount * SHA1_BYTES)
  const v2Hashes = new Uint8Array(kind === 'v1' ? 0 : layout.pieceCount * SHA256_BYTES)
  const sources = plan.files.map(({ source }) => source)
  let doneBytes = 0
  await hashInWorkers(toJobs(layout, kind, sources), {
    workers: Math.max(1, options.workers ?? availableParallelism() - 1),
    signal: options.signal,
    onRead: (byteCount) => {
      doneBytes += byteCount
      options.onProgress?.({ doneBytes, totalBytes })
    },
    onHashes: (job, hashes) => {
      if (kind !== 'v2') v1Hashes.set(hashes.v1, job.first * SHA1_BYTES)
      if (kind !== 'v1') v2Hashes.set(hashes.v2, job.first * SHA256_BYTES)
    },
  })
  return { v1Hashes, v2Hashes }
}

function withHashes(
  file: SourceFile,
  index: number,
  plan: TorrentPlan<SourceFile>,
  v2Hashes: Uint8Array,
): HashedFile {
  const { path, length } = file
  if (plan.kind === 'v1' || length === 0)
    return { path, length, piecesRoot: null, pieceLayer: null }
  const span = plan.layout.fileSpan(index)
  const first = span.start / plan.pieceLength
  const count = Math.ceil(spanLength(span) / plan.pieceLength)
  const layer = v2Hashes.slice(first * SHA256_BYTES, (first + count) * SHA256_BYTES)
  if (count === 1) return { path, length, piecesRoot: layer, pieceLayer: null }
  const pieceLevel = Math.log2(plan.pieceLength / BLOCK_BYTES)
  const piecesRoot = pieceLayerRoot(layer, pieceLevel, systemHash())
  return { path, length, piecesRoot, pieceLayer: layer }
}
