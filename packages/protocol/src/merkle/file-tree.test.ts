// Longer than most: the tree written out in full is shared by all properties of the lean one.
import { test } from 'node:test'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { KIB, MIB, NO_BYTES, SHA256_BYTES, concatBytes, toHex } from '@matinee/base'
import { nodeHash } from '@matinee/testkit'
import { BLOCK_BYTES } from '../layout/layout.ts'
import { FileTree } from './file-tree.ts'
import { type HashRequest, proofFor, uncleCount, verifyProof } from './hash-request.ts'
import { hashPair, merkleRoot, padHash } from './merkle-root.ts'
import { fileTreeShape } from './tree-shape.ts'

/** Every level of a file's tree, written out the slow way: what the lean one is compared with. */
function plainTree(leaves: readonly Uint8Array[], depth: number): Uint8Array[][] {
  let level = Array.from({ length: 2 ** depth }, (_, i) => leaves[i] ?? new Uint8Array(32))
  const levels = [level]
  while (level.length > 1) {
    const above: Uint8Array[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]]
      assert.ok(left && right)
      above.push(nodeHash.sha256(concatBytes([left, right])))
    }
    levels.push(above)
    level = above
  }
  return levels
}

function fileOf(leafCount: number, pieceLength: number) {
  const length = leafCount * BLOCK_BYTES - 5
  const shape = fileTreeShape(length, pieceLength)
  const leaves = Array.from({ length: leafCount }, (_, i) =>
    nodeHash.sha256(new Uint8Array([i & 255, i >> 8])),
  )
  const levels = plainTree(leaves, shape.depth)
  const root = levels[shape.depth]?.[0]
  const layer = concatBytes(levels[shape.pieceLevel]?.slice(0, shape.pieceCount) ?? [])
  assert.ok(root)
  const tree = (): FileTree => new FileTree({ length, pieceLength, piecesRoot: root }, nodeHash)
  const pieceLeaves = (piece: number): Uint8Array =>
    concatBytes(leaves.slice(piece * shape.pieceLeaves, (piece + 1) * shape.pieceLeaves))
  const seed = (): FileTree => {
    const full = tree()
    assert.ok(full.setLayer(layer))
    for (let piece = 0; piece < shape.pieceCount; piece++)
      assert.ok(full.setLeaves(piece, pieceLeaves(piece)))
    return full
  }
  return { length, shape, leaves, levels, root, layer, tree, seed, pieceLeaves }
}

/** Blocks, and the level of the piece layer: 1 to 90 blocks in pieces of 16 to 256 KiB. */
const shapes = fc.tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 0, max: 4 }))

function fileFor([leafCount, level]: readonly [number, number]) {
  return fileOf(leafCount, BLOCK_BYTES * 2 ** level)
}

test('the root of any number of leaves is the root of the tree written out in full', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 2 }), (count, more) => {
      const leaves = Array.from({ length: count }, (_, i) => nodeHash.sha256(new Uint8Array([i])))
      const depth = Math.ceil(Math.log2(count)) + more
      const root = plainTree(leaves, depth)[depth]?.[0]
      assert.deepEqual(merkleRoot(concatBytes(leaves), nodeHash, { depth }), root)
    }),
  )
})

test('missing leaves are zeros as hashes, not hashes of zeros', () => {
  assert.deepEqual(padHash(0, nodeHash), new Uint8Array(SHA256_BYTES))
  assert.equal(
    toHex(padHash(1, nodeHash)),
    'f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b',
  )
  assert.deepEqual(
    padHash(2, nodeHash),
    hashPair(padHash(1, nodeHash), padHash(1, nodeHash), nodeHash),
  )
})

test('uncles are counted as real seeds count them', () => {
  const request = { piecesRoot: new Uint8Array(32), baseLayer: 0, index: 0, length: 64 }
  assert.equal(uncleCount({ ...request, proofLayers: 9 }), 4)
  assert.equal(uncleCount({ ...request, proofLayers: 10 }), 5)
  assert.equal(uncleCount({ ...request, proofLayers: 0 }), 0)
  assert.equal(uncleCount({ ...request, length: 2, proofLayers: 1 }), 1)
})

