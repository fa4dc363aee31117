import { type Hash, LIMITS, SHA1_BYTES, assert, latin1 } from '@matinee/base'
import { BencodeDictionary, type BencodeValue } from '../bencode/bencode-dictionary.ts'
import { BencodeError } from '../bencode/bencode-error.ts'
import { decodeBencode } from '../bencode/bencode.ts'
import { type InfoHashes, infoHashV1, infoHashV2 } from '../info-hash.ts'
import { BLOCK_BYTES, Layout } from '../layout/layout.ts'
import { cleanName, cleanText, lenientText } from './display-text.ts'
import { type FileList, parseFileList } from './file-list.ts'
import { checkPathElement, cleanPath, refuseTwins } from './file-path.ts'
import { parseFileTree } from './file-tree.ts'
import { refuseConflict } from './hybrid.ts'
import { MetainfoError, type MetainfoErrorCode } from './metainfo-error.ts'
import type { Metainfo, MetainfoKind, TorrentFile } from './metainfo.ts'
import { type CheckedParts, ParsedMetainfo } from './parsed-metainfo.ts'
import { checkPieceLayer, layerKey, parsePieceLayers } from './piece-layers.ts'
import { type SourceUrls, keepSources, parseSources } from './source-url.ts'

/** Below this the hashes of a v1 torrent outweigh sense: 2 % of the data. */
const MIN_V1_PIECE_BYTES = 1024

/**
 * Reads a `.torrent` file (BEP 3, 12, 19, 27, 47, 52). Keeps nothing of `bytes`.
 * Throws {@link MetainfoError} and nothing else.
 */
export function parseMetainfo(bytes: Uint8Array, hash: Hash): Metainfo {
  const root = decodeDictionary(bytes)
  const span = root.spanOf('info')
  const info = root.dictionary('info')
  if (span === undefined || info === undefined) throw new MetainfoError('no-info', 'no info')
  // The info-hash is over these bytes as they are; encoding them anew could make another torrent.
  const infoBytes = bytes.slice(span.start, span.end)
  const parts = checkInfo({ info, infoBytes, infoStart: span.start }, hash)
  const createdSeconds = root.integer('creation date') ?? -1
  return new ParsedMetainfo({
    ...parts,
    ...parseSources(root),
    layers:
      parts.kind === 'v1'
        ? new Map()
        : parsePieceLayers(root, parts.files, parts.layout.pieceLength, hash),
    comment: parseText(root, 'comment'),
    createdBy: parseText(root, 'created by'),
    createdSeconds: createdSeconds < 0 ? null : createdSeconds,
  })
}

/**
 * Reads an info dictionary that came from a stranger (BEP 9): it must hash to every hash that is
 * expected, and passes the same checks as a file. Piece layers are not part of it.
 * Keeps nothing of `infoBytes`. Throws {@link MetainfoError} and nothing else.
 */
export function parseInfo(
  infoBytes: Uint8Array,
  hash: Hash,
  expected: InfoHashes,
  extra: SourceUrls = { trackers: [], webSeeds: [] },
): Metainfo {
  assert(expected.v1 !== null || expected.v2 !== null, 'an info dictionary is asked for by a hash')
  refuseTooLarge(infoBytes)
  const own = infoBytes.slice()
  const isAsked =
    (expected.v1 === null || infoHashV1(hash.sha1(own)) === expected.v1) &&
    (expected.v2 === null || infoHashV2(hash.sha256(own)) === expected.v2)
  if (!isAsked) throw new MetainfoError('info-hash', 'not the info dictionary that was asked for')
  const parts = checkInfo({ info: decodeDictionary(own), infoBytes: own, infoStart: 0 }, hash)
  // The bytes are the right ones, yet a v1 dictionary has no v2 hash, and the other way round.
  for (const version of ['v1', 'v2'] as const)
    if (expected[version] !== null && parts.infoHashes[version] === null)
      throw new MetainfoError('info-hash', `the torrent has no ${version} half`)
  return new ParsedMetainfo({ ...parts, ...keepSources(extra) })
}

/**
 * The same torrent with piece layers that peers have told, by file index.
 * Throws {@link MetainfoError} `piece-layers` when one doesn't lead to its file's root.
 */
export function withPieceLayers(
  metainfo: Metainfo,
  layers: ReadonlyMap<number, Uint8Array>,
  hash: Hash,
): Metainfo {
  assert(metainfo instanceof ParsedMetainfo, 'only the parser makes a metainfo')
  const more = new Map<string, Uint8Array>()
  for (const [fileIndex, layer] of layers) {
    const file = metainfo.files[fileIndex]
    if (file === undefined || file.piecesRoot === null)
      throw new MetainfoError('piece-layers', `file ${fileIndex} has no piece layer`)
    checkPieceLayer(file, layer, metainfo.pieceLength, hash)
    more.set(layerKey(file.piecesRoot), layer.slice())
  }
  return metainfo.withLayers(more)
}

/** An info dictionary, its own copy of its bytes, and where they began in what was decoded. */
interface InfoSource {
  readonly info: BencodeDictionary
  readonly infoBytes: Uint8Array
  readonly infoStart: number
}

