import { SHA1_BYTES, assert } from '@matinee/base'
import { encodeMetainfo, parseMetainfo } from '@matinee/protocol'
import { systemHash } from '../node/system.ts'
import type { CreatedTorrent } from './create-torrent.ts'

/**
 * The v1-only torrent of the same files, for programs that can't read hybrid ones: the same name, pieces and
 * pad files (BEP 47), so that one copy on the disk serves both. Nothing is read again.
 *
 * @param hybrid must be one
 */
export function v1TwinOf(hybrid: CreatedTorrent): CreatedTorrent {
  const { metainfo, filesFrom } = hybrid
  const { name, pieceLength, layout, files, trackers, webSeeds, comment } = metainfo
  assert(metainfo.kind === 'hybrid', 'only a hybrid torrent has the hashes of both')
  const v1Hashes = new Uint8Array(layout.pieceCount * SHA1_BYTES)
  for (let at = 0; at < layout.pieceCount; at++) {
    const hash = metainfo.v1PieceHash(layout.piece(at))
    assert(hash !== null, 'every piece of a hybrid torrent has its v1 hash')
    v1Hashes.set(hash, at * SHA1_BYTES)
  }
  const bytes = encodeMetainfo({
    kind: 'v1',
    name,
    pieceLength,
    files: files.map(({ path, length }) => ({ path, length, piecesRoot: null, pieceLayer: null })),
    alignFiles: true,
    v1Hashes,
    trackers,
    webSeeds,
    isPrivate: metainfo.isPrivate,
    comment,
    createdBy: metainfo.createdBy,
    createdSeconds: metainfo.createdSeconds,
  })
  return { bytes, metainfo: parseMetainfo(bytes, systemHash()), filesFrom }
}
