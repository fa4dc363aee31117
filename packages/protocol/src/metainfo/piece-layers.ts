import { type Hash, SHA256_BYTES, equalBytes, latin1 } from '@matinee/base'
import type { BencodeDictionary } from '../bencode/bencode-dictionary.ts'
import { BLOCK_BYTES } from '../layout/layout.ts'
import { pieceLayerRoot } from '../merkle/merkle-root.ts'
import { MetainfoError } from './metainfo-error.ts'
import type { TorrentFile } from './metainfo.ts'

/**
 * Takes the piece layers of a metainfo (BEP 52, `piece layers`): one for each root of a file longer
 * than a piece, each checked up to its root. Others are ignored. Keys are {@link layerKey}.
 * Throws {@link MetainfoError} `piece-layers`.
 */
export function parsePieceLayers(
  root: BencodeDictionary,
  files: readonly TorrentFile[],
  pieceLength: number,
  hash: Hash,
): Map<string, Uint8Array> {
  const layers = new Map<string, Uint8Array>()
  const all = root.dictionary('piece layers')
  for (const file of files) {
    if (file.piecesRoot === null || file.length <= pieceLength) continue
    const key = layerKey(file.piecesRoot)
    const layer = all?.bytes(key)
    if (layer === undefined)
      throw new MetainfoError('piece-layers', `file ${file.index} has no piece layer`)
    // Files with the same data share their root and layer.
    if (layers.get(key)?.length === layer.length) continue
    checkPieceLayer(file, layer, pieceLength, hash)
    layers.set(key, layer.slice())
  }
  return layers
}

/** Checks a layer against its file. Throws {@link MetainfoError} `piece-layers`. */
export function checkPieceLayer(
  file: TorrentFile,
  layer: Uint8Array,
  pieceLength: number,
  hash: Hash,
): void {
  const pieces = Math.ceil(file.length / pieceLength)
  const isRightLength = layer.length === pieces * SHA256_BYTES
  if (file.piecesRoot === null || pieces < 2 || !isRightLength)
    throw new MetainfoError('piece-layers', `${layer.length} bytes for ${pieces} pieces`)
  const root = pieceLayerRoot(layer, Math.log2(pieceLength / BLOCK_BYTES), hash)
  if (!equalBytes(root, file.piecesRoot))
    throw new MetainfoError('piece-layers', `the piece layer of file ${file.index} is not its own`)
}

/** The key of a file's layer: its root, one character per byte. */
export function layerKey(piecesRoot: Uint8Array): string {
  return latin1(piecesRoot)
}