test('a tree that knows its root only learns any piece from a seed, and what it learns is true', () => {
  fc.assert(
    fc.property(shapes, fc.nat(), (shape, pick) => {
      const file = fileFor(shape)
      const seed = file.seed()
      const tree = file.tree()
      const piece = pick % file.shape.pieceCount
      for (const request of tree.leafRequests(piece)) {
        const answer = seed.answer(request)
        assert.ok(answer)
        assert.ok(tree.accept(request, answer))
      }
      assert.ok(tree.hasLeaves(piece))
      assert.deepEqual(tree.leafRequests(piece), [])
      assert.ok(tree.pieceHash(piece))
      for (let leaf = 0; leaf < file.shape.leafCount; leaf++) {
        const known = tree.leaf(leaf)
        if (known !== null) assert.deepEqual(known, file.leaves[leaf])
        if (Math.floor(leaf / file.shape.pieceLeaves) === piece) assert.ok(known)
      }
    }),
  )
})

test('a tree that knows the piece layer asks for leaves without a proof', () => {
  const file = fileOf(300, 1 * MIB)
  const tree = file.tree()
  assert.ok(tree.setLayer(file.layer))
  assert.deepEqual(tree.leafRequests(4), [
    { piecesRoot: file.root, baseLayer: 0, index: 256, length: 64, proofLayers: 0 },
  ])
  const [request] = file.tree().leafRequests(4)
  assert.ok(request)
  assert.equal(request.proofLayers, 8)
  assert.equal(uncleCount(request), 3)
})

test('a piece of more than 64 blocks is asked for in parts', () => {
  const file = fileOf(3000, 2 * MIB)
  const seed = file.seed()
  for (const tree of [file.tree(), file.tree()]) {
    const requests = tree.leafRequests(1)
    assert.deepEqual(
      requests.map((request) => [request.index, request.length]),
      [
        [128, 64],
        [192, 64],
      ],
    )
    for (const request of requests)
      assert.ok(tree.accept(request, seed.answer(request) ?? NO_BYTES))
    assert.ok(tree.hasLeaves(1))
    assert.deepEqual(tree.leaf(170), file.leaves[170])
  }
  assert.deepEqual(file.tree().leafRequests(2).length, 2)
})

test('of a large piece the leaves around one block can be asked for alone', () => {
  const file = fileOf(1000, 8 * MIB)
  const tree = file.tree()
  const request = tree.leafRequest(700)
  assert.ok(request)
  assert.deepEqual([request.index, request.length], [640, 64])
  assert.ok(tree.accept(request, file.seed().answer(request) ?? NO_BYTES))
  assert.deepEqual(tree.leaf(700), file.leaves[700])
  assert.equal(tree.leafRequest(640), null)
  assert.equal(tree.leaf(639), null)
  assert.deepEqual(tree.leafRequest(512)?.index, 512)
})

test('the whole piece layer is learned from requests of layers', () => {
  const file = fileOf(1400, 16 * KIB)
  const seed = file.seed()
  const tree = file.tree()
  for (let piece = 0; piece < file.shape.pieceCount; piece++) {
    const request = tree.layerRequest(piece)
    if (request === null) continue
    assert.equal(request.length, 512)
    assert.ok(tree.accept(request, seed.answer(request) ?? NO_BYTES))
  }
  assert.deepEqual(tree.pieceLayer, file.layer)
})

test('P13: a changed hash, uncle, index, layer or length is not accepted and changes nothing', () => {
  fc.assert(
    fc.property(shapes, fc.nat(), fc.nat(), (shape, pick, flip) => {
      const file = fileFor(shape)
      const tree = file.tree()
      const piece = pick % file.shape.pieceCount
      const [request] = tree.leafRequests(piece)
      if (request === undefined) return
      const answer = file.seed().answer(request)
      assert.ok(answer)
      const bent = answer.slice()
      bent[flip % bent.length] = (bent[flip % bent.length] ?? 0) ^ 1
      const lies: [HashRequest, Uint8Array][] = [
        [request, bent],
        [request, answer.subarray(SHA256_BYTES)],
        [request, concatBytes([answer, answer.subarray(0, SHA256_BYTES)])],
        [{ ...request, index: request.index + request.length }, answer],
        [{ ...request, index: request.index + 1 }, answer],
        [{ ...request, baseLayer: request.baseLayer + 1 }, answer],
        [{ ...request, proofLayers: 64 }, answer],
        [{ ...request, length: request.length * 2 }, answer],
        [{ ...request, length: 2 ** 40 }, answer],
        [{ ...request, piecesRoot: new Uint8Array(32) }, answer],
        [request, new Uint8Array(0)],
      ]
      for (const [asked, lie] of lies) {
        assert.equal(tree.accept(asked, lie), false)
        assert.equal(tree.hasLeaves(piece), false)
        if (file.shape.pieceCount > 1) assert.equal(tree.pieceHash(piece), null)
      }
      assert.ok(tree.accept(request, answer))
    }),
  )
})

