import { type ByteSpan, LIMITS, assert, intersect } from '@matinee/base'

declare const pieceBrand: unique symbol

/** The number of a piece that exists, in `[0, pieceCount)`. Only {@link Layout.piece} makes it. */
export type PieceIndex = number & { readonly [pieceBrand]: true }

/** The unit of requests (BEP 3) and of v2 leaves (BEP 52). */
export const BLOCK_BYTES = LIMITS.blockBytes

/** A block: the `block`-th run of {@link BLOCK_BYTES} of a piece, the last one of a piece maybe shorter. */
export interface BlockPlace {
  readonly piece: PieceIndex
  readonly block: number
}

/** The part of a span that lies in one file, in both coordinates. */
export interface FilePart {
  readonly fileIndex: number
  /** In torrent address space. */
  readonly span: ByteSpan
  /** In the file. */
  readonly fileSpan: ByteSpan
}

/** The facts that a layout is computed from; lengths and spans in bytes. */
export interface LayoutOptions {
  readonly pieceLength: number
  /** Address space of the torrent. */
  readonly length: number
  /** Where each file lies, in order, without overlap. An empty file has an empty span. */
  readonly files: readonly ByteSpan[]
  /**
   * What lies between files. `zeros`: bytes of the torrent that are hashed and sent (v1 and hybrid,
   * where pad files stand). `absent`: nothing; each file begins a piece, and its last piece ends
   * with it (v2).
   */
  readonly gaps: 'zeros' | 'absent'
}

/**
 * All arithmetic between the four coordinates of a torrent: its address space (one run of bytes
 * with every file in it), pieces, blocks and files. Every span is half-open.
 *
 *     v1      |aaaaaaaa|aaabbbbb|bbbb|      pieces run across files
 *     hybrid  |aaaaaaaa|aaa00000|bbbbbbbb|b| pad files fill up with zeros
 *     v2      |aaaaaaaa|aaa     |bbbbbbbb|b| a file's last piece is short, the gap is not sent
 */
export class Layout {
  readonly pieceLength: number
  /** Bytes of the address space, padding included. */
  readonly length: number
  readonly pieceCount: number
  readonly fileCount: number
  readonly gaps: 'zeros' | 'absent'
  /** Every file that isn't empty begins a piece: what v2 hashes need. */
  readonly isAligned: boolean
  // Parallel numbers instead of objects: a torrent may have 100 000 files.
  readonly #starts: Float64Array
  readonly #ends: Float64Array

  constructor(options: LayoutOptions) {
    const { pieceLength, length, files, gaps } = options
    assert(Number.isSafeInteger(pieceLength) && pieceLength > 0, 'a piece has bytes')
    assert(Number.isSafeInteger(length) && length >= 0, 'a torrent has a length')
    this.pieceLength = pieceLength
    this.length = length
    this.pieceCount = Math.ceil(length / pieceLength)
    this.fileCount = files.length
    this.gaps = gaps
    this.#starts = Float64Array.from(files, (span) => span.start)
    this.#ends = Float64Array.from(files, (span) => span.end)
    let isAligned = true
    let end = 0
    for (const span of files) {
      assert(span.start >= end && span.end >= span.start, 'files lie in order')
      if (span.end > span.start && span.start % pieceLength !== 0) isAligned = false
      end = span.end
    }
    assert(end <= length, 'files lie in the torrent')
    assert(gaps === 'zeros' || isAligned, 'without padding each file begins a piece')
    this.isAligned = isAligned
  }

  /** Checks a piece number. Throws {@link RangeError} when there is no such piece. */
  piece(index: number): PieceIndex {
    if (!Number.isInteger(index) || index < 0 || index >= this.pieceCount)
      throw new RangeError(`piece ${index} of ${this.pieceCount}`)
    return index as PieceIndex
  }

