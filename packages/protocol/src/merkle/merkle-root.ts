import { type Hash, SHA256_BYTES, assert } from '@matinee/base'

/**
 * Merkle trees of BEP 52: SHA-256 over pairs, leaves are blocks of 16 KiB, and a tree is filled up to
 * a power of two with leaves of 32 zero bytes (zero as a hash, not the hash of zeros). Level 0 is the
 * leaves. Runs of hashes are flat: 32 bytes each.
 */

/** The leaf of a block: its SHA-256. The last block of a file is hashed as short as it is. */
export function blockLeaf(block: Uint8Array, hash: Hash): Uint8Array {
  return hash.sha256(block)
}

/** The levels above `count` hashes up to their root: `ceil(log2(count))`, 0 for one. */
export function treeDepth(count: number): number {
  assert(Number.isSafeInteger(count) && count > 0, 'a tree has leaves')
  let depth = 0
  for (let capacity = 1; capacity < count; capacity *= 2) depth++
  return depth
}

// What a hash function makes of zeros never changes, so each one is asked once.
const padsByHash = new WeakMap<Hash, Uint8Array[]>()

/** The root of `2 ** level` leaves of zeros: what stands for missing hashes at a level. */
export function padHash(level: number, hash: Hash): Uint8Array {
  const pads = padsByHash.get(hash) ?? [new Uint8Array(SHA256_BYTES)]
  padsByHash.set(hash, pads)
  for (let next = pads.length; next <= level; next++) {
    const below = pads[next - 1]
    assert(below !== undefined, 'pads are made from below')
    pads.push(hashPair(below, below, hash))
  }
  const pad = pads[level]
  assert(pad !== undefined, 'levels are not negative')
  return pad
}

/** SHA-256 of two hashes in a row. */
export function hashPair(left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array {
  const pair = new Uint8Array(2 * SHA256_BYTES)
  pair.set(left)
  pair.set(right, SHA256_BYTES)
  return hash.sha256(pair)
}

/** Where the given hashes stand in their tree. */
export interface TreeShape {
  /** Levels from the given hashes to the root. Default: {@link treeDepth} of their number. */
  readonly depth?: number
  /** The level the given hashes stand at. Default 0, leaves. */
  readonly baseLevel?: number
}

/**
 * The level above a run of hashes, half as long, rounded up. `level` is the run's own, which decides
 * what stands in for the missing partner of a last odd hash.
 */
export function levelAbove(hashes: Uint8Array, level: number, hash: Hash): Uint8Array {
  const count = hashes.length / SHA256_BYTES
  const above = new Uint8Array(Math.ceil(count / 2) * SHA256_BYTES)
  for (let i = 0; i + 1 < count; i += 2)
    above.set(
      hash.sha256(hashes.subarray(i * SHA256_BYTES, (i + 2) * SHA256_BYTES)),
      (i / 2) * SHA256_BYTES,
    )
  if (count % 2 === 1)
    above.set(
      hashPair(hashes.subarray(-SHA256_BYTES), padHash(level, hash), hash),
      above.length - SHA256_BYTES,
    )
  return above
}

/**
 * The root over a run of hashes, filled up with {@link padHash}. Costs one hash per given hash,
 * however large the missing rest. Asserts that there is at least one.
 */
export function merkleRoot(hashes: Uint8Array, hash: Hash, shape: TreeShape = {}): Uint8Array {
  const count = hashes.length / SHA256_BYTES
  const depth = shape.depth ?? treeDepth(count)
  const baseLevel = shape.baseLevel ?? 0
  assert(count <= 2 ** depth, 'the hashes fit in the tree')
  let run = hashes
  for (let level = 0; level < depth; level++) run = levelAbove(run, baseLevel + level, hash)
  assert(run.length === SHA256_BYTES, 'a tree ends in one root')
  return run.slice()
}

/**
 * The `pieces root` of a file from its piece layer (BEP 52, `piece layers`): 32 bytes per piece,
 * for a file of more than one piece. `pieceLength` is a power of two of at least a block.
 */
export function pieceLayerRoot(layer: Uint8Array, pieceLevel: number, hash: Hash): Uint8Array {
  return merkleRoot(layer, hash, { baseLevel: pieceLevel })
}