test('P13: requests beyond the tree are not answered', () => {
  const file = fileOf(100, 64 * KIB)
  const seed = file.seed()
  const request: HashRequest = {
    piecesRoot: file.root,
    baseLayer: 0,
    index: 0,
    length: 4,
    proofLayers: 6,
  }
  assert.equal(seed.answer(request)?.length, (4 + 5) * 32)
  const bad: Partial<HashRequest>[] = [
    { length: 0 },
    { length: 1 },
    { length: 3 },
    { length: 16384 },
    { index: 2 },
    { index: 100 },
    { index: 2 ** 31 },
    { baseLayer: 1 },
    { baseLayer: 2 ** 31 },
    { proofLayers: 7 },
    { proofLayers: 2 ** 32 - 1 },
    { piecesRoot: new Uint8Array(32) },
  ]
  for (const change of bad) assert.equal(seed.answer({ ...request, ...change }), null)
  assert.equal(file.tree().answer(request), null)
})

test('an answer is what the tree written out in full has at those places', () => {
  fc.assert(
    fc.property(shapes, fc.nat(), fc.nat(), fc.boolean(), (shape, a, b, isLayer) => {
      const file = fileFor(shape)
      const base = isLayer ? file.shape.pieceLevel : 0
      const levels = file.shape.depth - base
      if (levels === 0) return
      const runDepth = 1 + (a % levels)
      const length = 2 ** runDepth
      const runs = Math.ceil(file.shape.leafCount / 2 ** (base + runDepth))
      const index = (b % runs) * length
      const proofLayers = Math.max(0, levels - 1)
      const request = { piecesRoot: file.root, baseLayer: base, index, length, proofLayers }
      const answer = file.seed().answer(request)
      const expected = [...(file.levels[base]?.slice(index, index + length) ?? [])]
      for (let level = base + runDepth; level < file.shape.depth; level++) {
        const uncle = file.levels[level]?.[Math.floor(index / 2 ** (level - base)) ^ 1]
        assert.ok(uncle)
        expected.push(uncle)
      }
      assert.deepEqual(answer, concatBytes(expected))
      const run = concatBytes(expected.slice(0, length))
      const uncles = concatBytes(expected.slice(length))
      const proof = { hashes: run, baseLayer: base, index, uncles }
      const { root } = file
      assert.ok(verifyProof({ ...proof, root, depth: file.shape.depth }, nodeHash))
      const known = concatBytes(
        file.levels[base]?.slice(0, Math.ceil(file.shape.leafCount / 2 ** base)) ?? [],
      )
      const place = { baseLayer: base, index, length }
      assert.deepEqual(proofFor(known, place, file.shape.depth, nodeHash), uncles)
    }),
  )
})

test('leaves of a piece are taken only when they lead to its hash', () => {
  const file = fileOf(100, 64 * KIB)
  const tree = file.tree()
  assert.equal(tree.setLeaves(0, file.pieceLeaves(0)), false)
  assert.equal(tree.setLayer(file.layer.slice().fill(7, 0, 1)), false)
  assert.ok(tree.setLayer(file.layer))
  assert.equal(tree.setLeaves(0, file.pieceLeaves(1)), false)
  assert.ok(tree.setLeaves(0, file.pieceLeaves(0)))
  assert.ok(tree.hasLeaves(0))
  tree.forgetLeaves(0)
  assert.equal(tree.leaf(0), null)
  assert.ok(tree.pieceHash(0))
})

test('a file of one block is its own leaf', () => {
  const file = fileOf(1, 64 * KIB)
  const tree = file.tree()
  assert.deepEqual(tree.leaf(0), file.root)
  assert.ok(tree.hasLeaves(0))
  assert.deepEqual(tree.leafRequests(0), [])
})
