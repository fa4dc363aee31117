// More lines than usual: what gets into a tree and what comes out of it go by the same rule.
import { type Hash, SHA256_BYTES, concatBytes, equalBytes } from '@matinee/base'
import {
  type HashRequest,
  type ProofStep,
  isWellFormed,
  proofLayersTo,
  proofTop,
  uncleCount,
} from './hash-request.ts'
import { LeafPages } from './leaf-pages.ts'
import { merkleRoot, padHash } from './merkle-root.ts'
import { PieceLayer } from './piece-layer.ts'
import { type FileTreeShape, fileTreeShape } from './tree-shape.ts'

/** How many piece hashes one request asks for (BEP 52: length should not be above 512). */
const LAYER_RUN = 512

/** What a tree begins with. */
export interface FileTreeOptions {
  /** Of the file, above 0. */
  readonly length: number
  /** Of the torrent: a power of two of at least a block. */
  readonly pieceLength: number
  /** 32 bytes: the one thing that is believed. */
  readonly piecesRoot: Uint8Array
}

/**
 * What is known of one file's Merkle tree (BEP 52): its root, more and more of the piece layer, and
 * leaves of the pieces that matter now. Nothing gets in without a chain of hashes to something that is
 * in already, so whatever comes out may be trusted.
 *
 * Who downloads asks {@link leafRequests} of a piece, hands answers to {@link accept}, and compares
 * blocks with {@link leaf}. Who serves puts leaves in with {@link setLeaves} and answers with {@link answer}.
 */
export class FileTree {
  readonly shape: FileTreeShape
  readonly #root: Uint8Array
  readonly #hash: Hash
  readonly #pages: LeafPages
  readonly #layer: PieceLayer

  constructor(options: FileTreeOptions, hash: Hash) {
    this.shape = fileTreeShape(options.length, options.pieceLength)
    this.#root = options.piecesRoot.slice()
    this.#hash = hash
    this.#pages = new LeafPages(this.shape, hash)
    this.#layer = new PieceLayer(this.shape, hash)
    if (this.shape.pieceCount === 1) this.#layer.set(0, this.#root)
  }

  /** The whole piece layer, 32 bytes per piece, or `null` while some of it is missing. */
  get pieceLayer(): Uint8Array | null {
    return this.#layer.whole
  }

  /** The hash of a piece of the file (root of its leaves), or `null` when it isn't known. */
  pieceHash(piece: number): Uint8Array | null {
    return this.#layer.piece(piece)
  }

  /** The leaf of a block of the file, a view of 32 bytes, or `null` when it isn't known. */
  leaf(leaf: number): Uint8Array | null {
    // With pieces of one block both layers are one.
    return this.shape.pieceLevel === 0 ? this.#layer.piece(leaf) : this.#pages.leaf(leaf)
  }

  /** Whether every leaf of a piece is known. */
  hasLeaves(piece: number): boolean {
    return this.shape.pieceLevel === 0
      ? this.#layer.piece(piece) !== null
      : this.#missingPages(piece).length === 0
  }

  /** What to ask for so that every leaf of a piece becomes known; empty when they are. */
  leafRequests(piece: number): HashRequest[] {
    if (this.shape.pieceLevel === 0) return this.hasLeaves(piece) ? [] : [this.#layerRequest(piece)]
    return this.#missingPages(piece).map((page) => this.#pageRequest(page))
  }

  /** What to ask for so that the leaf of a block of the file becomes known, with those around it; `null` when it is. */
  leafRequest(leaf: number): HashRequest | null {
    if (this.leaf(leaf) !== null) return null
    if (this.shape.pieceLevel === 0) return this.#layerRequest(leaf)
    return this.#pageRequest(Math.floor(leaf / this.shape.pageLeaves))
  }

  /** What to ask for so that the hash of a piece, and those around it, become known; `null` when it is. */
  layerRequest(piece: number): HashRequest | null {
    return this.#layer.piece(piece) === null ? this.#layerRequest(piece) : null
  }

  /**
   * Takes an answer: the run of hashes and its uncles, as on the wire. True when its chain leads to
   * something known, and then it is kept. False changes nothing: the answer is a lie or no answer to a
   * request that this tree makes.
   */
  accept(request: HashRequest, hashes: Uint8Array): boolean {
    const { baseLayer, index, length } = request
    const { pieceLevel, depth } = this.shape
    const isLayer = baseLayer === pieceLevel
    const isLeaves = baseLayer === 0 && !isLayer && length === this.shape.pageLeaves
    if (!(isLayer || isLeaves) || !this.fits(request)) return false
    if (hashes.length !== (length + uncleCount(request)) * SHA256_BYTES) return false
    const run = hashes.subarray(0, length * SHA256_BYTES)
    const uncles = hashes.subarray(run.length)
    const passed: { readonly piece: number; readonly hash: Uint8Array }[] = []
    const between: ProofStep[] = []
    const top = proofTop({ hashes: run, baseLayer, index, uncles }, this.#hash, (step) => {
      if (step.level < pieceLevel) between.push(step)
      if (step.level !== pieceLevel || isLayer) return
      passed.push(
        { piece: step.index, hash: step.node },
        { piece: step.index ^ 1, hash: step.uncle },
      )
    })
    const known =
      top.level === depth
        ? this.#root
        : isLeaves && top.level === pieceLevel
          ? this.#layer.piece(top.index)
          : null
    if (known === null || !equalBytes(known, top.node)) return false
    // On the way to the root the chain went through the piece's own hash and its neighbour's.
    for (const { piece, hash } of passed)
      if (piece < this.shape.pieceCount) this.#layer.set(piece, hash)
    if (isLayer) this.#layer.set(index, run)
    else this.#pages.set(index, run)
    for (const step of between) this.#pages.setNode(step.level, step.index ^ 1, step.uncle)
    return true
  }

