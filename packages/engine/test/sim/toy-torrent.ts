import type { Hash } from '@matinee/base'
import { encodeMetainfo, parseMetainfo, type Metainfo, type MetainfoKind } from '@matinee/protocol'

const BLOCK_BYTES = 16_384

/**
 * A hash that looks at the first byte of what it is given: all right blocks begin with 0, and so do
 * their hashes, and the hashes of those. It makes a torrent of 388 MB out of nothing.
 */
export const TOY_HASH: Hash = {
  sha1: (bytes) => new Uint8Array(20).fill(bytes[0] ?? 0),
  sha256: (bytes) => new Uint8Array(32).fill(bytes[0] ?? 0),
  startSha1: () => {
    let sum = 0
    return {
      update: (bytes) => {
        sum |= bytes[0] ?? 0
      },
      finish: () => new Uint8Array(20).fill(sum),
    }
  },
}

const bytesByVersion = new Map<number, Uint8Array>()

/** A block as it should be (0), or as somebody spoiled it (1 to 255). The same array every time. */
export function toyBlock(version: number, length: number): Uint8Array {
  let bytes = bytesByVersion.get(version)
  if (!bytes) {
    bytes = new Uint8Array(BLOCK_BYTES).fill(version)
    bytesByVersion.set(version, bytes)
  }
  return length === BLOCK_BYTES ? bytes : bytes.subarray(0, length)
}

/** A torrent of one file whose right bytes are zeros, as {@link TOY_HASH} sees it. */
export function toyTorrent(kind: MetainfoKind, pieceLength: number, length: number): Metainfo {
  const pieceCount = Math.ceil(length / pieceLength)
  const file = encodeMetainfo({
    kind,
    name: 'film.mp4',
    pieceLength,
    files: [
      {
        path: ['film.mp4'],
        length,
        piecesRoot: kind === 'v1' ? null : new Uint8Array(32),
        pieceLayer: kind === 'v1' ? null : new Uint8Array(32 * pieceCount),
      },
    ],
    v1Hashes: kind === 'v2' ? null : new Uint8Array(20 * pieceCount),
  })
  return parseMetainfo(file, TOY_HASH)
}
