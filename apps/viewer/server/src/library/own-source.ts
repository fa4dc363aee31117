/** Every copy of the program gives its own source to others, when a feed that it follows names just that (feed-format 12.7). */
import { messageOf, type Log } from '@matinee/base'
import type { FeedHead, Sha256Text } from '@matinee/catalogue'
import type { Engine } from '@matinee/engine'
import type { Metainfo } from '@matinee/protocol'

/** An archive of source on the disk, and its torrent. */
export interface SourceTorrent {
  readonly metainfo: Metainfo
  /** Absolute: the archive. */
  readonly path: string
}

/** The source of this copy of the program. */
export interface OwnSource {
  readonly version: string
  /** The feed that this copy was published in, by its fingerprint; null = none, and nobody announces a newer one. */
  readonly publishedIn: Sha256Text | null
  /** Finds the archive and its torrent in the data folder, or makes them there. Throws what the file system throws. */
  readonly open: (signal: AbortSignal) => Promise<SourceTorrent>
}

/** What giving it out needs. */
export interface SourceGiving {
  readonly source: OwnSource
  /** Of the feeds that are followed. */
  readonly heads: readonly Pick<FeedHead, 'source'>[]
  /** Null = the viewer wants no swarm. */
  readonly engine: () => Promise<Engine | null>
  readonly log: Log
  readonly signal: AbortSignal
}

/**
 * Gives the source out where a feed names it; resolves with whether it does. A copy that somebody changed makes another
 * archive than the one that is named, and gives nothing. Never rejects.
 */
export async function giveSource(giving: SourceGiving): Promise<boolean> {
  const { source, heads, engine, log, signal } = giving
  const named = heads.flatMap((head) =>
    head.source?.version === source.version ? [String(head.source.infoHash)] : [],
  )
  if (named.length === 0) return false
  try {
    const { metainfo, path } = await source.open(signal)
    if (!named.includes(String(metainfo.infoHashes.v2))) {
      log.info('the source is not the one that a feed names', { version: source.version })
      return false
    }
    const opened = await engine()
    if (opened === null || signal.aborted) return false
    opened.add({ kind: 'metainfo', metainfo }, { filesFrom: [path] })
    return true
  } catch (error) {
    if (!signal.aborted) log.warn('the source is not given out', { reason: messageOf(error) })
    return false
  }
}
