import { MIB, SHA256_BYTES, equalBytes, sleep, spanLength } from '@matinee/base'
import type { ByteSpan, Clock, Hash } from '@matinee/base'
import { BLOCK_BYTES, blockLeaf, merkleRoot, treeDepth } from '@matinee/protocol'
import type { Metainfo, PieceIndex } from '@matinee/protocol'
import { StoreError } from './store-error.ts'
import type { TorrentStore } from './torrent-store.ts'

export interface PieceCheckOptions {
  readonly store: TorrentStore
  readonly metainfo: Metainfo
  readonly hash: Hash
  readonly clock: Clock
  /** Numbers of the pieces to look at. */
  readonly pieces: Iterable<number>
  /** The piece's hash in its file's piece layer, where the metainfo has none (it came from a peer). */
  readonly layerHash?: (piece: number) => Uint8Array | null
  readonly signal?: AbortSignal
  /** After every piece, with all pieces looked at so far. */
  readonly onProgress?: (checkedPieces: number) => void
}

/** The most that is hashed before others get their turn: about a millisecond. */
const BYTES_PER_TURN = 1 * MIB

/**
 * Reads whole pieces and compares them with their hashes: v2 and hybrid ones with the piece layer
 * (BEP 52), others with their SHA-1 (BEP 3). Returns the numbers of those that are right, in the
 * order asked. A piece that isn't there, or whose hash nobody knows yet, is not right.
 * Throws DiskError when the disk fails, and the signal's reason.
 */
export async function checkPieces(options: PieceCheckOptions): Promise<readonly number[]> {
  const check = new PieceCheck(options)
  const right: number[] = []
  let checkedPieces = 0
  for (const piece of options.pieces) {
    if (await check.isRight(options.metainfo.layout.piece(piece))) right.push(piece)
    checkedPieces++
    options.onProgress?.(checkedPieces)
  }
  return right
}

class PieceCheck {
  readonly #options: PieceCheckOptions
  #bytesThisTurn = 0

  constructor(options: PieceCheckOptions) {
    this.#options = options
  }

  async isRight(piece: PieceIndex): Promise<boolean> {
    const layerHash = this.#layerHash(piece)
    const v1Hash = this.#options.metainfo.v1PieceHash(piece)
    try {
      if (layerHash !== null) return equalBytes(await this.#pieceRoot(piece), layerHash)
      return v1Hash !== null && equalBytes(await this.#sha1(piece), v1Hash)
    } catch (error) {
      if (error instanceof StoreError && error.code === 'missing') return false
      throw error
    }
  }

  #layerHash(piece: PieceIndex): Uint8Array | null {
    const { metainfo, layerHash } = this.#options
    if (metainfo.kind === 'v1') return null
    const fileIndex = metainfo.layout.fileOf(piece)
    const layer = metainfo.pieceLayer(fileIndex)
    if (layer === null) return layerHash?.(piece) ?? null
    const at = piece - metainfo.layout.fileSpan(fileIndex).start / metainfo.pieceLength
    return layer.subarray(at * SHA256_BYTES, (at + 1) * SHA256_BYTES)
  }

  async #pieceRoot(piece: PieceIndex): Promise<Uint8Array> {
    const { layout, pieceLength } = this.#options.metainfo
    const file = layout.fileSpan(layout.fileOf(piece))
    const { start, end } = layout.pieceSpan(piece)
    const data = { start, end: Math.min(end, file.end) }
    const leaves = new Uint8Array(Math.ceil(spanLength(data) / BLOCK_BYTES) * SHA256_BYTES)
    let at = 0
    for await (const bytes of this.#read(data))
      for (let from = 0; from < bytes.length; from += BLOCK_BYTES, at += SHA256_BYTES)
        leaves.set(blockLeaf(bytes.subarray(from, from + BLOCK_BYTES), this.#options.hash), at)
    // BEP 52: the layer of a file of one piece is its root, over no more leaves than it has.
    const isWholeFile = spanLength(file) <= pieceLength
    const depth = treeDepth(isWholeFile ? at / SHA256_BYTES : pieceLength / BLOCK_BYTES)
    return merkleRoot(leaves, this.#options.hash, { depth })
  }

  async #sha1(piece: PieceIndex): Promise<Uint8Array> {
    const running = this.#options.hash.startSha1()
    for await (const bytes of this.#read(this.#options.metainfo.layout.pieceSpan(piece)))
      running.update(bytes)
    return running.finish()
  }

  /** The bytes of a span in parts of whole blocks, with a turn for others after each mebibyte. */
  async *#read(span: ByteSpan): AsyncGenerator<Uint8Array> {
    const { store, clock, signal } = this.#options
    for (let start = span.start; start < span.end;) {
      if (this.#bytesThisTurn >= BYTES_PER_TURN) {
        this.#bytesThisTurn = 0
        await sleep(clock, 0, signal)
      }
      signal?.throwIfAborted()
      const room = Math.ceil((BYTES_PER_TURN - this.#bytesThisTurn) / BLOCK_BYTES) * BLOCK_BYTES
      const end = Math.min(start + room, span.end)
      this.#bytesThisTurn += end - start
      yield await store.read({ start, end })
      start = end
    }
  }
}
