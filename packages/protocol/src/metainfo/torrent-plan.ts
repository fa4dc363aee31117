import { type ByteSpan, latin1, utf8Bytes } from '@matinee/base'
import { Layout } from '../layout/layout.ts'
import type { MetainfoKind } from './metainfo.ts'

/** A file that is to go into a torrent. */
export interface PlannedFile {
  /** Below the torrent's name, folders first. */
  readonly path: readonly string[]
  readonly length: number
}

/** Where everything will lie in a torrent that is about to be made: what its maker hashes by. */
export interface TorrentPlan<File extends PlannedFile> {
  readonly kind: MetainfoKind
  readonly pieceLength: number
  /** In the torrent's order. */
  readonly files: readonly File[]
  readonly layout: Layout
}

/**
 * Puts files in order and lays them out. v2 and hybrid torrents sort them as their file tree does
 * (BEP 52) and begin a piece with each; v1 keeps the order, and aligns with pad files (BEP 47) only when
 * `alignFiles` says so.
 */
export function planTorrent<File extends PlannedFile>(draft: {
  readonly kind: MetainfoKind
  readonly pieceLength: number
  readonly files: readonly File[]
  readonly alignFiles?: boolean
}): TorrentPlan<File> {
  const { kind, pieceLength } = draft
  const files = kind === 'v1' ? [...draft.files] : treeOrder(draft.files)
  const isAligned = kind !== 'v1' || draft.alignFiles === true
  const spans: ByteSpan[] = []
  let end = 0
  for (const { length } of files) {
    // An empty file needs no piece of its own, hence no padding before it.
    const start = isAligned && length > 0 ? Math.ceil(end / pieceLength) * pieceLength : end
    end = start + length
    spans.push({ start, end })
  }
  const gaps = kind === 'v2' ? 'absent' : 'zeros'
  return {
    kind,
    pieceLength,
    files,
    layout: new Layout({ pieceLength, length: end, files: spans, gaps }),
  }
}

/** Files in the order of a file tree: element by element, by the bytes of their UTF-8. */
function treeOrder<File extends PlannedFile>(files: readonly File[]): File[] {
  return files
    .map((file) => ({ file, key: file.path.map((element) => latin1(utf8Bytes(element))) }))
    .sort((a, b) => comparePaths(a.key, b.key))
    .map(({ file }) => file)
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (const [i, element] of a.entries()) {
    const other = b[i]
    if (other === undefined) return 1
    if (element !== other) return element < other ? -1 : 1
  }
  return a.length - b.length
}