  /** Takes a whole piece layer, 32 bytes per piece. False, and unchanged, when it doesn't lead to the root. */
  setLayer(layer: Uint8Array): boolean {
    const { pieceLevel, depth, pieceCount } = this.shape
    if (layer.length !== pieceCount * SHA256_BYTES) return false
    const shape = { baseLevel: pieceLevel, depth: depth - pieceLevel }
    if (!equalBytes(merkleRoot(layer, this.#hash, shape), this.#root)) return false
    this.#layer.set(0, layer)
    return true
  }

  /**
   * Takes all leaves of a piece, computed from its data. False, and unchanged, when they don't lead to
   * the piece's hash, or when that isn't known yet.
   */
  setLeaves(piece: number, leaves: Uint8Array): boolean {
    const { pieceLeaves, leafCount, pieceLevel } = this.shape
    const first = piece * pieceLeaves
    const count = Math.min(pieceLeaves, leafCount - first)
    const known = this.#layer.piece(piece)
    if (known === null || leaves.length !== count * SHA256_BYTES) return false
    if (!equalBytes(merkleRoot(leaves, this.#hash, { depth: pieceLevel }), known)) return false
    if (pieceLevel > 0) this.#pages.set(first, leaves)
    return true
  }

  /** Lets go of the leaves of a piece; its hash stays. */
  forgetLeaves(piece: number): void {
    this.#pages.forget(piece)
  }

  /** The run and uncles for a peer's request, as on the wire; `null` when it must be rejected. */
  answer(request: HashRequest): Uint8Array | null {
    const { baseLayer, index, length } = request
    if (baseLayer !== 0 && baseLayer !== this.shape.pieceLevel) return null
    if (!this.fits(request)) return null
    const parts: Uint8Array[] = []
    for (let i = 0; i < length; i++) {
      const node = this.#node(baseLayer, index + i)
      if (node === null) return null
      parts.push(node)
    }
    const runTop = baseLayer + Math.log2(length)
    for (let i = 0; i < uncleCount(request); i++) {
      const place = Math.floor(index / length / 2 ** i)
      const uncle = this.#node(runTop + i, place ^ 1)
      if (uncle === null) return null
      parts.push(uncle)
    }
    return concatBytes(parts)
  }

  /**
   * The page of leaves that a leaf of the file stands in, with the longest way up that is known, so that another
   * tree of this root can {@link accept} it; `null` when the page isn't known.
   */
  proveLeaf(leaf: number): { readonly request: HashRequest; readonly hashes: Uint8Array } | null {
    const { depth, pieceLevel, pageLeaves } = this.shape
    if (pieceLevel === 0 || this.#pages.leaf(leaf) === null) return null
    const index = Math.floor(leaf / pageLeaves) * pageLeaves
    for (const target of [depth, pieceLevel]) {
      const proofLayers = proofLayersTo(target, 0, pageLeaves)
      const piecesRoot = this.#root
      const request = { piecesRoot, baseLayer: 0, index, length: pageLeaves, proofLayers }
      const hashes = this.answer(request)
      if (hashes !== null) return { request, hashes }
    }
    return null
  }

  /** Whether a request stays within this tree and names at least one hash of the file. */
  fits(request: HashRequest): boolean {
    if (!isWellFormed(request) || !equalBytes(request.piecesRoot, this.#root)) return false
    const runTop = request.baseLayer + Math.log2(request.length)
    return (
      runTop + uncleCount(request) <= this.shape.depth &&
      (request.index + request.length) * 2 ** request.baseLayer <= 2 ** this.shape.depth &&
      request.index * 2 ** request.baseLayer < this.shape.leafCount
    )
  }

  #pageRequest(page: number): HashRequest {
    const { depth, pieceLevel, pieceLeaves, pageLeaves } = this.shape
    const piece = Math.floor((page * pageLeaves) / pieceLeaves)
    const target = this.#layer.piece(piece) === null ? depth : pieceLevel
    return {
      piecesRoot: this.#root,
      baseLayer: 0,
      index: page * pageLeaves,
      length: pageLeaves,
      proofLayers: proofLayersTo(target, 0, pageLeaves),
    }
  }

  #layerRequest(piece: number): HashRequest {
    const { pieceLevel, depth } = this.shape
    const length = Math.min(LAYER_RUN, 2 ** (depth - pieceLevel))
    return {
      piecesRoot: this.#root,
      baseLayer: pieceLevel,
      index: Math.floor(piece / length) * length,
      length,
      proofLayers: proofLayersTo(depth, pieceLevel, length),
    }
  }

  #missingPages(piece: number): number[] {
    const { first, end } = this.#pages.pagesOf(piece)
    const missing: number[] = []
    for (let page = first; page < end; page++)
      if (this.#pages.page(page) === null) missing.push(page)
    return missing
  }

  /** Any node of the tree, or `null` when what is known doesn't lead to it. */
  #node(level: number, index: number): Uint8Array | null {
    if (level < this.shape.pieceLevel) return this.#pages.node(level, index)
    const isPad = index * 2 ** level >= this.shape.leafCount
    return isPad ? padHash(level, this.#hash) : this.#layer.node(level, index)
  }
}
