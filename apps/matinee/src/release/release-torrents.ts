import {
  defaultPieceLength,
  createTorrent,
  v1TwinOf,
  type CreatedTorrent,
} from '@matinee/engine/create'
import { MIB } from '@matinee/base'
import { fileNameOf } from '../file-name.ts'
import type { ReleaseOrder } from './release-order.ts'

/** The two torrents of a release, over the same files. */
export interface ReleaseTorrents {
  readonly hybrid: CreatedTorrent
  /** v1 only, for programs that can't read hybrid ones. */
  readonly twin: CreatedTorrent
}

/** A piece costs 52 bytes in a hybrid .torrent, which is to leave room in its head pack. */
const MOST_PIECES = 1024
/** Beyond, who has only v1 hashes waits too long for a first picture. */
const LONGEST_PIECE = 8 * MIB

/**
 * Makes both torrents of the files in a folder, each byte read once. Throws CreateError, MetainfoError and the
 * signal's reason.
 */
export async function makeTorrents(
  folder: string,
  totalBytes: number,
  order: ReleaseOrder,
  onProgress: (doneBytes: number, totalBytes: number) => void,
  signal: AbortSignal,
): Promise<ReleaseTorrents> {
  const hybrid = await createTorrent({
    paths: [folder],
    name: torrentName(order),
    kind: 'hybrid',
    pieceLength: releasePieceLength(totalBytes),
    trackers: order.trackers.map((url) => [url]),
    webSeeds: order.webSeeds,
    comment: termsComment(order),
    signal,
    onProgress: (progress) => onProgress(progress.doneBytes, progress.totalBytes),
  })
  return { hybrid, twin: v1TwinOf(hybrid) }
}

/** A power of two: as for any torrent, but no more pieces than a head pack has room for, up to 8 MiB each. */
export function releasePieceLength(totalBytes: number): number {
  let length = defaultPieceLength(totalBytes)
  while (length < LONGEST_PIECE && totalBytes / length > MOST_PIECES) length *= 2
  return length
}

/** The folder's name for whoever downloads it: title and year. */
export function torrentName({ title, year }: Pick<ReleaseOrder, 'title' | 'year'>): string {
  return fileNameOf(year === null ? title : `${title} (${year})`) || 'film'
}

/** The licence and its address, in the torrent itself: a copy never comes without (content of CC 3.0 §4(a)). */
function termsComment({ terms }: ReleaseOrder): string {
  switch (terms.kind) {
    case 'licence':
      return `${terms.licence.name}: ${terms.licence.url}`
    case 'public-domain':
      return 'Public domain'
    case 'own-terms':
      return "The maker's own terms: see LICENSE"
  }
}
