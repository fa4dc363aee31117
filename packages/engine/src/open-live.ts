import { messageOf } from '@matinee/base'
import type { InfoHashes, Metainfo } from '@matinee/protocol'
import { LiveTorrent, type LiveHost } from './live-torrent.ts'
import type { ResolvedOptions } from './options.ts'
import { LayerFiles } from './store/layer-file.ts'
import { openTorrentStore } from './store/torrent-store.ts'
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
 * lie elsewhere (`filesFrom`), is to be compared first; pieces that are there in part are dropped.
 */
export async function openLive(parts: {
  readonly options: ResolvedOptions
  readonly folder: string
  readonly metainfo: Metainfo
  readonly filesFrom: readonly string[] | undefined
  readonly leaves: readonly LeafRun[]
  readonly host: Omit<LiveHost, 'onLayer'>
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
    ...(filesFrom ? { filesFrom } : {}),
    // A checkpoint is tried again by itself; until one succeeds a restart would fetch these again.
    onTrouble: (error, lost) =>
      log.warn('state not saved', { reason: messageOf(error), blocks: lost.length }),
  })
  const files = new AsyncDisposableStack()
  files.use(store)
  files.use(layers)
  const host: LiveHost = {
    ...parts.host,
    onLayer: (fileIndex, layer) => layers.save(fileIndex, layer),
  }
  const live = new LiveTorrent({ metainfo, store, clock, hash, log, host })
  live.hashes.learn(parts.leaves)
  const doubted: number[] = []
  const trusted: number[] = []
  for (let piece = 0; piece < metainfo.layout.pieceCount; piece++) {
    const { first, end } = live.grid.dataBlocks(piece)
    let claims = 0
    let doubts = 0
    for (let block = first; block < end; block++) {
      if (store.claimed.has(block)) claims++
      if (store.doubted.has(block)) doubts++
    }
    if (filesFrom || (claims === end - first && doubts > 0)) doubted.push(piece)
    else if (claims === end - first) trusted.push(piece)
    else if (claims > 0) live.lose(piece)
  }
  live.resume(trusted)
  return { files, live, doubted }
}

/** Where a torrent's files lie: a name of our own, the first info-hash it was added by. */
export function torrentFolder(options: ResolvedOptions, infoHashes: InfoHashes): string {
  return `${options.folder}/${String(infoHashes.v1 ?? infoHashes.v2)}`
}
