import { messageOf, type Clock, type Hash, type Log } from '@matinee/base'
import type { HeadPack, Release } from '@matinee/catalogue'
import type { AddOptions, LeafRun, TorrentSource } from '@matinee/engine'
import { parseMetainfo, type Metainfo } from '@matinee/protocol'
import { Deadline } from '../following/source-pace.ts'
import { infoHashesOf, isSameTorrent } from './torrent-source.ts'

/** So long a film waits for its head pack; then its metadata comes from who has the film. */
const PACK_MS = 3000

/** What a head pack saves us from asking for: the torrent's description, and leaves of what a player reads first. */
export interface PackedSource {
  readonly source: TorrentSource & { readonly kind: 'metainfo' }
  readonly options: Pick<AddOptions, 'trackers' | 'webSeeds' | 'leaves'>
}

/**
 * What stands in a release's head pack. `null` = there is none in time, or it isn't this release's. Nothing in it is believed
 * that the record's info-hash doesn't prove; the engine holds the leaves to the torrent's own roots.
 */
export async function packedSource(
  release: Release,
  fetch: (signal: AbortSignal) => Promise<HeadPack | null>,
  { clock, hash, log }: { readonly clock: Clock; readonly hash: Hash; readonly log: Log },
): Promise<PackedSource | null> {
  if (release.kind !== 'release' || release.headPack === undefined) return null
  using deadline = new Deadline(clock, PACK_MS, new AbortController().signal)
  try {
    const pack = await fetch(deadline.signal)
    if (pack === null) return null
    const metainfo = parseMetainfo(pack.torrent, hash)
    if (!isSameTorrent(metainfo.infoHashes, infoHashesOf(release))) {
      log.warn('head pack is of another torrent', { release: release.id })
      return null
    }
    const webSeeds = release.webSeeds.map((url) => ({ url, learnedFrom: 'magnet' as const }))
    const leaves = leafRuns(pack, metainfo)
    return {
      source: { kind: 'metainfo', metainfo },
      options: { trackers: release.trackers, webSeeds, leaves },
    }
  } catch (error) {
    log.info('no head pack', { release: release.id, reason: messageOf(error) })
    return null
  }
}

function leafRuns({ leaves }: HeadPack, { files }: Metainfo): LeafRun[] {
  return leaves.flatMap(({ path, first, hashes }): LeafRun[] => {
    const file = files.find((each) => each.path.join('/') === path)
    return file === undefined ? [] : [{ fileIndex: file.index, firstBlock: first, hashes }]
  })
}