  /** Where a piece lies. The last one is short; with absent gaps, the last of each file too. */
  pieceSpan(piece: PieceIndex): ByteSpan {
    const start = piece * this.pieceLength
    const end = Math.min(start + this.pieceLength, this.length)
    if (this.gaps === 'zeros') return { start, end }
    return { start, end: Math.min(end, this.#ends[this.#firstEndingAfter(start)] ?? end) }
  }

  pieceLengthOf(piece: PieceIndex): number {
    const span = this.pieceSpan(piece)
    return span.end - span.start
  }

  blocksIn(piece: PieceIndex): number {
    return Math.ceil(this.pieceLengthOf(piece) / BLOCK_BYTES)
  }

  /** Where a block lies. Throws {@link RangeError} when the piece has no such block. */
  blockSpan(piece: PieceIndex, block: number): ByteSpan {
    const span = this.pieceSpan(piece)
    const start = span.start + block * BLOCK_BYTES
    if (!Number.isInteger(block) || block < 0 || start >= span.end)
      throw new RangeError(`block ${block} of piece ${piece}`)
    return { start, end: Math.min(start + BLOCK_BYTES, span.end) }
  }

  /** The block that holds a byte. Throws {@link RangeError} outside of the torrent and in absent gaps. */
  blockAt(position: number): BlockPlace {
    const piece = this.piece(Math.floor(position / this.pieceLength))
    const span = this.pieceSpan(piece)
    if (position >= span.end) throw new RangeError(`byte ${position} is in no piece`)
    return { piece, block: Math.floor((position - span.start) / BLOCK_BYTES) }
  }

  /** The half-open range of pieces that a span touches; empty (`first === end`) for an empty span. */
  piecesOf(span: ByteSpan): { readonly first: number; readonly end: number } {
    const first = Math.floor(span.start / this.pieceLength)
    if (span.end <= span.start) return { first, end: first }
    return { first, end: Math.min(Math.ceil(span.end / this.pieceLength), this.pieceCount) }
  }

  /** The file that holds a byte; `null` in padding, gaps and outside. */
  fileAt(position: number): number | null {
    const file = this.#firstEndingAfter(position)
    const start = this.#starts[file]
    return start !== undefined && start <= position ? file : null
  }

  /** Where a file lies. Throws {@link RangeError} when there is no such file. */
  fileSpan(fileIndex: number): ByteSpan {
    const start = this.#starts[fileIndex]
    const end = this.#ends[fileIndex]
    if (start === undefined || end === undefined)
      throw new RangeError(`file ${fileIndex} of ${this.fileCount}`)
    return { start, end }
  }

  /** The files that a span touches, in order. Empty files are never among them. */
  filesIn(span: ByteSpan): FilePart[] {
    const parts: FilePart[] = []
    for (let file = this.#firstEndingAfter(span.start); file < this.fileCount; file++) {
      const whole = this.fileSpan(file)
      if (whole.start >= span.end) break
      const shared = intersect(whole, span)
      if (shared !== null)
        parts.push({
          fileIndex: file,
          span: shared,
          fileSpan: { start: shared.start - whole.start, end: shared.end - whole.start },
        })
    }
    return parts
  }

  /**
   * What a peer may ask for of a piece. With absent gaps that is more than {@link pieceSpan}: libtorrent
   * asks for whole blocks beyond a v2 file's end (measured with 2.0.8), and takes zeros for the rest.
   */
  requestableSpan(piece: PieceIndex): ByteSpan {
    if (this.gaps === 'zeros') return this.pieceSpan(piece)
    const start = piece * this.pieceLength
    return { start, end: start + this.pieceLength }
  }

  /** The parts of a span that are zeros by rule: pad files (BEP 47), or the absent gap behind a v2 file. */
  padding(span: ByteSpan): ByteSpan[] {
    const end = this.gaps === 'zeros' ? this.length : this.pieceCount * this.pieceLength
    const inside = intersect(span, { start: 0, end })
    if (inside === null) return []
    const parts: ByteSpan[] = []
    let at = inside.start
    for (const part of this.filesIn(inside)) {
      if (part.span.start > at) parts.push({ start: at, end: part.span.start })
      at = part.span.end
    }
    if (at < inside.end) parts.push({ start: at, end: inside.end })
    return parts
  }

  /**
   * The part of a block that is data of its piece's file: exactly what its v2 leaf covers. Empty for
   * a block of padding only. Asserts {@link isAligned}. Throws {@link RangeError} as {@link blockSpan}.
   */
  dataSpan(piece: PieceIndex, block: number): ByteSpan {
    const whole = this.blockSpan(piece, block)
    const end = this.fileSpan(this.fileOf(piece)).end
    return intersect(whole, { start: whole.start, end }) ?? { start: whole.start, end: whole.start }
  }

  /** The one file a piece belongs to. Asserts {@link isAligned}. */
  fileOf(piece: PieceIndex): number {
    assert(this.isAligned, 'only in aligned torrents a piece has one file')
    const file = this.fileAt(piece * this.pieceLength)
    assert(file !== null, 'an aligned piece begins in its file')
    return file
  }

  /**
   * The leaf of a block in its file's Merkle tree (BEP 52), or `null` for a block of padding only.
   * Asserts {@link isAligned}.
   */
  leafOf(piece: PieceIndex, block: number): { fileIndex: number; leaf: number } | null {
    const fileIndex = this.fileOf(piece)
    const span = this.dataSpan(piece, block)
    if (span.end === span.start) return null
    return { fileIndex, leaf: (span.start - this.fileSpan(fileIndex).start) / BLOCK_BYTES }
  }

  /** The first file whose end lies beyond `position`; `fileCount` when none does. */
  #firstEndingAfter(position: number): number {
    let low = 0
    let high = this.fileCount
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#ends[middle] ?? 0) > position) high = middle
      else low = middle + 1
    }
    return low
  }
}