/** Everything that is true of an info dictionary, or a {@link MetainfoError}. The only validator. */
function checkInfo(source: InfoSource, hash: Hash): CheckedParts {
  const { info, infoBytes } = source
  const kind = kindOf(info)
  const name = latin1(info.bytes('name') ?? new Uint8Array(0))
  if (name === '') throw new MetainfoError('name', 'no name')
  checkPathElement(name)
  const pieceLength = checkPieceLength(info, kind)
  const list = checkFiles(info, kind, name, pieceLength)
  const pieceCount = Math.ceil(list.length / pieceLength)
  if (list.length === 0) throw new MetainfoError('length', 'not a single byte')
  if (pieceCount > LIMITS.torrentPieces)
    throw new MetainfoError('too-many-pieces', `${pieceCount} pieces`)
  const v1Hashes = kind === 'v2' ? null : checkV1Hashes(source, kind, pieceCount)
  refuseTwins(list.files.map((file) => file.path))
  const files = list.files.map((file, index): TorrentFile => {
    const span = { start: file.start, end: file.start + file.length }
    const piecesRoot = file.piecesRoot?.slice() ?? null
    return { index, path: cleanPath(file.path), length: file.length, span, piecesRoot }
  })
  const layout = new Layout({
    pieceLength,
    length: list.length,
    files: files.map((file) => file.span),
    gaps: kind === 'v2' ? 'absent' : 'zeros',
  })
  return {
    kind,
    infoHashes: {
      v1: kind === 'v2' ? null : infoHashV1(hash.sha1(infoBytes)),
      v2: kind === 'v1' ? null : infoHashV2(hash.sha256(infoBytes)),
    },
    infoBytes,
    name: cleanName(name),
    layout,
    files,
    names: {
      name,
      paths: list.files.map((file) => file.path),
      isSingleFile: isSingle(info, name, list),
    },
    v1Hashes,
    layers: new Map(),
    trackers: [],
    webSeeds: [],
    isPrivate: info.integer('private') === 1,
    comment: null,
    createdBy: null,
    createdSeconds: null,
  }
}

/** v1 says it outright; in v2 it's a file of the torrent's own name and nothing else. */
function isSingle(info: BencodeDictionary, name: string, { files }: FileList): boolean {
  if (info.has('length') || info.has('files')) return info.has('length')
  const [only, ...others] = files
  return others.length === 0 && only?.path.length === 1 && only.path[0] === name
}

function kindOf(info: BencodeDictionary): MetainfoKind {
  if (!info.has('meta version')) return 'v1'
  if (info.integer('meta version') !== 2)
    throw new MetainfoError('meta-version', 'a version of the format we do not know')
  return info.has('pieces') || info.has('files') || info.has('length') ? 'hybrid' : 'v2'
}

function checkPieceLength(info: BencodeDictionary, kind: MetainfoKind): number {
  const length = info.integer('piece length') ?? 0
  // BEP 52: a power of two, at least a block, or its pieces are no Merkle trees.
  const isRight =
    kind === 'v1'
      ? length >= MIN_V1_PIECE_BYTES
      : length >= BLOCK_BYTES && Number.isInteger(Math.log2(length))
  if (!isRight || length > LIMITS.pieceLengthBytes)
    throw new MetainfoError('piece-length', `piece length ${length}`)
  return length
}

/** The files with their places; of a hybrid, the v2 list in v1's address space. */
function checkFiles(
  info: BencodeDictionary,
  kind: MetainfoKind,
  name: string,
  pieceLength: number,
): FileList {
  if (kind === 'v1') return parseFileList(info, name, pieceLength)
  const v2 = parseFileTree(info, pieceLength)
  if (kind === 'v2') return v2
  const v1 = parseFileList(info, name, pieceLength)
  refuseConflict(info, name, v1, v2, pieceLength)
  return { files: v2.files, length: v1.length }
}

/** The v1 hashes as a view of the info dictionary's bytes. */
function checkV1Hashes(source: InfoSource, kind: MetainfoKind, pieceCount: number): Uint8Array {
  const hashes = source.info.bytes('pieces')
  const span = source.info.spanOf('pieces')
  if (span === undefined || hashes === undefined)
    throw new MetainfoError('pieces', 'no run of v1 hashes')
  if (hashes.length / SHA1_BYTES !== pieceCount)
    throw new MetainfoError(
      kind === 'hybrid' ? 'hybrid-conflict' : 'pieces',
      `${hashes.length / SHA1_BYTES} v1 hashes for ${pieceCount} pieces`,
    )
  const end = span.end - source.infoStart
  return source.infoBytes.subarray(end - hashes.length, end)
}

function decodeDictionary(bytes: Uint8Array): BencodeDictionary {
  refuseTooLarge(bytes)
  const value = decodeValue(bytes)
  if (!(value instanceof BencodeDictionary))
    throw new MetainfoError('not-bencode', 'not a dictionary')
  return value
}

function decodeValue(bytes: Uint8Array): BencodeValue {
  try {
    return decodeBencode(bytes)
  } catch (error) {
    if (!(error instanceof BencodeError)) throw error
    throw new MetainfoError(codeOf(error), error.message, { cause: error })
  }
}

function codeOf(error: BencodeError): MetainfoErrorCode {
  // Only a file tree is as deep as that, and only a length is ever that large.
  if (error.code === 'too-deep') return 'path-depth'
  if (error.code === 'integer-range') return 'length'
  const isLarge = error.code === 'too-many-tokens' || error.code === 'too-large'
  return isLarge ? 'too-large' : 'not-bencode'
}

function refuseTooLarge(bytes: Uint8Array): void {
  if (bytes.length > LIMITS.metainfoBytes)
    throw new MetainfoError('too-large', `a metainfo of ${bytes.length} bytes`)
}

function parseText(root: BencodeDictionary, key: string): string | null {
  const bytes = root.bytes(key)
  if (bytes === undefined) return null
  const text = cleanText(
    lenientText(bytes.subarray(0, 4 * LIMITS.commentCharacters)),
    LIMITS.commentCharacters,
  )
  return text === '' ? null : text
}
