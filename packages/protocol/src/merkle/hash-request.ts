import { LIMITS, type Hash, SHA256_BYTES, assert, equalBytes } from '@matinee/base'
import { hashPair, levelAbove, merkleRoot, padHash } from './merkle-root.ts'

/**
 * The geometry of BEP 52's `hash request` and `hashes`. A request names a run of hashes at one layer
 * of a file's tree; the answer is that run, then the uncles that lead from the run's own root
 * upwards, lowest first.
 *
 *     level 3            root
 *     level 2      n0          U2       base layer 0, index 2, length 2:
 *     level 1   U1    n1     ..   ..    the run is leaves 2 and 3, n1 follows from it, and
 *     level 0  0  1  [2  3] 4  5 6  7   the uncles are U1, U2
 */
export interface HashRequest {
  /** 32 bytes: which file. */
  readonly piecesRoot: Uint8Array
  /** The layer of the run: 0 = leaves. */
  readonly baseLayer: number
  /** The first hash of the run; a multiple of `length`. */
  readonly index: number
  /** Hashes in the run: a power of two, at least 2. */
  readonly length: number
  /** Layers above the base layer that the proof covers; those within the run have no uncle. */
  readonly proofLayers: number
}

/** Whether index, length and layers fit together at all, whatever the tree. */
export function isWellFormed(request: HashRequest): boolean {
  const { baseLayer, index, length, proofLayers } = request
  return (
    [baseLayer, index, length, proofLayers].every((n) => Number.isInteger(n) && n >= 0) &&
    length >= 2 &&
    length <= LIMITS.hashesPerRequest &&
    Number.isInteger(Math.log2(length)) &&
    index % length === 0 &&
    baseLayer <= 64 &&
    proofLayers <= 64
  )
}

/**
 * How many uncles an answer carries. Real seeds count as BEP 52 says: proof layers begin above the base
 * layer, and the first `log2(length) - 1` are omitted since they follow from the run.
 */
export function uncleCount(request: HashRequest): number {
  return Math.max(0, request.proofLayers - Math.log2(request.length) + 1)
}

/**
 * The `proofLayers` to ask for so that the proof ends at `level`, given where the run stands: 0 when
 * the run's own root is there already.
 */
export function proofLayersTo(level: number, baseLayer: number, length: number): number {
  return level > baseLayer + Math.log2(length) ? level - baseLayer - 1 : 0
}

/** A run of hashes with the uncles above it. */
export interface MerkleProof {
  /** 32 bytes each; their number is a power of two. */
  readonly hashes: Uint8Array
  readonly baseLayer: number
  /** Place of the first hash in its layer; a multiple of the number of hashes. */
  readonly index: number
  /** 32 bytes each, lowest first. */
  readonly uncles: Uint8Array
}

/** One step of a climb: the node at a level, and the uncle beside it. */
export interface ProofStep {
  readonly level: number
  readonly index: number
  readonly node: Uint8Array
  readonly uncle: Uint8Array
}

/** Climbs from a run to the node its uncles lead to; `onStep` is told each pair on the way. */
export function proofTop(
  proof: MerkleProof,
  hash: Hash,
  onStep: (step: ProofStep) => void = () => {},
): { readonly level: number; readonly index: number; readonly node: Uint8Array } {
  const count = proof.hashes.length / SHA256_BYTES
  const runDepth = Math.log2(count)
  assert(Number.isInteger(runDepth), 'a run is a whole subtree')
  let level = proof.baseLayer + runDepth
  let index = proof.index / count
  assert(Number.isInteger(index), 'a run begins at a multiple of its length')
  let node = merkleRoot(proof.hashes, hash, { baseLevel: proof.baseLayer })
  for (let at = 0; at < proof.uncles.length; at += SHA256_BYTES) {
    const uncle = proof.uncles.subarray(at, at + SHA256_BYTES)
    onStep({ level, index, node, uncle })
    node = index % 2 === 0 ? hashPair(node, uncle, hash) : hashPair(uncle, node, hash)
    index = Math.floor(index / 2)
    level++
  }
  return { level, index, node }
}

/** Whether a run and its uncles lead exactly to the root of a tree of `2 ** depth` leaves. */
export function verifyProof(
  proof: MerkleProof & { readonly root: Uint8Array; readonly depth: number },
  hash: Hash,
): boolean {
  const top = proofTop(proof, hash)
  return top.level === proof.depth && top.index === 0 && equalBytes(top.node, proof.root)
}

/**
 * The uncles of a run within a whole layer, up to the root of the tree. `layer` is the known front
 * of the layer; what is missing behind it are pads.
 */
export function proofFor(
  layer: Uint8Array,
  run: { readonly baseLayer: number; readonly index: number; readonly length: number },
  depth: number,
  hash: Hash,
): Uint8Array {
  const runTop = run.baseLayer + Math.log2(run.length)
  const uncles = new Uint8Array(Math.max(0, depth - runTop) * SHA256_BYTES)
  let nodes = layer
  for (let level = run.baseLayer; level < depth; level++) {
    if (level >= runTop) {
      const sibling = Math.floor((run.index * 2 ** run.baseLayer) / 2 ** level) ^ 1
      const isThere = (sibling + 1) * SHA256_BYTES <= nodes.length
      const uncle = isThere
        ? nodes.subarray(sibling * SHA256_BYTES, (sibling + 1) * SHA256_BYTES)
        : padHash(level, hash)
      uncles.set(uncle, (level - runTop) * SHA256_BYTES)
    }
    nodes = levelAbove(nodes, level, hash)
  }
  return uncles
}
