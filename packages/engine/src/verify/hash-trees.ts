import { SHA256_BYTES, toHex, type Hash } from '@matinee/base'
import { FileTree, PAGE_LEAVES, type HashRequest, type Metainfo } from '@matinee/protocol'
import type { BlockGrid } from '../pick/block-grid.ts'
import { filesLackingLayers } from '../store/layer-file.ts'
import type { LeafPage } from '../store/leaf-file.ts'
import type { LeafRun } from './leaf-run.ts'

/** Where a piece stands in its file's tree. */
interface TreePlace {
  readonly tree: FileTree
  readonly pieceOfFile: number
}

/** The merkle trees of a torrent's files (BEP 52), made when first needed. Empty for a v1 torrent. */
export class HashTrees {
  readonly #metainfo: Metainfo
  readonly #grid: BlockGrid
  readonly #hash: Hash
  /** By file; files that are the same share one. */
  readonly #trees = new Map<number, FileTree>()
  readonly #filesByRoot = new Map<string, number[]>()
  /** Files whose piece layer isn't known whole. */
  readonly #lacking: Set<number>

  constructor(metainfo: Metainfo, grid: BlockGrid, hash: Hash) {
    this.#metainfo = metainfo
    this.#grid = grid
    this.#hash = hash
    this.#lacking = new Set(filesLackingLayers(metainfo))
    for (const { piecesRoot, index } of metainfo.files) {
      if (!piecesRoot) continue
      const same = this.#filesByRoot.get(toHex(piecesRoot))
      if (same) same.push(index)
      else this.#filesByRoot.set(toHex(piecesRoot), [index])
    }
  }

