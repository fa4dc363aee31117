import { MIB, spanLength } from '@matinee/base'
import type { ByteSpan } from '@matinee/base'
import { BLOCK_BYTES, treeDepth, type Layout, type MetainfoKind } from '@matinee/protocol'

/** Where bytes of a piece come from. */
export type PieceSource =
  | { readonly kind: 'file'; readonly path: string; readonly span: ByteSpan }
  | { readonly kind: 'zeros'; readonly length: number }

/** A piece to be hashed. */
export interface PieceJob {
  readonly sources: readonly PieceSource[]
  /** Levels from its leaves to its hash in the piece layer (BEP 52); `null` = by the leaves it has. */
  readonly depth: number | null
}

/** Neighbouring pieces that one worker hashes, one after the other. */
export interface HashJob {
  /** The number of the first one. */
  readonly first: number
  readonly kind: MetainfoKind
  readonly pieces: readonly PieceJob[]
}

/** What comes of a {@link HashJob}. */
export interface JobHashes {
  /** 20 bytes per piece; empty for v2. */
  readonly v1: Uint8Array
  /** 32 bytes per piece; empty for v1. */
  readonly v2: Uint8Array
}

/** What a worker says. */
export type WorkerMessage =
  | { readonly kind: 'read'; readonly byteCount: number }
  | { readonly kind: 'done'; readonly hashes: JobHashes }
  | {
      readonly kind: 'failed'
      readonly path: string
      readonly isShort: boolean
      readonly text: string
      /** The system's name for why, such as `EACCES`; empty when it isn't the system that refused. */
      readonly systemCode: string
    }

/** Enough that the threads don't wait for us, little enough that the last one isn't waited for. */
const JOB_BYTES = 16 * MIB

/** Cuts a torrent's pieces into jobs, in order. `sources` are the files' paths, by file index. */
export function* toJobs(
  layout: Layout,
  kind: MetainfoKind,
  sources: readonly string[],
): Generator<HashJob> {
  const perJob = Math.max(1, Math.floor(JOB_BYTES / layout.pieceLength))
  for (let first = 0; first < layout.pieceCount; first += perJob) {
    const end = Math.min(first + perJob, layout.pieceCount)
    const pieces: PieceJob[] = []
    for (let piece = first; piece < end; piece++)
      pieces.push(toPieceJob(layout, kind, piece, sources))
    yield { first, kind, pieces }
  }
}

function toPieceJob(
  layout: Layout,
  kind: MetainfoKind,
  number: number,
  paths: readonly string[],
): PieceJob {
  const piece = layout.piece(number)
  const span = layout.pieceSpan(piece)
  const sources: PieceSource[] = []
  let at = span.start
  const fillTo = (position: number): void => {
    if (position > at) sources.push({ kind: 'zeros', length: position - at })
  }
  for (const part of layout.filesIn(span)) {
    fillTo(part.span.start)
    sources.push({ kind: 'file', path: paths[part.fileIndex] ?? '', span: part.fileSpan })
    at = part.span.end
  }
  fillTo(span.end)
  if (kind === 'v1') return { sources, depth: null }
  const file = layout.fileSpan(layout.fileOf(piece))
  const isWholeFile = spanLength(file) <= layout.pieceLength
  return { sources, depth: isWholeFile ? null : treeDepth(layout.pieceLength / BLOCK_BYTES) }
}
