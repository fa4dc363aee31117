import { messageOf } from '@matinee/base'
import type { InfoHashes, Metainfo } from '@matinee/protocol'
import { LiveTorrent, type LiveHost } from './live-torrent.ts'
import type { ResolvedOptions } from './options.ts'
import { LayerFiles } from './store/layer-file.ts'
import { LeafFile } from './store/leaf-file.ts'
import { openTorrentStore, type TorrentStore } from './store/torrent-store.ts'
import type { LeafRun } from './verify/leaf-run.ts'

/** A torrent's files, opened. */
export interface OpenedTorrent {
  /** Waits for what is being written, and closes everything. */
  readonly files: AsyncDisposable
  readonly live: LiveTorrent
  /** Pieces that may be there and must be compared with their hashes before they count. */
  readonly doubted: readonly number[]
}

/**
 * Opens the files of a torrent. After a clean end what the resume state claims is ours at once
 * (and compared when it is first read). What may have changed since, and everything in files that
 * lie elsewhere (`filesFrom`) when they are first opened, is to be compared first. Of pieces that are there in part those blocks count
 * whose leaves were kept; after an unclean end they are compared in here.
 */
export async function openLive(parts: {
  readonly options: ResolvedOptions
  readonly folder: string
  readonly metainfo: Metainfo
  readonly filesFrom: readonly string[] | undefined
  /** We closed the files ourselves since the torrent was added: what they were is what they are. */
  readonly isAgain: boolean
  readonly leaves: readonly LeafRun[]
  readonly host: Omit<LiveHost, 'onLayer' | 'onLeaves'>
}): Promise<OpenedTorrent> {
  const { options, folder, filesFrom } = parts
  const { disk, clock, log, hash } = options
  const layers = new LayerFiles({ disk, hash, log, folder })
  const metainfo = await layers.addTo(parts.metainfo)
  const store = await openTorrentStore({
    disk,
    clock,
    log,
    hash,
    folder,
    metainfo,
    sectionBytes: options.sectionBytes,
    ...(filesFrom ? { filesFrom } : {}),
    // A checkpoint is tried again by itself; until one succeeds a restart would fetch these again.
    onTrouble: (error, lost) =>
      log.warn('state not saved', { reason: messageOf(error), blocks: lost.length }),
  })
  const files = new AsyncDisposableStack()
  files.use(store)
  files.use(layers)
  const leaves = new LeafFile({ disk, log, folder })
  const host: LiveHost = {
    ...parts.host,
    onLayer: (fileIndex, layer) => layers.save(fileIndex, layer),
    onLeaves: (pages) => leaves.save(pages),
  }
  const live = new LiveTorrent({
    metainfo,
    store,
    isOurs: filesFrom === undefined,
    clock,
    hash,
    log,
    host,
  })
  live.hashes.learn(parts.leaves)
  live.trees.learnPages(await leaves.load())
  files.use(leaves)
  files.defer(() => leaves.save(live.leafPages))
  const { doubted, doubtedBlocks } = sortClaims(
    live,
    store,
    filesFrom !== undefined && !parts.isAgain,
  )
  await live.adoptBlocks(doubtedBlocks)
  return { files, live, doubted }
}

/** Takes what can be believed at once; says what has to be compared first. */
function sortClaims(
  live: LiveTorrent,
  { claimed, doubted: doubts }: TorrentStore,
  isUnknown: boolean,
): { readonly doubted: readonly number[]; readonly doubtedBlocks: readonly number[] } {
  const { grid } = live.holdings
  const doubted: number[] = []
  const doubtedBlocks: number[] = []
  for (let piece = 0; piece < grid.pieceCount; piece++) {
    const { first, end } = grid.dataBlocks(piece)
    const claims: number[] = []
    for (let block = first; block < end; block++) if (claimed.has(block)) claims.push(block)
    const isDoubted = claims.some((block) => doubts.has(block))
    const isWhole = claims.length === end - first
    if (isUnknown || (isWhole && isDoubted)) {
      doubted.push(piece)
      continue
    }
    const provable = isWhole ? claims : claims.filter((block) => live.trees.leaf(block) !== null)
    if (!isWhole) live.forget(claims.filter((block) => live.trees.leaf(block) === null))
    if (isDoubted) doubtedBlocks.push(...provable)
    else live.resume(provable)
  }
  return { doubted, doubtedBlocks }
}

/** Where a torrent's files lie: a name of our own, the first info-hash it was added by. */
export function torrentFolder(options: ResolvedOptions, infoHashes: InfoHashes): string {
  return `${options.folder}/${String(infoHashes.v1 ?? infoHashes.v2)}`
}