  /** The leaf of a block, or `null` when it isn't known (never, in a v1 torrent). */
  leaf(block: number): Uint8Array | null {
    const place = this.#place(this.#grid.pieceOf(block))
    if (!place) return null
    const { tree, pieceOfFile } = place
    return tree.leaf(pieceOfFile * this.#grid.blocksPerPiece + this.#grid.placeOf(block))
  }

  /** The hash of a piece in its file's piece layer, or `null` when it isn't known. */
  pieceHash(piece: number): Uint8Array | null {
    const place = this.#place(piece)
    return place ? place.tree.pieceHash(place.pieceOfFile) : null
  }

  /** What to ask for so that a block, and those around it, can be judged alone; `null` when it can. */
  leafRequest(block: number): HashRequest | null {
    const place = this.#place(this.#grid.pieceOf(block))
    if (!place) return null
    const { tree, pieceOfFile } = place
    return tree.leafRequest(pieceOfFile * this.#grid.blocksPerPiece + this.#grid.placeOf(block))
  }

  /** The known leaves around these blocks, each page once, with their way up (BEP 52). */
  provePages(blocks: Iterable<number>): readonly LeafPage[] {
    const pages = new Map<number, LeafPage>()
    for (const block of blocks) {
      const run = this.runOf(block)
      const place = pages.has(run) ? null : this.#place(this.#grid.pieceOf(block))
      if (!place) continue
      const { tree, pieceOfFile } = place
      const leaf = pieceOfFile * this.#grid.blocksPerPiece + this.#grid.placeOf(block)
      const page = tree.proveLeaf(leaf)
      if (page) pages.set(run, page)
    }
    return [...pages.values()]
  }

  /** Blocks of the same number have their leaves asked for together. */
  runOf(block: number): number {
    return Math.floor(block / Math.min(PAGE_LEAVES, this.#grid.blocksPerPiece))
  }

  /** The piece of a block. */
  pieceOf(block: number): number {
    return this.#grid.pieceOf(block)
  }

  /** What to ask for so that the piece can be judged whole; `null` when it can. */
  layerRequest(piece: number): HashRequest | null {
    const place = this.#place(piece)
    return place ? place.tree.layerRequest(place.pieceOfFile) : null
  }

  /** What to ask for to know more of the piece layers, in the order of the pieces; `null` = all is known. */
  nextLayerRequest(): {
    readonly piece: number
    readonly block: number
    readonly request: HashRequest
  } | null {
    for (const fileIndex of this.#lacking) {
      const { start, end } = this.#metainfo.layout.fileSpan(fileIndex)
      const { pieceLength } = this.#metainfo
      for (let piece = start / pieceLength; piece * pieceLength < end; piece++) {
        const request = this.layerRequest(piece)
        if (request) return { piece, block: this.#grid.dataBlocks(piece).first, request }
      }
    }
    return null
  }

  /** Piece layers that have become whole since the last call, by file. */
  takeNewLayers(): ReadonlyMap<number, Uint8Array> {
    const layers = new Map<number, Uint8Array>()
    for (const fileIndex of this.#lacking) {
      const layer = this.#tree(fileIndex)?.pieceLayer
      if (!layer) continue
      this.#lacking.delete(fileIndex)
      layers.set(fileIndex, layer)
    }
    return layers
  }

  /** Takes an answer. False = a lie, or of no tree here. */
  accept(request: HashRequest, hashes: Uint8Array): boolean {
    // Each tree takes what fits it; only liars give the same root to files of different lengths.
    return (
      this.#treesOf(request.piecesRoot).filter((tree) => tree.accept(request, hashes)).length > 0
    )
  }

  /** The answer to a peer's request from what is known; `null` = not known (yet). */
  answer(request: HashRequest): Uint8Array | null {
    for (const tree of this.#treesOf(request.piecesRoot)) {
      const known = tree.answer(request)
      if (known) return known
    }
    return null
  }

  /**
   * The pieces of the torrent whose leaves a request for base layer 0 names: once for each file of that
   * content; empty = none, or no sound request.
   */
  piecesNamed(request: HashRequest): readonly (readonly number[])[] {
    if (request.baseLayer !== 0) return []
    const files = this.#filesByRoot.get(toHex(request.piecesRoot)) ?? []
    return files
      .filter((fileIndex) => this.#tree(fileIndex)?.fits(request) === true)
      .map((fileIndex) => this.#piecesOf(fileIndex, request))
  }

  #piecesOf(fileIndex: number, request: HashRequest): readonly number[] {
    const file = this.#metainfo.files[fileIndex]
    if (!file) return []
    const firstPiece = file.span.start / this.#metainfo.pieceLength
    const count = Math.ceil(file.length / this.#metainfo.pieceLength)
    const pieces: number[] = []
    const first = Math.floor(request.index / this.#grid.blocksPerPiece)
    const last = Math.floor((request.index + request.length - 1) / this.#grid.blocksPerPiece)
    for (let piece = first; piece <= Math.min(last, count - 1); piece++)
      pieces.push(firstPiece + piece)
    return pieces
  }

  /** Takes leaves that an earlier run kept, as far as they prove right. */
  learnPages(pages: readonly LeafPage[]): void {
    for (const { request, hashes } of pages) this.accept(request, hashes)
  }

  /** Takes leaves that came with the torrent, piece by piece. Returns how many pieces they fit. */
  learn({ fileIndex, firstBlock, hashes }: LeafRun): number {
    const tree = this.#tree(fileIndex)
    if (!tree || this.#metainfo.kind === 'v1') return 0
    const { pieceLeaves, leafCount, pieceCount } = tree.shape
    const end = firstBlock + Math.floor(hashes.length / SHA256_BYTES)
    let learnt = 0
    for (let piece = Math.ceil(firstBlock / pieceLeaves); piece < pieceCount; piece++) {
      const from = piece * pieceLeaves
      const to = Math.min(from + pieceLeaves, leafCount)
      if (to > end) break
      const own = hashes.subarray(
        (from - firstBlock) * SHA256_BYTES,
        (to - firstBlock) * SHA256_BYTES,
      )
      if (tree.setLeaves(piece, own)) learnt++
    }
    return learnt
  }

  /** Leaves computed from a piece of ours. False when they don't lead to what is known. */
  setLeaves(piece: number, leaves: Uint8Array): boolean {
    const place = this.#place(piece)
    return place ? place.tree.setLeaves(place.pieceOfFile, leaves) : false
  }

  #place(piece: number): TreePlace | null {
    if (this.#metainfo.kind === 'v1') return null
    const { layout, pieceLength } = this.#metainfo
    const fileIndex = layout.fileOf(layout.piece(piece))
    const tree = this.#tree(fileIndex)
    const pieceOfFile = piece - layout.fileSpan(fileIndex).start / pieceLength
    return tree ? { tree, pieceOfFile } : null
  }

  #treesOf(piecesRoot: Uint8Array): readonly FileTree[] {
    const files = this.#filesByRoot.get(toHex(piecesRoot)) ?? []
    const trees = files.flatMap((fileIndex) => this.#tree(fileIndex) ?? [])
    return [...new Set(trees)]
  }

  #sharedTree(piecesRoot: Uint8Array, length: number): FileTree | undefined {
    const same = this.#filesByRoot.get(toHex(piecesRoot)) ?? []
    const shared = same.find(
      (index) => this.#metainfo.files[index]?.length === length && this.#trees.has(index),
    )
    return shared === undefined ? undefined : this.#trees.get(shared)
  }

  #tree(fileIndex: number): FileTree | null {
    const known = this.#trees.get(fileIndex)
    if (known) return known
    const file = this.#metainfo.files[fileIndex]
    if (!file?.piecesRoot) return null
    const { pieceLength } = this.#metainfo
    const { length, piecesRoot } = file
    const shared = this.#sharedTree(piecesRoot, length)
    if (shared) {
      this.#trees.set(fileIndex, shared)
      return shared
    }
    const tree = new FileTree({ length, pieceLength, piecesRoot }, this.#hash)
    const layer = this.#metainfo.pieceLayer(fileIndex)
    if (layer && length > pieceLength) tree.setLayer(layer)
    this.#trees.set(fileIndex, tree)
    return tree
  }
}
