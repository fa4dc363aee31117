import type { LiveTorrent } from '../live-torrent.ts'
import type { ResolvedOptions } from '../options.ts'
import type { SourceId } from '../pick/block-source.ts'
import { WebSeeds, type WebSeedOrigin } from './web-seeds.ts'

/** Makes the web seeds of a torrent sources of its download. */
export function joinWebSeeds(parts: {
  readonly live: LiveTorrent
  readonly origins: readonly WebSeedOrigin[]
  readonly options: ResolvedOptions
  readonly onWrong: (id: SourceId, reason: string) => void
}): WebSeeds {
  const { metainfo, holdings, downloader } = parts.live
  const { clock, log, network } = parts.options
  const webSeeds = new WebSeeds(parts.origins, {
    metainfo,
    grid: holdings.grid,
    http: network.http,
    clock,
    log,
    host: {
      onBlock: (id, block, bytes) => downloader.onBlock(id, block, bytes),
      onRejected: (id, block) => void downloader.onRejected(id, block),
      onReady: (id) => downloader.onReady(id),
      onWrong: parts.onWrong,
      beforeRequests: (blocks) => parts.live.askForHashes(blocks),
    },
  })
  for (const seed of webSeeds.all) downloader.join(seed)
  return webSeeds
}
