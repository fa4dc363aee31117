import assert from 'node:assert/strict'
import { type Random, concatBytes, latin1Bytes } from '@matinee/base'
import {
  BencodeDictionary,
  type BencodeValue,
  type HashedFile,
  type Metainfo,
  type MetainfoDraft,
  MetainfoError,
  decodeBencode,
  encodeBencode,
  encodeMetainfo,
  isBencodeList,
  parseInfo,
  parseMetainfo,
  pieceLayerRoot,
  planTorrent,
} from '@matinee/protocol'
import { nodeHash } from '@matinee/testkit'
import { BENCODE_GRAMMAR } from './bencode-fuzzer.ts'
import { mutateBytes, pick } from './byte-mutation.ts'
import type { Fuzzer } from './fuzzer.ts'

const KEYS = [
  'info',
  'files',
  'length',
  'path',
  'attr',
  'name',
  'pieces',
  'piece length',
  'file tree',
  '',
  'pieces root',
  'piece layers',
  'meta version',
  'announce-list',
  'url-list',
  'symlink path',
]

const VALUES: readonly BencodeValue[] = [
  0,
  1,
  -1,
  2,
  5,
  16384,
  32768,
  2 ** 20,
  2 ** 40,
  2 ** 47,
  Number.MAX_SAFE_INTEGER,
  ...['', '.', '..', 'a', 'A', '/', '\0', 'p', 'l', 'pl', 'http://x.example/', '\xff'].map(
    latin1Bytes,
  ),
  ...[20, 32, 33, 40, 64].map((length) => new Uint8Array(length)),
  [],
  [[]],
  [0],
  [latin1Bytes('..')],
  BencodeDictionary.from({}),
]

/** Torrents of all three kinds with entries changed: what is accepted keeps every promise. */
export const metainfoFuzzer: Fuzzer = {
  name: 'metainfo',
  run(random) {
    let value = decodeBencode(encodeMetainfo(randomDraft(random)))
    for (let times = random.below(4); times > 0; times--) value = mutate(random, value)
    let bytes = encodeBencode(value)
    if (random.below(3) === 0) bytes = mutateBytes(random, bytes, BENCODE_GRAMMAR)
    let metainfo: Metainfo
    try {
      metainfo = parseMetainfo(bytes, nodeHash)
    } catch (error) {
      if (!(error instanceof MetainfoError)) throw error
      return
    }
    checkPromises(metainfo)
    checkPromises(parseInfo(metainfo.infoBytes, nodeHash, metainfo.infoHashes))
  },
}

function checkPromises(metainfo: Metainfo): void {
  const { layout, files } = metainfo
  assert.ok(files.length > 0 && layout.pieceCount > 0)
  assert.equal(metainfo.totalLength, layout.length)
  assert.ok(metainfo.kind === 'v1' || layout.isAligned)
  const shown = [metainfo.name, ...files.flatMap((file) => file.path)]
  for (const text of shown) {
    assert.ok(text.length > 0 && Array.from(text).length <= 255)
    assert.ok(!/[/\\\p{Cc}\u202E]/u.test(text) && text !== '..' && text !== '.')
  }
  let end = 0
  for (const [index, file] of files.entries()) {
    assert.equal(file.index, index)
    assert.ok(file.span.start >= end && file.span.end === file.span.start + file.length)
    assert.deepEqual(layout.fileSpan(index), file.span)
    end = file.span.end
    const isV2 = metainfo.kind !== 'v1' && file.length > 0
    assert.equal(file.piecesRoot?.length, isV2 ? 32 : undefined)
    metainfo.pieceLayer(index)
  }
  const last = layout.piece(layout.pieceCount - 1)
  assert.equal(metainfo.v1PieceHash(last)?.length, metainfo.kind === 'v2' ? undefined : 20)
  for (const url of [...metainfo.trackers.flat(), ...metainfo.webSeeds])
    assert.ok(/^(?:https?|udp):\/\//u.test(url))
}

function randomDraft(random: Random): MetainfoDraft {
  const kind = pick(random, ['v1', 'v2', 'hybrid'] as const)
  const files: HashedFile[] = []
  for (const name of ['a', 'b', 'c', 'd'].slice(random.below(4)))
    files.push(randomFile(random, random.below(2) === 0 ? [name] : ['sub', name]))
  const draft = { kind, name: pick(random, ['a', 'film']), pieceLength: 16384, files }
  const { pieceCount } = planTorrent(draft).layout
  return {
    ...draft,
    v1Hashes: kind === 'v2' ? null : random.bytes(20 * pieceCount),
    trackers: [['http://t.example/', 'udp://t.example:1']],
    webSeeds: ['http://s.example/'],
  }
}

function randomFile(random: Random, path: readonly string[]): HashedFile {
  const length = pick(random, [0, 1, 16384, 16385, 100_000])
  const pieces = Math.ceil(length / 16384)
  if (pieces === 0) return { path, length, piecesRoot: null, pieceLayer: null }
  const layer = random.bytes(32 * pieces)
  if (pieces === 1) return { path, length, piecesRoot: layer, pieceLayer: null }
  return { path, length, piecesRoot: pieceLayerRoot(layer, 0, nodeHash), pieceLayer: layer }
}

/** A value with one place in it changed. */
function mutate(random: Random, value: BencodeValue): BencodeValue {
  const change = (): BencodeValue => pick(random, VALUES)
  if (random.below(8) === 0) return change()
  if (value instanceof BencodeDictionary && value.size > 0) {
    const entries = new Map(value.entries())
    const key = pick(random, [...entries.keys()])
    const inner = entries.get(key) ?? 0
    const act = random.below(10)
    if (act === 0) entries.delete(key)
    else if (act === 1) entries.set(pick(random, KEYS), inner)
    else if (act === 2) entries.set(pick(random, KEYS), change())
    else entries.set(key, mutate(random, inner))
    return BencodeDictionary.from(entries)
  }
  if (isBencodeList(value) && value.length > 0) {
    const list = [...value]
    const at = random.below(list.length)
    const inner = list[at] ?? 0
    const act = random.below(6)
    if (act === 0) list.splice(at, 1)
    else if (act === 1) list.push(inner)
    else if (act === 2) list.reverse()
    else list[at] = mutate(random, inner)
    return list
  }
  if (value instanceof Uint8Array && random.below(2) === 0)
    return random.below(2) === 0 ? value.subarray(1) : concatBytes([value, value])
  if (typeof value === 'number' && random.below(2) === 0) return value + random.below(3) - 1
  return change()
}
